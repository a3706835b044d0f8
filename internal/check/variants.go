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

// trial is a reading that the mini app is opened under.
type trial struct {
	report *VariantReport
	at     Place // of the first call whose answer depends on the reading
}

func (t trial) String() string { return string(t.report.Name) + "=" + t.report.Reading }

// tryVariants opens the mini app under each reading that can change an answer to it.
// Without such an answer the page cannot behave differently, so the reading is not run.
//
// One visit takes a reading of each variant. Only when the page behaves differently does
// each of these readings get a visit of its own.
func (c *checker) tryVariants(ctx context.Context, first *visit) error {
	var rounds [][]trial
	for _, variant := range miniapp.Variants {
		round, at := 0, c.reaching(first, variant.Name)
		for _, reading := range variant.Readings {
			if reading == c.reading(variant.Name) {
				continue
			}
			r := &VariantReport{Name: variant.Name, Reading: reading, Outcome: NotReached, Differences: []string{}}
			c.report.Variants = append(c.report.Variants, r)
			if at == nil {
				continue
			}
			if round == len(rounds) {
				rounds = append(rounds, nil)
			}
			r.Outcome = Same
			rounds[round] = append(rounds[round], trial{r, c.places.ofCall(ctx, at.Stack, at.Method)})
			round++
		}
	}
	known := []*visit{first}
	for _, round := range rounds {
		if err := c.tryRound(ctx, &known, round); err != nil {
			return err
		}
	}
	return nil
}

// tryRound opens the mini app under several readings. known are the visits under the
// default ones: a second one is made before a difference counts, because pages may differ
// from visit to visit.
func (c *checker) tryRound(ctx context.Context, known *[]*visit, round []trial) error {
	v, err := c.visit(ctx, c.setting(round...))
	if err != nil {
		return fmt.Errorf("%w (under %s)", err, named(round))
	}
	if len(c.compare(ctx, *known, v)) == 0 {
		return nil
	}
	if len(*known) == 1 {
		again, err := c.visit(ctx, c.setting())
		if err != nil {
			return err
		}
		*known = append(*known, again)
	}
	together := c.compare(ctx, *known, v)
	if len(together) == 0 {
		return nil
	}
	if len(round) == 1 {
		c.differs(together, round[0])
		return nil
	}
	alone := false
	for _, t := range round {
		v, err := c.visit(ctx, c.setting(t))
		if err != nil {
			return fmt.Errorf("%w (under %s)", err, t)
		}
		if list := c.compare(ctx, *known, v); len(list) > 0 {
			alone = true
			c.differs(list, t)
		}
	}
	if !alone {
		c.differs(together, round...)
	}
	return nil
}

// differs adds the findings of readings under which the page behaves differently.
func (c *checker) differs(list []deviation, trials ...trial) {
	for _, t := range trials {
		t.report.Outcome = Differs
		for _, d := range list {
			t.report.Differences = append(t.report.Differences, d.what)
		}
	}
	for _, d := range list {
		if d.at.File == "" {
			d.at = trials[0].at
		}
		c.findings.add(Finding{
			Kind: Variant, Variant: named(trials), Place: c.place(d.at), Found: []Way{AtLoad},
			Message: "under " + named(trials) + " the page behaves differently: " + d.what,
			Advice:  "let the page accept both readings; docs/variants.md explains them",
		})
	}
}

func named(trials []trial) string {
	var names []string
	for _, t := range trials {
		names = append(names, t.String())
	}
	return strings.Join(names, " ")
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

// reaching returns the first call of a visit whose answer depends on a variant, or nil.
func (c *checker) reaching(v *visit, name miniapp.VariantName) *joined {
	calls := v.join()
	at := slices.IndexFunc(calls, func(call joined) bool {
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
	if at < 0 {
		return nil
	}
	return &calls[at]
}
