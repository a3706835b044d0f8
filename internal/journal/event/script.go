package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// ScriptPlaced is the data of a document that loads Selasar's gp-container.min.js instead of GoPay's.
type ScriptPlaced struct {
	Path      string   `json:"path"`
	Script    string   `json:"script"`               // the address of Selasar's script
	Replaced  []string `json:"replaced"`             // GoPay's addresses, as the document writes them
	Places    int      `json:"places"`               // how many references were replaced
	ImportMap bool     `json:"import_map,omitempty"` // the page's own import map has rules for GoPay's address
	Policies  []string `json:"policies"`             // what was added to the page's content security policies
	Refused   []string `json:"refused"`              // the page's policies that do not allow GoPay's script
}

// Unread is the data of a document that stays as it is, because Selasar cannot read it.
type Unread struct {
	Path   string       `json:"path"`
	Reason UnreadReason `json:"reason"`
	Value  string       `json:"value"` // the encoding, the character set, or what the decoder says
}

// UnreadReason is why a document cannot be read.
type UnreadReason string

// The reasons.
const (
	UnknownEncoding UnreadReason = "encoding"
	BrokenEncoding  UnreadReason = "broken"
	WideCharset     UnreadReason = "charset"
)

var unreadReasons = map[UnreadReason]struct{ words, advice language.Text }{
	UnknownEncoding: {
		words:  language.Text{English: "the mini app's server sends Content-Encoding {value}, which Selasar does not know", Indonesian: "server mini app mengirim Content-Encoding {value}, yang tidak dikenal Selasar"},
		advice: language.Text{English: "send the page as gzip, br, deflate or zstd, or without compression", Indonesian: "kirim halaman dengan gzip, br, deflate atau zstd, atau tanpa kompresi"},
	},
	BrokenEncoding: {
		words:  language.Text{English: "the page's compression is broken: {value}", Indonesian: "kompresi halaman rusak: {value}"},
		advice: language.Text{English: "check that Content-Encoding names how the server has compressed the page", Indonesian: "periksa apakah Content-Encoding sesuai dengan kompresi dari server"},
	},
	WideCharset: {
		words:  language.Text{English: "the page is in {value}, in which Selasar cannot find the script's address", Indonesian: "halaman memakai {value}, sehingga Selasar tidak dapat menemukan alamat skrip"},
		advice: language.Text{English: "save the page as UTF-8", Indonesian: "simpan halaman sebagai UTF-8"},
	},
}

func (r UnreadReason) wording() language.Text { return unreadReasons[r].words }

func (r UnreadReason) advice() language.Text { return unreadReasons[r].advice }

// The events of documents that name GoPay's script: selasar dev only.
var (
	PageScript = declare[ScriptPlaced](Declaration{
		Name: "page.script", Kind: journal.Page, Outcome: journal.Info, When: "A document names GoPay's gp-container.min.js, and loads Selasar's instead.",
		Title: language.Text{English: "gp-container.min.js of {path} comes from Selasar", Indonesian: "gp-container.min.js untuk {path} berasal dari Selasar"},
		Message: language.Text{
			English: "{script} takes the place of GoPay's script[ in {places} places: {replaced:lines}][; added to the page's policies: {policies:lines}]" +
				"[; the page's own policy does not allow GoPay's script: {refused:lines}]",
			Indonesian: "{script} menggantikan skrip GoPay[ di {places} tempat: {replaced:lines}][; ditambahkan pada policy halaman: {policies:lines}]" +
				"[; policy halaman sendiri tidak mengizinkan skrip GoPay: {refused:lines}]",
		},
	})
	PageUnread = declare[Unread](Declaration{
		Name: "page.unread", Kind: journal.Page, Outcome: journal.Warn, When: "Selasar cannot read a document, and forwards it unchanged.",
		Title:   language.Text{English: "{path} stays as it is", Indonesian: "{path} tidak diubah"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"}, Next: language.Text{English: "{reason:advice}", Indonesian: "{reason:advice}"},
	})
)
