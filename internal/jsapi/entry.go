package jsapi

import (
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
)

// asked is an ask of a call, with its answer and the answerer.
type asked struct {
	Ask    ask.Ask
	Answer json.RawMessage
	By     event.Settler
}

// entry returns the journal entry of a call: open without a result, settled with one.
func (c *Call) entry(result *Result, asks ...asked) journal.Entry {
	of := event.Scope{MiniAppID: c.App.ID, UserID: c.Launch.UserID, LaunchID: c.Launch.ID, CallID: c.ID, Duration: time.Since(c.began)}
	for _, a := range asks {
		if a.Ask.Kind == ask.Payment {
			of.Payment = a.Ask.Subject
		}
	}
	happened := event.CallOpened
	switch {
	case result == nil:
	case result.Error == nil:
		happened = event.CallSucceeded
	default:
		happened = event.CallFailed
		of.Code, of.Message = int(result.Error.Code), result.Error.Message
	}
	return happened.Entry(of, c.detail(result, asks))
}

// refused returns the journal entry of a refused answer: a late one, a repeated one,
// one of another launch, or one to an unknown ask. It is joined to the call of the ask.
func (t *taking) refused(p *problem.Problem) journal.Entry {
	of := event.Scope{
		MiniAppID: t.launch.MiniAppID, UserID: t.launch.UserID, LaunchID: t.launchID, CallID: t.ask.CallID, Message: shown(p.Message),
	}
	if t.ask.Kind == ask.Payment {
		of.Payment = t.ask.Subject
	}
	return event.AnswerRefused.Entry(of, event.Refusal{
		Ask: shown(t.askID), Kind: string(t.ask.Kind), State: string(t.ask.State), Answer: shown(t.answer.Answer), Refused: p.Code,
	})
}

// jsonShown is the number of bytes of parameters and answers that the journal shows.
const jsonShown = 4096

func (c *Call) detail(result *Result, asks []asked) event.Call {
	d := event.Call{Notes: c.notes, Method: shown(c.name), Params: c.shownParams(), Checks: c.shownChecks()}
	if result != nil {
		d.Result = result.masked
	}
	for _, a := range asks {
		one := event.CallAsk{ID: a.Ask.ID, Kind: string(a.Ask.Kind), OpenedAt: a.Ask.CreatedAt, By: a.By, AnsweredAt: a.Ask.AnsweredAt}
		if len(a.Answer) > 0 {
			one.Answer = shownJSON(a.Answer)
		}
		d.Asks = append(d.Asks, one)
	}
	return d
}

// allPassed is the list of checks of almost every call, encoded once.
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

// shownJSON returns a JSON text unchanged. Of a text that is too long or not JSON, it
// returns the beginning as a string.
func shownJSON(raw json.RawMessage) any {
	if len(raw) > jsonShown || !json.Valid(raw) {
		return shown(string(raw))
	}
	return raw
}

// shown cuts a text from outside to a readable length.
func shown(text string) string {
	const most = 200
	if len(text) <= most {
		return strings.ToValidUTF8(text, "�")
	}
	return strings.ToValidUTF8(text[:most], "�") + "…"
}

func logInternal(c *Call, p *problem.Problem) {
	if p.Err != nil {
		slog.Error("a call failed with an internal error", "method", shown(c.name), "launch", c.Launch.ID, "error", p.Err)
	}
}
