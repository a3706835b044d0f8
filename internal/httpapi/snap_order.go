package httpapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/signature"
)

// snapOrder is the body of payment-host-to-host (seamless-payment-v2). What of
// it means nothing for a mini app is not read: chargeToken, and urlParam or
// urlParams, because a payment returns to where the mini app was.
type snapOrder struct {
	PartnerRef string          `json:"partnerReferenceNo"`
	MerchantID string          `json:"merchantId"`
	ValidUpTo  string          `json:"validUpTo"`
	Options    []snapOption    `json:"payOptionDetails"`
	Additional json.RawMessage `json:"additionalInfo"`
}

type snapOption struct {
	Method string      `json:"payMethod"`
	Option string      `json:"payOption"`
	Amount *snapAmount `json:"transAmount"`
}

type snapAdditional struct {
	PopID    string          `json:"pointOfPurchaseId"`
	Items    []snapItem      `json:"items"`
	Metadata json.RawMessage `json:"metadata"`
}

type snapItem struct {
	Name     string `json:"name"`
	Quantity spelt  `json:"quantity"`
}

// snapDetails is what of an order the status answers echo.
type snapDetails struct {
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
	return loosely(name, data, v)
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
func (a *API) orderOf(c *snapCall, in snapOrder, more snapAdditional) (o payment.Order, err error) {
	if err := partnerReference("partnerReferenceNo", in.PartnerRef); err != nil {
		return o, err
	}
	if err := within("merchantId", in.MerchantID, maxPartnerRef); err != nil {
		return o, err
	}
	details := snapDetails{Metadata: more.Metadata}
	if details.Options, o.Amount, err = options(in.Options); err != nil {
		return o, err
	}
	if o.Until, err = a.validUpTo(in.ValidUpTo, c.Ahead); err != nil {
		return o, err
	}
	text, err := encoded(details)
	o.MiniAppID, o.Via, o.PartnerRef, o.ExternalID = c.App.ID, payment.BySnap, in.PartnerRef, c.Request.ID
	o.Title, o.Details = titleOf(in, more), string(text)
	return o, err
}

// partnerReference checks a number of the mini app's own: letters, digits,
// dash, underscore, tilde and dot.
func partnerReference(name, ref string) error {
	switch {
	case ref == "":
		return problem.New(fieldBlank, "%s is missing or empty", name)
	case len(ref) > maxPartnerRef:
		return problem.New(fieldLong, "%s is longer than %d characters", name, maxPartnerRef)
	case strings.ContainsFunc(ref, notInReference):
		return problem.New(fieldWrong, "%s %q: letters, digits, dash, underscore, tilde and dot only", name, cut(ref))
	}
	return nil
}

// options reads with what is paid, and how much in all.
func options(list []snapOption) (paid []paidOption, sum money.Rupiah, err error) {
	if len(list) == 0 {
		return nil, 0, problem.New(fieldBlank, "payOptionDetails is missing or empty; send one with payMethod, payOption and transAmount")
	}
	if len(list) > maxOptions {
		return nil, 0, problem.New(fieldLong, "payOptionDetails has %d entries; at most %d", len(list), maxOptions)
	}
	for i, one := range list {
		name := "payOptionDetails[" + strconv.Itoa(i) + "]"
		if !strings.EqualFold(one.Method, "GOPAY") {
			return nil, 0, problem.New(fieldWrong, "%s.payMethod must be GOPAY, got %q", name, cut(one.Method))
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
func (a *API) validUpTo(text string, ahead time.Duration) (until time.Time, err error) {
	if text == "" {
		return until, nil
	}
	if until, err = signature.ParseTime(text); err != nil {
		return until, problem.New(fieldWrong, "validUpTo %q: it reads 2026-12-31T23:59:59+07:00", cut(text))
	}
	until = until.Add(ahead)
	if last := a.Clock.Now().Add(payment.MaxLife); until.After(last) {
		return last, nil
	}
	return until, nil
}

const maxTitle = 64

// titleOf says what is paid for, as the sheet shows it.
func titleOf(in snapOrder, more snapAdditional) string {
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
