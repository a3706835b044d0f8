package bisnap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/signature"
)

// order is the body of payment-host-to-host (seamless-payment-v2). What of
// it means nothing for a mini app is not read: chargeToken, and urlParam or
// urlParams, because a payment returns to where the mini app was.
type order struct {
	PartnerRef string          `json:"partnerReferenceNo"`
	MerchantID string          `json:"merchantId"`
	ValidUpTo  string          `json:"validUpTo"`
	Options    []option        `json:"payOptionDetails"`
	Additional json.RawMessage `json:"additionalInfo"`
}

type option struct {
	Method string  `json:"payMethod"`
	Option string  `json:"payOption"`
	Amount *amount `json:"transAmount"`
}

type additional struct {
	PopID    string          `json:"pointOfPurchaseId"`
	Items    []item          `json:"items"`
	Metadata json.RawMessage `json:"metadata"`
}

type item struct {
	Name     string `json:"name"`
	Quantity spelt  `json:"quantity"`
}

// details is what of an order the status answers echo.
type details struct {
	Options  []paidOption    `json:"payOptionDetails,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
}

type paidOption struct {
	Method string       `json:"payMethod"`
	Option string       `json:"payOption"`
	Amount money.Rupiah `json:"transAmount"`
}

const (
	maxPartnerRef = 64
	maxOptions    = 10
)

// optional reads a member that may be left out.
func optional(name string, data json.RawMessage, v any) error {
	if data = bytes.TrimSpace(data); len(data) == 0 || string(data) == "null" {
		return nil
	}
	return edge.Loosely(name, data, v)
}

// free reads an optional object that may have anything in it, or nothing: PHP
// writes that as [].
func free(name string, data json.RawMessage, v any) error {
	if data = bytes.TrimSpace(data); len(data) > 0 && data[0] == '[' && len(bytes.TrimSpace(data[1:len(data)-1])) == 0 {
		return nil
	}
	return optional(name, data, v)
}

// orderOf checks what was sent and makes an order of it.
func (d *door) orderOf(c *call, in order, more additional) (o payment.Order, err error) {
	if err := partnerReference("partnerReferenceNo", in.PartnerRef); err != nil {
		return o, err
	}
	if err := within("merchantId", in.MerchantID, maxPartnerRef); err != nil {
		return o, err
	}
	details := details{Metadata: more.Metadata}
	if details.Options, o.Amount, err = options(in.Options); err != nil {
		return o, err
	}
	if o.Until, err = d.validUpTo(in.ValidUpTo, c.skew); err != nil {
		return o, err
	}
	text, err := encoded(details)
	o.MiniAppID, o.Via, o.PartnerRef, o.ExternalID = c.App.ID, payment.BySnap, in.PartnerRef, c.request.ID
	o.Title, o.Details = titleOf(in, more), string(text)
	return o, err
}

// partnerReference checks a number of the mini app's own: letters, digits,
// dash, underscore, tilde and dot.
func partnerReference(name, ref string) error {
	switch {
	case ref == "":
		return problem.New(edge.FieldBlank, "%s is missing or empty", name)
	case len(ref) > maxPartnerRef:
		return problem.New(edge.FieldLong, "%s is longer than %d characters", name, maxPartnerRef)
	case !payment.ReferenceText(ref):
		return problem.New(edge.FieldWrong, "%s %q: letters, digits, dash, underscore, tilde and dot only", name, edge.Excerpt(ref))
	}
	return nil
}

// options reads with what is paid, and how much in all.
func options(list []option) (paid []paidOption, sum money.Rupiah, err error) {
	if len(list) == 0 {
		return nil, 0, problem.New(edge.FieldBlank, "payOptionDetails is missing or empty; send one with payMethod, payOption and transAmount")
	}
	if len(list) > maxOptions {
		return nil, 0, problem.New(edge.FieldLong, "payOptionDetails has %d entries; at most %d", len(list), maxOptions)
	}
	for i, one := range list {
		name := "payOptionDetails[" + strconv.Itoa(i) + "]"
		if !strings.EqualFold(one.Method, "GOPAY") {
			return nil, 0, problem.New(edge.FieldWrong, "%s.payMethod must be GOPAY, got %q", name, edge.Excerpt(one.Method))
		}
		if err := within(name+".payOption", one.Option, maxPartnerRef); err != nil {
			return nil, 0, err
		}
		amount, err := one.Amount.rupiah(name + ".transAmount")
		if err != nil {
			return nil, 0, err
		}
		sum += amount
		paid = append(paid, paidOption{one.Method, one.Option, amount})
	}
	return paid, sum, nil
}

// validUpTo reads until when a payment can be paid, by the clock of who says
// so; zero for none given. What lies further away than a payment can live is
// cut to that: the documentation's own examples do.
func (d *door) validUpTo(text string, ahead time.Duration) (until time.Time, err error) {
	if text == "" {
		return until, nil
	}
	if until, err = signature.ParseTime(text); err != nil {
		return until, problem.New(edge.FieldWrong, "validUpTo %q: it reads 2026-12-31T23:59:59+07:00", edge.Excerpt(text))
	}
	until = until.Add(ahead)
	if last := d.Clock.Now().Add(payment.MaxLife); until.After(last) {
		return last, nil
	}
	return until, nil
}

const maxTitle = 64

// titleOf says what is paid for, as the sheet shows it.
func titleOf(in order, more additional) string {
	title := in.PartnerRef
	if len(more.Items) > 0 {
		title = cmp.Or(oneLine(more.Items[0].Name), title)
	}
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle-1]) + "…"
	}
	if others := len(more.Items) - 1; others > 0 {
		title += " +" + strconv.Itoa(others)
	}
	return title
}
