package jsapi

import (
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
)

// asked is an ask of a call, with what was answered and by whom.
type asked struct {
	Ask    ask.Ask
	Answer json.RawMessage
	By     string
}

// entry tells the journal of a call: open without a result, settled with one.
func (c *Call) entry(result *Result, asks ...asked) journal.Entry {
	e := journal.Entry{
		Kind: journal.Call, MiniAppID: c.App.ID, UserID: c.Launch.UserID, LaunchID: c.Launch.ID, CallID: c.ID,
		Title: shown(c.name), Outcome: journal.Open, Duration: time.Since(c.began).Microseconds(),
	}
	for _, a := range asks {
		if a.Ask.Kind == ask.Payment {
			e.Payment = a.Ask.Subject
		}
	}
	if result != nil {
		e.Outcome = journal.OK
		if result.Error != nil {
			e.Outcome, e.Code, e.Message = journal.Failed, int(result.Error.Code), result.Error.Message
		}
	}
	if len(c.notes) > 0 {
		e.Next = strings.Join(c.notes, "; ")
	}
	e.Detail = journal.Detail(c.detail(result, asks))
	return e
}

// refusedDetail is what the journal shows of an answer that was not taken.
type refusedDetail struct {
	Ask     string       `json:"ask"`
	Kind    ask.Kind     `json:"kind,omitempty"`
	State   ask.State    `json:"state,omitempty"` // of the ask
	Answer  string       `json:"answer"`
	Refused problem.Code `json:"refused"`
}

// refused tells the journal of an answer that came late, a second time, from
// another launch, or to nothing. It is joined to the call that it was meant for.
func (t *taking) refused(p *problem.Problem) journal.Entry {
	e := journal.Entry{
		Kind: journal.Answer, MiniAppID: t.launch.MiniAppID, UserID: t.launch.UserID, LaunchID: t.launchID, CallID: t.ask.CallID,
		Title: "answer refused", Outcome: journal.Warn, Message: shown(p.Message),
		Detail: journal.Detail(refusedDetail{shown(t.askID), t.ask.Kind, t.ask.State, shown(t.answer.Answer), p.Code}),
	}
	if t.ask.Kind == ask.Payment {
		e.Payment = t.ask.Subject
	}
	return e
}

// jsonShown is how much of parameters and answers the journal shows as they came,
// in bytes.
const jsonShown = 4096

// callDetail is what the journal shows of a call.
type callDetail struct {
	Method string          `json:"method"`
	Params any             `json:"params"`
	Checks any             `json:"checks,omitempty"` // []Check
	Result json.RawMessage `json:"result,omitempty"`
	Asks   []askDetail     `json:"asks,omitempty"`
}

type askDetail struct {
	ID         string   `json:"id"`
	Kind       ask.Kind `json:"kind"`
	OpenedAt   int64    `json:"opened_at"`
	By         string   `json:"by,omitempty"`
	AnsweredAt int64    `json:"answered_at,omitempty"`
	Answer     any      `json:"answer,omitempty"`
}

func (c *Call) detail(result *Result, asks []asked) callDetail {
	d := callDetail{Method: shown(c.name), Params: c.shownParams(), Checks: c.shownChecks()}
	if result != nil {
		d.Result = result.masked
	}
	for _, a := range asks {
		one := askDetail{ID: a.Ask.ID, Kind: a.Ask.Kind, OpenedAt: a.Ask.CreatedAt, By: a.By, AnsweredAt: a.Ask.AnsweredAt}
		if len(a.Answer) > 0 {
			one.Answer = shownJSON(a.Answer)
		}
		d.Asks = append(d.Asks, one)
	}
	return d
}

// allPassed is what is shown of almost every call, made once.
var allPassed = func() json.RawMessage {
	var all []Check
	for i, step := range checks {
		all = append(all, Check{Step: i + 1, Name: step.name, OK: true})
	}
	return journal.Detail(all)
}()

func (c *Call) shownChecks() any {
	switch {
	case len(c.checks) == 0:
		return nil
	case len(c.checks) == len(checks) && c.checks[len(checks)-1].OK:
		return allPassed
	default:
		return c.checks
	}
}

func (c *Call) shownParams() any {
	switch {
	case len(c.raw) == 0:
		return struct{}{}
	case c.Binding != nil:
		return shownJSON(c.Binding.params.Mask(c.raw))
	default:
		return shownJSON(c.raw)
	}
}

// shownJSON is a JSON text as it came, or the beginning of one that is too long
// or none.
func shownJSON(raw json.RawMessage) any {
	if len(raw) > jsonShown || !json.Valid(raw) {
		return shown(string(raw))
	}
	return raw
}

// shown cuts a text that came from outside to what a reader can use.
func shown(text string) string {
	const most = 200
	if len(text) <= most {
		return strings.ToValidUTF8(text, "�")
	}
	return strings.ToValidUTF8(text[:most], "�") + "…"
}

func logInternal(c *Call, p *problem.Problem) {
	if p.Err != nil {
		slog.Error("a call failed inside", "method", shown(c.name), "launch", c.Launch.ID, "error", p.Err)
	}
}
