package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// LostRequest is the data of a request of the page that the simulated network lost.
type LostRequest struct {
	Method string `json:"method"`
	Path   string `json:"path"`
}

// The events of the simulated WebView: selasar dev only.
var (
	PageLost = declare[LostRequest](Declaration{
		Name: "page.lost", Kind: journal.Page, Outcome: journal.Warn, When: "The simulated network lost a request of the page, as network.loss_percent of the device says.",
		Title:   language.Text{English: "{method} {path} was lost", Indonesian: "{method} {path} hilang"},
		Message: language.Text{English: "the page got a network error; the mini app's server did not get the request", Indonesian: "halaman mendapat galat jaringan; server mini app tidak menerima permintaannya"},
		Next:    language.Text{English: "network.loss_percent of the device sets how many", Indonesian: "network.loss_percent pada perangkat menentukan jumlahnya"},
	})
	PageKilled = declare[None](Declaration{
		Name: "page.killed", Kind: journal.Page, Outcome: journal.Info, When: "The mini app's page was killed, as a phone does that is short of memory.",
		Title:   language.Text{English: "the mini app's page was killed for memory", Indonesian: "halaman mini app dimatikan karena memori"},
		Message: language.Text{English: "its state and its session storage are gone; cookies, local storage and IndexedDB stay. The page gets no event before", Indonesian: "keadaan dan session storage-nya hilang; cookie, local storage, dan IndexedDB tetap. Halaman tidak menerima event sebelumnya"},
	})
)
