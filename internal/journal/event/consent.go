package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Consent is the data of a decision: one line of the consent ledger.
type Consent struct {
	ID         string `json:"id"`
	UserID     string `json:"user_id"`
	MiniAppID  string `json:"mini_app_id"`
	Name       string `json:"name"`
	Action     string `json:"action"` // given, refused, revoked or forgotten
	At         int64  `json:"at"`     // ms since the epoch
	Wording    string `json:"wording"`
	AppVersion string `json:"app_version"`
	LaunchID   string `json:"launch_id,omitempty"`
	Source     string `json:"source"` // launch, call or settings
}

// ConsentName is the name of a consent, where a sentence names the thing.
type ConsentName string

var consentNames = map[ConsentName]language.Text{
	"profile":      {English: "profile", Indonesian: "profil"},
	"location":     {English: "location", Indonesian: "lokasi"},
	"camera":       {English: "camera", Indonesian: "kamera"},
	"bank_account": {English: "bank account", Indonesian: "rekening bank"},
	"device_info":  {English: "device information", Indonesian: "informasi perangkat"},
	"wifi":         {English: "Wi-Fi network", Indonesian: "jaringan Wi-Fi"},
}

func (n ConsentName) wording() language.Text { return consentNames[n] }

// The events of consents.
var (
	ConsentGiven = declare[Consent](Declaration{
		Name: "consent.given", Kind: journal.Consent, Outcome: journal.Info, When: "A user gave a consent.",
		Title: language.Text{English: "{name} given", Indonesian: "{name} diberikan"},
	})
	ConsentRefused = declare[Consent](Declaration{
		Name: "consent.refused", Kind: journal.Consent, Outcome: journal.Info, When: "A user refused a consent on a sheet.",
		Title: language.Text{English: "{name} refused", Indonesian: "{name} ditolak"},
	})
	ConsentRevoked = declare[Consent](Declaration{
		Name: "consent.revoked", Kind: journal.Consent, Outcome: journal.Info, When: "A user withdrew a consent in the settings.",
		Title: language.Text{English: "{name} revoked", Indonesian: "{name} dicabut"},
	})
	ConsentForgotten = declare[Consent](Declaration{
		Name: "consent.forgotten", Kind: journal.Consent, Outcome: journal.Info, When: "A consent counts as never asked for again; selasar dev only.",
		Title: language.Text{English: "{name} forgotten", Indonesian: "{name} dilupakan"},
	})
)
