// Package journal records the events of the platform in order: launches, calls, asks,
// answers, backend requests, payments and notifications, joined by ids.
//
// There are two ways to add an entry. The entry for a change of state is appended in
// the transaction of the change, and is equally durable. Any other entry, such as for
// a call without effect, is a trace: it is shown at once and saved soon after. A crash
// may lose the last traces.
package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/mask"
)

// Kind is the subject of an entry.
type Kind string

// The kinds of entry.
const (
	Launch  Kind = "launch"
	Consent Kind = "consent"
	Call    Kind = "call"
	Answer  Kind = "answer"
	Request Kind = "request"
	Payment Kind = "payment"
	// Notification: queued, delivered, a try failed, dead, replayed.
	Notification Kind = "notification"
	Message      Kind = "message"
	Reward       Kind = "reward"
	MiniApp      Kind = "mini_app" // suspended, activated
	Fault        Kind = "fault"    // added, removed
	Device       Kind = "device"
	User         Kind = "user"
	Clock        Kind = "clock"
	Page         Kind = "page"
	Command      Kind = "command"
	Warning      Kind = "warning"
	Credential   Kind = "credential"
	Subscription Kind = "subscription"
	Job          Kind = "job"
	Analytics    Kind = "analytics" // recorded by the mini app
)

// Kinds lists all kinds.
var Kinds = []Kind{
	Launch, Consent, Call, Answer, Request, Payment, Notification, Message, Reward, MiniApp, Fault, Device, User, Clock, Page, Command, Warning, Credential, Subscription, Job, Analytics,
}

// Name is the stable machine name of an event, such as "payment.paid". Package
// event declares them all.
type Name string

// Outcome is the result of an event, for a reader who scans the list.
type Outcome string

// The outcomes.
const (
	OK     Outcome = "ok"
	Failed Outcome = "failed"
	Open   Outcome = "open" // a call waits for a person
	Info   Outcome = "info"
	Warn   Outcome = "warning"
)

// Entry is one thing that happened. Package event makes entries. Nothing in one
// is secret: its maker masks codes, tokens and account numbers.
type Entry struct {
	Seq       int64           `json:"seq"` // position in this process's journal, from 1
	ID        string          `json:"id"`
	At        int64           `json:"at"` // ms since the epoch, by the platform's clock
	Kind      Kind            `json:"kind"`
	Event     Name            `json:"event,omitempty"` // empty only in entries of versions before events had names
	MiniAppID string          `json:"mini_app_id,omitempty"`
	UserID    string          `json:"user_id,omitempty"`
	LaunchID  string          `json:"launch_id,omitempty"`
	CallID    string          `json:"call_id,omitempty"`
	Payment   string          `json:"payment,omitempty"` // reference number
	Title     string          `json:"title"`
	Outcome   Outcome         `json:"outcome"`
	Code      int             `json:"code,omitempty"`
	Message   string          `json:"message,omitempty"`
	Next      string          `json:"next,omitempty"` // what to do about it
	Duration  int64           `json:"duration_us,omitempty"`
	Detail    json.RawMessage `json:"detail,omitempty"`

	// Shown are values in the texts and the detail that look like secrets but are none,
	// such as the hash of a body. They are not masked.
	Shown []string `json:"-"`
}

const replacement = "\ufffd"

// Stamp sets a missing id and time of an entry. It masks remaining texts that look like
// secrets, and replaces characters that a database cannot store.
func (e *Entry) Stamp(id string, now time.Time) {
	for _, text := range []*string{&e.MiniAppID, &e.UserID, &e.LaunchID, &e.CallID, &e.Payment, &e.Title, &e.Message, &e.Next} {
		*text = strings.ReplaceAll(strings.ToValidUTF8(*text, replacement), "\x00", replacement)
	}
	if !utf8.Valid(e.Detail) {
		e.Detail = bytes.ToValidUTF8(e.Detail, []byte(replacement))
	}
	hide := mask.JSON
	if e.Kind == Request { // its bodies and its query stand in the detail as they came
		hide = mask.Members
	}
	for _, text := range []*string{&e.Title, &e.Message, &e.Next} {
		*text = mask.Except(*text, e.Shown, mask.Text)
	}
	if len(e.Shown) == 0 {
		e.Detail = hide(e.Detail)
	} else {
		hidden := mask.Except(string(e.Detail), e.Shown, func(text string) string { return string(hide(json.RawMessage(text))) })
		e.Detail = json.RawMessage(hidden)
	}
	if e.ID == "" {
		e.ID = id
	}
	if e.At == 0 {
		e.At = now.UnixMilli()
	}
}
