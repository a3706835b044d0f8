package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

var launchNoun = language.Text{English: "launch", Indonesian: "sesi"}

// Launch is the data of a launch that begins.
type Launch struct {
	State    string `json:"state"` // open or consent
	EntryURL string `json:"entry_url"`
}

// LaunchMove is the data of a launch that moves on, or ends.
type LaunchMove struct {
	State      string        `json:"state"`
	AnsweredBy Settler       `json:"answered_by,omitempty"` // absent when the consent sheet was not answered
	Reason     Reason        `json:"reason,omitempty"`
	AppName    string        `json:"app_name,omitempty"` // with consent_declined
	Missing    []ConsentName `json:"missing,omitempty"`  // with consent_declined: the mandatory consents that were declined
}

// LaunchBlock is the data of a launch that was not begun.
type LaunchBlock struct {
	Reason problem.Code `json:"reason"`
}

// Message returns why the launch was refused or ended, in words.
func (m LaunchMove) Message(l language.Language) string { return LaunchEnded.Message(l, Scope{}, m) }

// ending says why a launch was refused or ended.
var ending = language.Text{
	English:    "{reason}[: {app_name} cannot be used without {missing}]",
	Indonesian: "{reason}[: {app_name} tidak dapat digunakan tanpa {missing}]",
}

// The events of launches.
var (
	LaunchOpened = declare[Launch](Declaration{
		Name: "launch.opened", Kind: journal.Launch, Outcome: journal.OK,
		When: "A mini app was opened without a consent sheet.",
		Noun: launchNoun, Title: language.Text{English: "{mini_app_id}", Indonesian: "{mini_app_id}"},
	})
	LaunchAsked = declare[Launch](Declaration{
		Name: "launch.asked", Kind: journal.Launch, Outcome: journal.Open,
		When: "A mini app was opened; its launch waits for the consent sheet.",
		Noun: launchNoun, Title: language.Text{English: "{mini_app_id}", Indonesian: "{mini_app_id}"},
	})
	LaunchAllowed = declare[LaunchMove](Declaration{
		Name: "launch.allowed", Kind: journal.Launch, Outcome: journal.OK,
		When: "The consent sheet was answered, and the launch is open.",
		Noun: launchNoun, Title: language.Text{English: "open", Indonesian: "terbuka"},
	})
	LaunchRefused = declare[LaunchMove](Declaration{
		Name: "launch.refused", Kind: journal.Launch, Outcome: journal.Failed,
		When: "A mandatory consent was declined, the consent sheet expired, or the mini app was suspended.",
		Noun: launchNoun, Title: language.Text{English: "refused", Indonesian: "ditolak"},
		Message: ending,
	})
	LaunchEnded = declare[LaunchMove](Declaration{
		Name: "launch.ended", Kind: journal.Launch, Outcome: journal.Info,
		When: "A launch ended; later calls return 203.",
		Noun: launchNoun, Title: language.Text{English: "ended", Indonesian: "berakhir"},
		Message: ending,
	})
	LaunchBlocked = declare[LaunchBlock](Declaration{
		Name: "launch.blocked", Kind: journal.Launch, Outcome: journal.Failed,
		When: "A host asked for a launch of a mini app that is suspended.",
		Noun: launchNoun, Title: language.Text{English: "refused", Indonesian: "ditolak"},
		Message: language.Text{
			English:    "mini app {mini_app_id:quoted} is suspended by its operator",
			Indonesian: "mini app {mini_app_id:quoted} ditangguhkan operatornya",
		},
		Next: language.Text{
			English:    `activate it: in the simulator's bar, or PATCH /control/v1/mini-app {"status":"active"}`,
			Indonesian: `aktifkan di bilah simulator, atau dengan PATCH /control/v1/mini-app {"status":"active"}`,
		},
	})
)
