package proxy

import (
	"net/http"

	"github.com/selasar/selasar/internal/language"
)

// pageText holds the texts of this package's own pages in one language. What
// is wrong with a target stands in event.PageUnreachable.
type pageText struct {
	code                  language.Language
	title, waiting, lines string

	noIndex, writeIndex string // fault and remedy of a folder
}

var english = pageText{
	code:       language.English,
	title:      "The page cannot be reached",
	waiting:    "This page reloads automatically.",
	lines:      "Last lines of the command",
	noIndex:    "there is no index.html in %s",
	writeIndex: "create one, or set dev.command or dev.url in miniapp.json",
}

var indonesian = pageText{
	code:       language.Indonesian,
	title:      "Halaman tidak dapat dibuka",
	waiting:    "Halaman ini akan dimuat ulang secara otomatis.",
	lines:      "Baris terakhir dari perintah",
	noIndex:    "tidak ada index.html di %s",
	writeIndex: "buat berkas itu, atau isi dev.command atau dev.url di miniapp.json",
}

// textOf returns the texts in the preferred language of a request.
func textOf(r *http.Request) pageText {
	if language.Preferred(r.Header.Get("Accept-Language"), language.English) == language.Indonesian {
		return indonesian
	}
	return english
}
