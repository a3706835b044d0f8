// Package event declares everything that an entry of the journal can tell of:
// for each event its stable name, its kind and outcome, the type of its data,
// and its texts in English and Indonesian. It is the only place that makes
// entries and the only one that words them.
//
// A rule builds an entry from an event, a scope and data:
//
//	event.PaymentPaid.Entry(event.Scope{Payment: p.Ref}, event.Payment{...})
//
// Texts are templates: {amount} stands for a member of the data, as it is
// written in the text's language (template.go). The entry carries the English
// texts; [Render] makes the Indonesian ones from its name and its detail, also
// for an entry that was stored long ago.
//
// The package decides nothing: when an event happens is a rule's business. It
// does not hold the events that a host hears of its launch either.
package event

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

//go:generate go run ./gen

// Declaration says what an event is and how it reads.
type Declaration struct {
	Name    journal.Name
	Kind    journal.Kind
	Outcome journal.Outcome
	When    string // one sentence for the list of events: when it happens

	// Noun begins the title where the title names its kind; a reader that shows
	// the kind beside the title leaves it out.
	Noun  language.Text
	Title language.Text
	// Message and Next are empty where the entry quotes what an API answered
	// (Scope.Message, Scope.Next), or says nothing.
	Message, Next language.Text
}

// Event is a declared event; D is the type of its data.
type Event[D any] struct{ *wording }

// None is the data of an event whose name says it all.
type None struct{}

// Scope says what an entry belongs to, and the figures that every entry has.
type Scope struct {
	MiniAppID string
	UserID    string
	LaunchID  string
	CallID    string
	Payment   string // reference number
	At        int64  // ms since the epoch; 0: the time at which the entry is stamped
	Code      int    // of the JSAPIs, or an HTTP status
	Duration  time.Duration

	// Shown are values that look like secrets but are none; see [journal.Entry].
	Shown []string

	// Message and Next quote an answer. They stand in the entry of an event that
	// declares no text of its own, and stay as they are in every language.
	Message, Next string
}

// wording is a declaration with its templates, and the way back from a detail
// to the data.
type wording struct {
	Declaration
	data    reflect.Type
	decode  func(json.RawMessage) (reflect.Value, error)
	written map[language.Language]*written
}

// written is the wording in one language.
type written struct{ title, message, next template }

var declared []*wording

var byName = map[journal.Name]*wording{}

// declare registers an event. It panics when a text names a member that the
// data lacks, or when the name is taken: both show at the first start.
func declare[D any](d Declaration) Event[D] {
	w := &wording{Declaration: d, data: reflect.TypeFor[D](), decode: decode[D], written: map[language.Language]*written{}}
	if byName[d.Name] != nil {
		panic(fmt.Sprintf("event %s is declared twice", d.Name))
	}
	for _, l := range language.All {
		w.written[l] = &written{
			title:   w.compile(w.whole(l)),
			message: w.compile(d.Message.In(l)),
			next:    w.compile(d.Next.In(l)),
		}
	}
	declared, byName[d.Name] = append(declared, w), w
	return Event[D]{w}
}

// whole returns the text of the title with its noun.
func (w *wording) whole(l language.Language) string {
	if noun := w.Noun.In(l); noun != "" {
		return noun + " " + w.Title.In(l)
	}
	return w.Title.In(l)
}

func (w *wording) compile(text string) template {
	t, err := compile(text, w.data)
	if err != nil {
		panic(fmt.Sprintf("event %s: %v", w.Name, err))
	}
	return t
}

func decode[D any](detail json.RawMessage) (reflect.Value, error) {
	var data D
	if reflect.TypeFor[D]() == reflect.TypeFor[None]() {
		return reflect.ValueOf(&data).Elem(), nil
	}
	err := json.Unmarshal(detail, &data)
	return reflect.ValueOf(&data).Elem(), err
}

// Entry returns the journal entry of an event that has happened, with its
// texts in English.
func (ev Event[D]) Entry(of Scope, data D) journal.Entry {
	e := journal.Entry{
		Event: ev.Name, Kind: ev.Kind, Outcome: ev.Outcome, MiniAppID: of.MiniAppID, UserID: of.UserID, LaunchID: of.LaunchID,
		CallID: of.CallID, Payment: of.Payment, At: of.At, Code: of.Code, Duration: of.Duration.Microseconds(),
		Message: of.Message, Next: of.Next, Shown: of.Shown,
	}
	if ev.data != reflect.TypeFor[None]() {
		e.Detail = journal.Detail(data)
	}
	ev.word(&e, reflect.ValueOf(&data).Elem(), language.English)
	return e
}

// Message returns the message of an event in a language.
func (ev Event[D]) Message(l language.Language, of Scope, data D) string {
	return ev.written[l].message.render(l, reflect.ValueOf(&data).Elem(), &journal.Entry{MiniAppID: of.MiniAppID, Payment: of.Payment})
}

// Next returns the next step of an event in a language.
func (ev Event[D]) Next(l language.Language, data D) string {
	return ev.written[l].next.render(l, reflect.ValueOf(&data).Elem(), &journal.Entry{})
}

func (w *wording) word(e *journal.Entry, data reflect.Value, l language.Language) {
	in := w.written[l]
	e.Title = in.title.render(l, data, e)
	if len(in.message) > 0 {
		e.Message = in.message.render(l, data, e)
	}
	if len(in.next) > 0 {
		e.Next = in.next.render(l, data, e)
	}
}

// Render returns the entry with its texts in a language. An entry in English
// stays as it was stored, and so does one of an event or with data that this
// program does not know.
func Render(e journal.Entry, l language.Language) journal.Entry {
	w := byName[e.Event]
	if w == nil || l == language.English {
		return e
	}
	if data, err := w.decode(e.Detail); err == nil {
		w.word(&e, data, l)
	}
	return e
}

// Declared returns every event in the order of its declaration, with the type
// of its data.
func Declared() (list []Listed) {
	for _, w := range declared {
		list = append(list, Listed{w.Declaration, w.data})
	}
	return list
}

// Listed is an event for the generated lists.
type Listed struct {
	Declaration
	Data reflect.Type
}
