package event

import (
	"slices"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

// Call is the data of a JSAPI call. Parameters and answers stand as they came,
// or as a string where they are too long or are not JSON.
type Call struct {
	Method string     `json:"method"`
	Params any        `json:"params"`
	Checks any        `json:"checks,omitempty" ts:"CallCheckData[]"`
	Result any        `json:"result,omitempty" ts:"CallResultData"`
	Asks   []CallAsk  `json:"asks,omitempty"`
	Notes  []CallNote `json:"notes,omitempty"`
}

// AppendJSON appends the data as JSON. A json.RawMessage in it is valid JSON.
func (c Call) AppendJSON(b []byte) []byte {
	b = slices.Grow(b, 1024)
	b = journal.AppendText(append(b, `{"method":`...), c.Method)
	b = journal.AppendValue(append(b, `,"params":`...), c.Params)
	if c.Checks != nil {
		b = journal.AppendValue(append(b, `,"checks":`...), c.Checks)
	}
	if c.Result != nil {
		b = journal.AppendValue(append(b, `,"result":`...), c.Result)
	}
	if len(c.Asks) > 0 {
		b = journal.AppendValue(append(b, `,"asks":`...), c.Asks)
	}
	if len(c.Notes) > 0 {
		b = journal.AppendValue(append(b, `,"notes":`...), c.Notes)
	}
	return append(b, '}')
}

// CallCheck is one step of the pipeline that a call passed or failed.
type CallCheck struct {
	Step int    `json:"step"`
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Code string `json:"code,omitempty"` // of a failed step: Selasar's name for the problem, such as consent_missing
	Note string `json:"note,omitempty"` // of a failed step: why, as the mini app was told
}

// CallResult is what a call was answered, without its secrets.
type CallResult struct {
	Success bool       `json:"success"`
	Data    any        `json:"data"`
	Error   *CallError `json:"error"`
}

// CallError is the error of a call in the words of the JSAPIs.
type CallError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// CallAsk is an ask of a call, with its answer once there is one.
type CallAsk struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	OpenedAt   int64   `json:"opened_at"`             // ms since the epoch
	By         Settler `json:"by,omitempty"`          // absent while the ask is open
	AnsweredAt int64   `json:"answered_at,omitempty"` // ms since the epoch
	Answer     any     `json:"answer,omitempty"`
}

// CallNote is advice for the developer of a mini app, beside a call's result.
type CallNote struct {
	Code    NoteCode     `json:"code"`
	Method  string       `json:"method,omitempty"`
	Names   []string     `json:"names,omitempty"`   // with unknown_parameters: the first few
	More    int          `json:"more,omitempty"`    // how many more there are
	Balance money.Rupiah `json:"balance,omitempty"` // with policy_short
	Missing money.Rupiah `json:"missing,omitempty"`
	AskedMS float64      `json:"asked_ms,omitempty"` // with frequency_raised: the time between two readings
	EveryMS int64        `json:"every_ms,omitempty"`
}

// NoteCode says what a note is about.
type NoteCode string

// The notes.
const (
	UnknownParameters NoteCode = "unknown_parameters"
	PolicyShort       NoteCode = "policy_short"
	MandatoryAsked    NoteCode = "mandatory_asked"
	FrequencyRaised   NoteCode = "frequency_raised"
)

var noteTexts = map[NoteCode]language.Text{
	UnknownParameters: {
		English:    "{method} does not know the parameters {names:quoted}[, and {more} more]; they are ignored",
		Indonesian: "{method} tidak mengenal parameter {names:quoted}[, dan {more} lagi]; parameter itu diabaikan",
	},
	MandatoryAsked: {
		English:    "{names:quoted} is a mandatory consent: the user gives it before the mini app opens, so {method} need not ask for it",
		Indonesian: "{names:quoted} adalah izin wajib: pengguna memberikannya sebelum mini app dibuka, jadi {method} tidak perlu memintanya",
	},
	FrequencyRaised: {
		English:    "{method} asked for a reading every {asked_ms} ms; readings come every {every_ms} ms",
		Indonesian: "{method} meminta pembacaan setiap {asked_ms} ms; pembacaan datang setiap {every_ms} ms",
	},
	PolicyShort: {
		English:    "the policy would pay, but the wallet holds {balance}, {missing} short; top it up or pay with another user",
		Indonesian: "kebijakan jawaban akan membayar, tetapi dompet berisi {balance}, kurang {missing}; isi saldonya atau bayar dengan pengguna lain",
	},
}

func (n CallNote) wording() language.Text { return noteTexts[n.Code] }

// Analytics is the data of an analytics event of a mini app.
type Analytics struct {
	EventName string `json:"event_name"`
	MetaData  any    `json:"meta_data"` // an object, or the beginning of its text where it is long
}

// Refusal is the data of an answer that was not taken.
type Refusal struct {
	Ask     string       `json:"ask"`
	Kind    string       `json:"kind,omitempty"`  // of the ask
	State   string       `json:"state,omitempty"` // of the ask
	Answer  string       `json:"answer"`
	Refused problem.Code `json:"refused"`
}

var method = language.Text{English: "{method}", Indonesian: "{method}"}

var notes = language.Text{English: "{notes:lines}", Indonesian: "{notes:lines}"}

// The events of calls and answers. The message of a failed call quotes what
// the mini app received.
var (
	CallOpened = declare[Call](Declaration{
		Name: "call.opened", Kind: journal.Call, Outcome: journal.Open, Title: method, Next: notes,
		When: "A JSAPI call waits for a person. The entry that settles it has the same call_id.",
	})
	CallSucceeded = declare[Call](Declaration{
		Name: "call.succeeded", Kind: journal.Call, Outcome: journal.OK, Title: method, Next: notes,
		When: "A JSAPI call succeeded.",
	})
	CallFailed = declare[Call](Declaration{
		Name: "call.failed", Kind: journal.Call, Outcome: journal.Failed, Title: method, Next: notes,
		When: "A JSAPI call failed; code is the JSAPI's error code.",
	})
	AnalyticsTracked = declare[Analytics](Declaration{
		Name: "analytics.tracked", Kind: journal.Analytics, Outcome: journal.Info, When: "A mini app recorded an analytics event.",
		Title: language.Text{English: "{event_name}", Indonesian: "{event_name}"},
	})
	AnswerRefused = declare[Refusal](Declaration{
		Name: "answer.refused", Kind: journal.Answer, Outcome: journal.Warn,
		When: "An answer came late, a second time, from another launch, for an unknown ask, or while the device was offline.",
		Noun: language.Text{English: "answer", Indonesian: "jawaban"}, Title: language.Text{English: "refused", Indonesian: "ditolak"},
	})
)
