package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Credential is the data of a new generation of credentials.
type Credential struct {
	Generation    int   `json:"generation"`
	PreviousUntil int64 `json:"previous_until"` // ms since the epoch; 0: the generation before is not taken
	GraceMS       int64 `json:"grace_ms"`       // how long the generation before is taken, in ms
}

// AppStatus is the data of a mini app that was suspended or activated.
type AppStatus struct {
	Status string `json:"status"`
}

// PageRequest is the data of a request that a page sent with a credential.
type PageRequest struct {
	Origin string `json:"origin"`
	Path   string `json:"path"`
}

var renew = language.Text{
	English:    "give the new set to the mini app's backend; selasar dev does so when it starts again",
	Indonesian: "berikan kredensial baru kepada backend mini app; selasar dev melakukannya saat dijalankan lagi",
}

var miniAppNoun = language.Text{English: "mini app", Indonesian: "mini app"}

// The events of mini apps, their credentials and their users' auth codes.
var (
	CredentialInPage = declare[PageRequest](Declaration{
		Name: "credential.exposed", Kind: journal.Warning, Outcome: journal.Warn, When: "A page, not a backend, sent a request with a credential of the mini app or an auth token.",
		Title: language.Text{English: "a credential came from a page", Indonesian: "kredensial datang dari halaman"},
		Message: language.Text{
			English:    "a page at {origin} called {path}; everybody who opens the page can read the credential",
			Indonesian: "halaman di {origin} memanggil {path}; siapa pun yang membuka halaman itu dapat membaca kredensialnya",
		},
		Next: language.Text{
			English:    "call this API from the mini app's backend, and rotate the credential if the page was published",
			Indonesian: "panggil API ini dari backend mini app, dan rotasi kredensialnya jika halaman itu sudah diterbitkan",
		},
	})
	CredentialRotated = declare[Credential](Declaration{
		Name: "credential.rotated", Kind: journal.Credential, Outcome: journal.Info, When: "A mini app has new secrets; the previous ones stay valid for a grace period.",
		Title: language.Text{English: "credentials rotated", Indonesian: "kredensial dirotasi"},
		Message: language.Text{
			English:    "the generation before is taken for {grace_ms:hours} hours more; the key that signs notifications stays",
			Indonesian: "generasi sebelumnya masih berlaku {grace_ms:hours} jam lagi; kunci penanda tangan notifikasi tetap",
		},
		Next: renew,
	})
	CredentialRevoked = declare[Credential](Declaration{
		Name: "credential.revoked", Kind: journal.Credential, Outcome: journal.Info, When: "A mini app has new secrets; the previous ones are no longer valid.",
		Title: language.Text{English: "credentials revoked", Indonesian: "kredensial lama dicabut"},
		Message: language.Text{
			English:    "the generation before is no longer taken, nor are its access tokens; notifications are signed with a new key",
			Indonesian: "generasi sebelumnya dan access token-nya tidak berlaku lagi; notifikasi ditandatangani dengan kunci baru",
		},
		Next: renew,
	})
	MiniAppSuspended = declare[AppStatus](Declaration{
		Name: "mini_app.suspended", Kind: journal.MiniApp, Outcome: journal.Info, When: "The operator suspended a mini app.",
		Noun: miniAppNoun, Title: language.Text{English: "suspended", Indonesian: "ditangguhkan"},
		Message: language.Text{
			English:    "it does not open, its calls answer 203, and its backend is refused",
			Indonesian: "mini app tidak dapat dibuka, panggilannya dijawab 203, dan backend-nya ditolak",
		},
	})
	MiniAppActivated = declare[AppStatus](Declaration{
		Name: "mini_app.activated", Kind: journal.MiniApp, Outcome: journal.Info, When: "The operator activated a mini app.",
		Noun: miniAppNoun, Title: language.Text{English: "activated", Indonesian: "diaktifkan"},
	})
	CodeReplayed = declare[None](Declaration{
		Name: "code.replayed", Kind: journal.Warning, Outcome: journal.Failed, When: "An auth code was redeemed a second time.",
		Title: language.Text{English: "auth code replayed", Indonesian: "auth code dipakai ulang"},
		Message: language.Text{
			English:    "a code was redeemed a second time; the token of its first redemption is revoked",
			Indonesian: "sebuah code ditukar untuk kedua kalinya; token dari penukaran pertama dicabut",
		},
		Next: language.Text{
			English:    "redeem each code once; retry with the same Request-Id and body",
			Indonesian: "tukar setiap code satu kali; ulangi permintaan dengan Request-Id dan isi yang sama",
		},
	})
)
