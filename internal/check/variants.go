package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/miniapp"
)

// Outcome is what a reading of a variant does to the mini app.
type Outcome string

// The outcomes.
const (
	Same       Outcome = "same"
	Differs    Outcome = "differs"
	NotReached Outcome = "not reached" // no call was made whose answer the reading changes
)

// VariantReport is the report of one reading.
type VariantReport struct {
	Name        miniapp.VariantName `json:"name"`
	Reading     string              `json:"reading"`
	Outcome     Outcome             `json:"outcome"`
	Differences []string            `json:"differences"`
}

// tryVariants opens the mini app under each reading that can change an answer to it.
// Without such an answer the page cannot behave differently, so the reading is not run.
func (c *checker) tryVariants(ctx context.Context, first *visit) error {
	var again *visit // the default reading once more: what differs there is no variant's doing
	for _, variant := range miniapp.Variants {
		for _, reading := range variant.Readings {
			if reading == c.reading(variant.Name) {
				continue
			}
			r := VariantReport{Name: variant.Name, Reading: reading, Outcome: NotReached, Differences: []string{}}
			if c.reaches(first, variant.Name) {
				var err error
				if again == nil {
					if again, err = c.visit(ctx, c.setting(nil)); err != nil {
						return err
					}
				}
				v, err := c.visit(ctx, c.setting(map[miniapp.VariantName]string{variant.Name: reading}))
				if err != nil {
					return fmt.Errorf("%w (under %s=%s)", err, variant.Name, reading)
				}
				c.compare(ctx, &r, [2]*visit{first, again}, v)
			}
			c.report.Variants = append(c.report.Variants, r)
		}
	}
	return nil
}

// reading returns the reading of a variant in the first visit.
func (c *checker) reading(name miniapp.VariantName) string {
	if chosen := c.app.Variants[name]; chosen != "" {
		return chosen
	}
	v1 := c.judge.surface(true).Generation == miniapp.ContainerV1
	switch {
	case name == miniapp.ErrorKeys && v1:
		return "camel"
	case name == miniapp.ErrorKeys:
		return "both"
	case name == miniapp.DataForm && !c.judge.version.AtLeast(dataAsObject):
		return "string"
	}
	for _, variant := range miniapp.Variants {
		if variant.Name == name {
			return variant.Readings[0]
		}
	}
	return ""
}

// reaches reports whether a visit has a call whose answer depends on a variant.
func (c *checker) reaches(v *visit, name miniapp.VariantName) bool {
	return slices.ContainsFunc(v.join(), func(call joined) bool {
		if call.journaled == nil {
			return false
		}
		container := call.Dialect != ""
		b := c.judge.binding(container, call.Method)
		switch name {
		case miniapp.ErrorKeys, miniapp.CodeForm:
			return container && call.failed
		case miniapp.NotFoundForm:
			return !container && call.failed && kinds[call.code] == "" && strings.HasPrefix(string(call.code), "mini_app_")
		}
		if !container || call.failed || b == nil {
			return false
		}
		switch name {
		case miniapp.DataForm:
			return true
		case miniapp.EventPayload, miniapp.EventBubbles:
			for range b.Events.Names() {
				return true
			}
		case miniapp.SuccessScope:
			return b.Operation == operation.RequestConsent
		case miniapp.PaymentStatus:
			return b.Operation == operation.Pay && c.Payment != "success"
		case miniapp.RootedForm:
			return b.Method == "getRootedDeviceInfo"
		}
		return false
	})
}

// compare fills the report of a reading, and adds its findings.
func (c *checker) compare(ctx context.Context, r *VariantReport, known [2]*visit, v *visit) {
	name := string(r.Name) + "=" + r.Reading
	r.Outcome = Same
	add := func(place Place, difference string) {
		r.Outcome, r.Differences = Differs, append(r.Differences, difference)
		c.findings.add(Finding{
			Kind: Variant, Variant: name, Place: c.place(place), Found: []Way{AtLoad},
			Message: "under " + name + " the page behaves differently: " + difference, Advice: "let the page accept both readings; docs/variants.md explains them",
		})
	}
	for _, one := range v.thrown {
		was := func(e exception) bool { return firstLine(e.text) == firstLine(one.text) }
		if !slices.ContainsFunc(known[0].thrown, was) && !slices.ContainsFunc(known[1].thrown, was) {
			add(c.places.first(ctx, parseStack(one.text)), "it throws "+c.plain(firstLine(one.text)))
		}
	}
	for _, d := range differences(countCalls(known[0]), countCalls(known[1]), countCalls(v)) {
		add(Place{}, fmt.Sprintf("it calls %s %d times, and %d times by default", d.what, d.now, d.before))
	}
	var lost, more []string
	for _, d := range differences(countLines(known[0]), countLines(known[1]), countLines(v)) {
		if d.now < d.before {
			lost = append(lost, d.what)
		} else if slices.Equal(known[0].text, known[1].text) { // else a new line may be of a page that never shows the same
			more = append(more, d.what)
		}
	}
	if len(lost)+len(more) > 0 {
		add(Place{}, c.plain(shownInstead(lost, more)))
	}
}

// shownInstead says which lines a page shows no more, and which it shows in their place.
func shownInstead(lost, more []string) string {
	const most = 3
	list := func(lines []string) string {
		var parts []string
		for _, line := range lines[:min(most, len(lines))] {
			if len(line) > 80 {
				line = strings.ToValidUTF8(line[:80], "") + "…"
			}
			parts = append(parts, fmt.Sprintf("%q", line))
		}
		if len(lines) > most {
			parts = append(parts, fmt.Sprintf("%d more", len(lines)-most))
		}
		return strings.Join(parts, ", ")
	}
	switch {
	case len(more) == 0:
		return "it does not show " + list(lost)
	case len(lost) == 0:
		return "it also shows " + list(more)
	default:
		return "it shows " + list(more) + " instead of " + list(lost)
	}
}

// counted is a list of things in the order of their first occurrence, with their numbers.
type counted struct {
	order []string
	times map[string]int
}

func count(things []string) counted {
	c := counted{times: map[string]int{}}
	for _, one := range things {
		if c.times[one]++; c.times[one] == 1 {
			c.order = append(c.order, one)
		}
	}
	return c
}

func countCalls(v *visit) counted {
	var methods []string
	for _, call := range v.calls {
		methods = append(methods, call.Method)
	}
	return count(methods)
}

func countLines(v *visit) counted { return count(v.text) }

// difference is a thing that occurs in another number.
type difference struct {
	what        string
	before, now int
}

// differences compares with two visits that should be equal. A thing whose number differs
// between those two says nothing.
func differences(first, again, now counted) (list []difference) {
	order := slices.Clone(first.order)
	for _, what := range now.order {
		if _, known := first.times[what]; !known {
			order = append(order, what)
		}
	}
	for _, what := range order {
		if before := first.times[what]; before == again.times[what] && before != now.times[what] {
			list = append(list, difference{what, before, now.times[what]})
		}
	}
	return list
}
