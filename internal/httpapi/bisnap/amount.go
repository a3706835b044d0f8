package bisnap

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

// amount is an amount in a request: {"value":"10000.00","currency":"IDR"}.
type amount struct {
	Value    value  `json:"value"`
	Currency string `json:"currency"`
}

// value is the value of an amount. Loose marks one that strict providers refuse: a number,
// or a text without two decimals (seamless-payment-v2: "10000.00").
type value struct {
	edge.Spelt
	loose bool
}

var twoDecimals = regexp.MustCompile(`^[0-9]+\.[0-9]{2}$`)

// UnmarshalJSON reads a string or a number.
func (v *value) UnmarshalJSON(data []byte) error {
	err := v.Spelt.UnmarshalJSON(data)
	v.loose = data[0] != '"' || !twoDecimals.MatchString(string(v.Spelt))
	return err
}

// warnOfAmount adds a warning about an amount that strict providers refuse.
func (d *door) warnOfAmount(c *call, name string, m *amount) {
	if m != nil && m.Value.loose && !c.replayed {
		d.Platform.Journal.Trace(event.PaymentLoose.Entry(event.Scope{MiniAppID: c.App.ID, Payment: c.PaymentRef}, event.LooseAmount{Member: name, Value: string(m.Value.Spelt)}))
	}
}

// maxValue is the largest length of an amount's value: more than 99999999999.00 needs.
const maxValue = 16

// rupiah reads the amount of a member. It accepts whole rupiah only, with or without
// decimals.
func (m *amount) rupiah(name string) (money.Rupiah, error) {
	switch {
	case m == nil || m.Value.Spelt == "":
		return 0, problem.New(edge.FieldBlank, `%s is missing; send {"value":"10000.00","currency":"IDR"}`, name)
	case m.Currency != "IDR":
		return 0, problem.New(edge.FieldWrong, "%s.currency must be IDR, got %q", name, edge.Excerpt(m.Currency))
	case len(m.Value.Spelt) > maxValue:
		return 0, problem.New(edge.FieldWrong, "%s.value is %d characters long; at most %s", name, len(m.Value.Spelt), money.Max.Decimal())
	}
	amount, err := money.Parse(string(m.Value.Spelt))
	switch {
	case err != nil:
		return 0, problem.New(edge.FieldWrong, "%s: %v", name, err)
	case amount < 1:
		return 0, problem.New(edge.FieldWrong, "%s.value must be 1.00 or more, got %s", name, m.Value.Spelt)
	}
	return amount, nil
}

// within checks the length of an optional text.
func within(name, value string, most int) error {
	if utf8.RuneCountInString(value) > most {
		return problem.New(edge.FieldLong, "%s is longer than %d characters", name, most)
	}
	return nil
}

// oneLine removes control characters from a text, for display.
func oneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text))
}
