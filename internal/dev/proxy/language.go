package proxy

import (
	"net/http"
	"strings"
)

// language holds the texts of this package's own pages in one language.
type language struct {
	code, title, waiting, lines string

	nobody, mend, listen, start string // faults and remedies of a target
	noIndex, writeIndex         string // fault and remedy of a folder
}

var english = language{
	code:       "en",
	title:      "The page cannot be reached",
	waiting:    "This page reloads automatically.",
	lines:      "Last lines of the command",
	nobody:     "nothing answers at %s (%s)",
	mend:       "fix it and start selasar dev again",
	listen:     "%q is running, but must listen on the port in the environment variable PORT",
	start:      "start the mini app's server there",
	noIndex:    "there is no index.html in %s",
	writeIndex: "create one, or set dev.command or dev.url in miniapp.json",
}

var indonesian = language{
	code:       "id",
	title:      "Halaman tidak dapat dibuka",
	waiting:    "Halaman ini akan dimuat ulang secara otomatis.",
	lines:      "Baris terakhir dari perintah",
	nobody:     "tidak ada yang menjawab di %s (%s)",
	mend:       "perbaiki, lalu jalankan selasar dev lagi",
	listen:     "%q berjalan, tetapi harus membuka port dari variabel lingkungan PORT",
	start:      "jalankan server mini app di alamat itu",
	noIndex:    "tidak ada index.html di %s",
	writeIndex: "buat berkas itu, atau isi dev.command atau dev.url di miniapp.json",
}

// languageOf returns the preferred language of a request.
func languageOf(r *http.Request) language {
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "id") {
		return indonesian
	}
	return english
}
