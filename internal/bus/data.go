package bus

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

// The events. Readings use the lossy lane, all others the reliable one.
const (
	ConsentChanged      Name = "consent.changed"      // ConsentChange
	DeviceChanged       Name = "device.changed"       // DeviceChange
	CallSettled         Name = "call.settled"         // Settlement
	AskClosed           Name = "ask.closed"           // AskClosing
	LaunchEnded         Name = "launch.ended"         // LaunchEnding
	SubscriptionReading Name = "subscription.reading" // Reading
	SubscriptionEnded   Name = "subscription.ended"   // SubscriptionEnd
	JobProgress         Name = "job.progress"         // JobReport
	JobDone             Name = "job.done"             // JobReport
	JobFailed           Name = "job.failed"           // JobFailure
)

// The effects of calls: what a call changes on the host's screen or device. No answer
// follows.
const (
	ToastShown   Name = "toast.shown"            // Toast
	BarChanged   Name = "navigation_bar.changed" // NavigationBar
	Vibrated     Name = "vibration.started"      // Vibration
	ClipboardSet Name = "clipboard.written"      // Clipboard
	PagePushed   Name = "page.pushed"            // Page
	PagePopped   Name = "page.popped"            // Source
)

// ConsentChange is the data of ConsentChanged.
type ConsentChange struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// DeviceChange is the data of DeviceChanged. A host asks for the state that it needs.
type DeviceChange struct{}

// Settlement is the data of CallSettled: a call that waited for the host has a result,
// and the host did not answer it.
type Settlement struct {
	CallID string `json:"call_id"`
	Result any    `json:"result"` // the envelope in the call's dialect
}

// AskClosing is the data of AskClosed.
type AskClosing struct {
	AskID  string       `json:"ask_id"`
	Reason event.Reason `json:"reason"`
}

// LaunchEnding is the data of LaunchEnded.
type LaunchEnding struct {
	Reason  event.Reason `json:"reason"`
	Message string       `json:"message"` // the reason in words

	Words language.Text `json:"-"` // Message in each language
}

// EndOfLaunch returns the event LaunchEnded of a launch that ended as the journal says,
// with its message in English.
func EndOfLaunch(why event.LaunchMove) Event {
	var words language.Text
	words.English, words.Indonesian = why.Message(language.English), why.Message(language.Indonesian)
	return New(LaunchEnded, LaunchEnding{Reason: why.Reason, Words: words}).In(language.English)
}

// Source is the call behind an event.
type Source struct {
	CallID string `json:"call_id"`
	Page   int    `json:"page,omitempty"` // the host's number of the page that called; 0 if it has none
}

// Reading is the data of SubscriptionReading.
type Reading struct {
	Source
	Subscription string          `json:"subscription"`
	Name         string          `json:"name,omitempty"` // the dialect's name of the event
	At           int64           `json:"at"`             // ms since the epoch
	Data         json.RawMessage `json:"data"`
	Variants     Variants        `json:"variants,omitempty"`
}

// Variants are the readings of the documentation that a page needs for the form of an
// event, where they are not the defaults.
type Variants map[string]string

// SubscriptionEnd is the data of SubscriptionEnded.
type SubscriptionEnd struct {
	Source
	Subscription string       `json:"subscription"`
	Reason       event.Reason `json:"reason"`
	Error        any          `json:"error,omitempty"` // the dialect's error of a subscription that failed
}

// JobReport is the data of JobProgress and JobDone.
type JobReport struct {
	Source
	Name     string          `json:"name,omitempty"`
	Data     json.RawMessage `json:"data"`
	Variants Variants        `json:"variants,omitempty"`
}

// JobFailure is the data of JobFailed.
type JobFailure struct {
	Source
	Name     string          `json:"name,omitempty"`
	Reason   event.Reason    `json:"reason"`         // why it did not come to its end
	Error    any             `json:"error"`          // in the dialect
	Data     json.RawMessage `json:"data,omitempty"` // for the page, if the dialect has a form for a failure
	Variants Variants        `json:"variants,omitempty"`
}
