package proxy

import (
	"net/http"
	"strings"
)

// language is the texts of this package's own pages in one language.
type language struct {
	code, title, waiting, lines string

	nobody, mend, listen, start string // what is wrong and what to do about it
	noIndex, writeIndex         string // of a folder
}

var english = language{
	code:       "en",
	title:      "The page cannot be reached",
	waiting:    "This page loads again by itself.",
	lines:      "Last lines of the command",
	nobody:     "nothing answers at %s (%s)",
	mend:       "mend it and start selasar dev again",
	listen:     "%q runs, but must listen on the port in the environment's PORT",
	start:      "start the mini app's server there",
	noIndex:    "there is no index.html in %s",
	writeIndex: "write one, or say in miniapp.json how the mini app starts (dev.command) or where it is (dev.url)",
}

var indonesian = language{
	code:       "id",
	title:      "Halaman tidak dapat dibuka",
	waiting:    "Halaman ini akan dimuat ulang sendiri.",
	lines:      "Baris terakhir dari perintah",
	nobody:     "tidak ada yang menjawab di %s (%s)",
	mend:       "perbaiki, lalu jalankan selasar dev lagi",
	listen:     "%q berjalan, tetapi harus membuka port dari variabel lingkungan PORT",
	start:      "jalankan server mini app di alamat itu",
	noIndex:    "tidak ada index.html di %s",
	writeIndex: "tulis berkas itu, atau sebutkan di miniapp.json cara menjalankan mini app (dev.command) atau alamatnya (dev.url)",
}

// languageOf is the language that a reader asks for first.
func languageOf(r *http.Request) language {
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "id") {
		return indonesian
	}
	return english
}
