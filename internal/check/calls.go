package check

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// journaled is a call in the journal.
type journaled struct {
	method  string
	params  any
	failed  bool
	message string
	code    problem.Code // of the check that failed; empty when the operation failed
	note    string
	notes   []event.CallNote
}

// journaledCalls returns the calls of a journal in the order of their calls. An entry that
// settles a call replaces the one that opened it.
func journaledCalls(entries []journal.Entry) []*journaled {
	var list []*journaled
	byID := map[string]*journaled{}
	for _, e := range entries {
		var detail struct {
			Method string            `json:"method"`
			Params any               `json:"params"`
			Checks []event.CallCheck `json:"checks"`
			Notes  []event.CallNote  `json:"notes"`
		}
		if e.Kind != journal.Call || json.Unmarshal(e.Detail, &detail) != nil {
			continue
		}
		one := byID[e.CallID]
		if one == nil {
			one = &journaled{}
			byID[e.CallID] = one
			list = append(list, one)
		}
		one.method, one.params, one.failed, one.message = detail.Method, detail.Params, e.Outcome == journal.Failed, e.Message
		one.notes = append(one.notes, detail.Notes...)
		for _, check := range detail.Checks {
			if !check.OK {
				one.code, one.note = problem.Code(check.Code), check.Note
			}
		}
	}
	return list
}

// joined is a call of the page with its entry in the journal, which may be missing.
type joined struct {
	seenCall
	*journaled
}

// join joins the page's calls with the journal's. The journal has calls of the same moment
// in any order, so the parameters decide first.
func (v *visit) join() (list []joined) {
	rest := map[string][]*journaled{}
	for _, one := range journaledCalls(v.entries) {
		rest[one.method] = append(rest[one.method], one)
	}
	for _, call := range v.calls {
		one := joined{seenCall: call}
		if same := rest[call.Method]; len(same) > 0 && !call.nested && !call.refused {
			at := max(0, slices.IndexFunc(same, call.has)) // secrets are masked in the journal, so no parameters may be equal
			one.journaled = same[at]
			rest[call.Method] = slices.Delete(same, at, at+1)
		}
		list = append(list, one)
	}
	return list
}

// has reports whether a call has the parameters of one in the journal.
func (c seenCall) has(one *journaled) bool {
	var params any = map[string]any{}
	_ = json.Unmarshal([]byte(c.Params), &params) // without parameters, the journal has none either
	return reflect.DeepEqual(params, one.params)
}

// fromVisit adds the findings of a visit.
func (c *checker) fromVisit(ctx context.Context, v *visit) {
	for _, call := range v.join() {
		c.fromCall(ctx, call)
	}
	for _, one := range v.thrown {
		c.findings.add(Finding{
			Kind: Thrown, Place: c.place(c.places.first(ctx, parseStack(one.text))), Found: []Way{one.found},
			Message: c.plain(firstLine(one.text)), Advice: advices[Thrown],
		})
	}
	for _, e := range v.entries {
		var detail event.PageProblem
		if e.Kind != journal.Page || (e.Outcome != journal.Warn && e.Outcome != journal.Failed) || json.Unmarshal(e.Detail, &detail) != nil || detail.Reason == event.PageThrew {
			continue
		}
		f := Finding{Kind: Page, Message: c.plain(e.Message), Advice: e.Next, Found: []Way{AtLoad}}
		if detail.Path != "" {
			f.Place = c.place(Place{File: c.places.file(detail.Path)})
		}
		c.findings.add(f)
	}
}

func (c *checker) fromCall(ctx context.Context, call joined) {
	place := c.place(c.places.ofCall(ctx, call.Stack, call.Method))
	add := func(f Finding) {
		f.Method, f.Place, f.Found = call.Method, place, []Way{call.found}
		f.Message = c.plain(f.Message)
		c.findings.add(f)
	}
	container := call.Dialect != "" || call.refused
	switch {
	case call.refused:
		add(finding(Form, cmp.Or(call.Message, "the arguments are not (className, methodName, params, success, failure, timeout)")))
		return
	case call.nested:
		add(Finding{Kind: Form, Message: "the call comes from a frame in the page, where the phone has no host", Advice: "call from the page itself, and pass the result to the frame"})
		return
	}
	c.needs(container, call.Method)
	if call.journaled == nil {
		return
	}
	if call.failed {
		add(c.failure(container, call))
	}
	for _, note := range call.notes {
		if note.Code == event.UnknownParameters {
			add(finding(Parameters, "the documentation has no parameter "+strings.Join(note.Names, ", ")))
		}
	}
}

// failure makes the finding of a call that failed.
func (c *checker) failure(container bool, call joined) Finding {
	kind, known := kinds[call.code]
	b := c.judge.binding(container, call.Method)
	switch {
	case !known:
		return Finding{Kind: Failed, Message: call.message, Advice: advices[Failed]}
	case kind == Consent && b != nil:
		return Finding{
			Kind: Consent, Message: fmt.Sprintf("the call came before the consent %q", b.Operation.Consent),
			Advice: "call " + c.judge.surface(container).AskFor(b.Operation.Consent) + " first",
		}
	}
	return finding(kind, call.note)
}

// needs raises the version of the GoPay app that the mini app needs.
func (c *checker) needs(container bool, method string) {
	b := c.judge.binding(container, method)
	if b == nil {
		return
	}
	if newest, err := version.Parse(c.report.NeedsVersion); err != nil || !newest.AtLeast(b.Since) {
		c.report.NeedsVersion = b.Since.String()
	}
}

// place returns a place for a finding, or nil.
func (c *checker) place(p Place) *Place {
	if p.File == "" {
		return nil
	}
	return &p
}

// plain removes the addresses of this run from a text: their ports differ in the next one.
func (c *checker) plain(text string) string {
	for _, url := range []string{c.urls.App, c.urls.Simulator} {
		text = strings.ReplaceAll(text, strings.TrimSuffix(url, "/"), "")
	}
	return text
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
