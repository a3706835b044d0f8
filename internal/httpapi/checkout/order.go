package checkout

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// order is an order of Snap Checkout.
type order struct {
	payment.Order
	pop string
}

// orderBody has the members of Snap's body that Selasar uses. Others, such as
// customer_details, change nothing.
type orderBody struct {
	Transaction *struct {
		OrderID     edge.Spelt `json:"order_id"`
		GrossAmount edge.Spelt `json:"gross_amount"`
	} `json:"transaction_details"`
	GoPay struct {
		PopID string `json:"pop_id"`
	} `json:"gopay"`
	Items []struct {
		Name     edge.Spelt `json:"name"`
		Price    edge.Spelt `json:"price"`
		Quantity edge.Spelt `json:"quantity"`
	} `json:"item_details"`
	Enabled   []string `json:"enabled_payments"`
	Callbacks struct {
		Finish string `json:"finish"`
	} `json:"callbacks"`
	Expiry *struct {
		Start    string     `json:"start_time"`
		Unit     string     `json:"unit"`
		Duration edge.Spelt `json:"duration"`
	} `json:"expiry"`
}

// orderProblems are all problems of an order, in Snap's wording if it is known.
type orderProblems []string

func (p orderProblems) Error() string { return strings.Join(p, "; ") }

// Unwrap returns the problems as one, for the status and the journal.
func (p orderProblems) Unwrap() error { return problem.New(problem.ParamValue, "%s", p.Error()) }

func (p *orderProblems) add(format string, args ...any) {
	*p = append(*p, fmt.Sprintf(format, args...))
}

// readOrder reads an order, or returns all its problems. Skew returns how far the
// platform's clock runs ahead of the sender's, given a time of the sender.
func readOrder(body []byte, now time.Time, skew func(time.Time) time.Duration) (o order, err error) {
	var in orderBody
	if len(bytes.TrimSpace(body)) == 0 {
		return o, problem.New(problem.BadRequest, "the body is empty; send a JSON object")
	}
	if err := strict.Loosely(body, &in); err != nil {
		return o, problem.New(problem.BadRequest, "%v", err)
	}
	var wrong orderProblems
	if in.Transaction == nil {
		wrong.add("transaction_details is required")
	} else {
		o.PartnerRef = wrong.orderID(string(in.Transaction.OrderID))
		o.Amount = wrong.amount("transaction_details.gross_amount", in.Transaction.GrossAmount)
		wrong.items(in, o.Amount)
	}
	if o.pop = in.GoPay.PopID; o.pop == "" {
		wrong.add("gopay.pop_id is required")
	}
	if len(in.Enabled) > 0 && !slices.Contains(in.Enabled, "gopay") {
		wrong.add("enabled_payments has no gopay, which is all that can be paid with here")
	}
	o.Until = wrong.expiry(in, now, skew)
	details := payment.CheckoutDetails{Finish: wrong.finish(in.Callbacks.Finish)}
	if len(wrong) > 0 {
		return o, wrong
	}
	o.Via, o.ExternalID, o.Title, o.Details = payment.ByCheckout, o.PartnerRef, titleOf(in), details.Encode()
	return o, nil
}

const maxOrderID = 50

func (p *orderProblems) orderID(id string) string {
	switch {
	case id == "":
		p.add("transaction_details.order_id is required")
	case len(id) > maxOrderID:
		p.add("transaction_details.order_id is too long (maximum is %d characters)", maxOrderID)
	case !payment.ReferenceText(id):
		p.add("transaction_details.order_id may have letters, digits, dash, underscore, tilde and dot only")
	}
	return id
}

// amount reads whole rupiah of 1 or more, as a number or a string.
func (p *orderProblems) amount(name string, text edge.Spelt) money.Rupiah {
	if text == "" {
		p.add("%s is required", name)
		return 0
	}
	amount, err := money.Parse(string(text))
	switch {
	case err != nil:
		p.add("%s is not a number of whole rupiah", name)
	case amount < 1:
		p.add("%s must be greater than or equal to 1", name)
	}
	return amount
}

// maxQuantity prevents an overflow in the sum of the items.
const (
	maxItems    = 500
	maxQuantity = 100_000
)

// signedRupiah reads whole rupiah that may be negative.
func signedRupiah(price edge.Spelt) (n int64, ok bool) {
	text, negative := strings.CutPrefix(string(price), "-")
	amount, err := money.Parse(text)
	if negative {
		amount = -amount
	}
	return int64(amount), err == nil
}

// items checks that the sum of item_details is the whole amount. A discount has a
// negative price.
func (p *orderProblems) items(in orderBody, whole money.Rupiah) {
	if len(in.Items) == 0 {
		return
	}
	if len(in.Items) > maxItems {
		p.add("item_details has more than %d items", maxItems)
		return
	}
	var sum int64
	summed := whole > 0 // whether all numbers of the sum could be read; otherwise it says nothing
	for i, item := range in.Items {
		price, ok := signedRupiah(item.Price)
		quantity, counted := item.Quantity.Whole()
		counted = counted && quantity >= 1 && quantity <= maxQuantity
		switch {
		case !ok:
			p.add("item_details[%d].price is not a number of whole rupiah", i)
		case !counted:
			p.add("item_details[%d].quantity must be a whole number between 1 and %d", i, maxQuantity)
		case strings.TrimSpace(string(item.Name)) == "":
			p.add("item_details[%d].name is required", i)
		}
		if summed = summed && ok && counted; summed {
			sum += price * quantity
		}
	}
	if summed && sum != int64(whole) {
		p.add("transaction_details.gross_amount is not equal to the sum of item_details")
	}
}

// units of expiry; Snap accepts the singular and the plural.
var units = map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}

// expiry returns when the order expires; zero for the default. A start_time is a time
// of the sender's clock.
func (p *orderProblems) expiry(in orderBody, now time.Time, skew func(time.Time) time.Duration) time.Time {
	if in.Expiry == nil {
		return time.Time{}
	}
	from := now
	if in.Expiry.Start != "" {
		start, err := time.Parse("2006-01-02 15:04:05 -0700", in.Expiry.Start)
		if err != nil {
			p.add("expiry.start_time reads 2026-12-31 23:59:59 +0700")
		}
		from = start.Add(skew(start))
	}
	unit, ok := units[strings.TrimSuffix(in.Expiry.Unit, "s")]
	if !ok {
		p.add("expiry.unit is minute, hour or day")
		return time.Time{}
	}
	duration, ok := in.Expiry.Duration.Whole()
	if !ok || duration < 1 || duration > int64(payment.MaxLife/unit) {
		p.add("expiry.duration must be a whole number that comes to 180 days or less")
		return time.Time{}
	}
	return from.Add(time.Duration(duration) * unit)
}

const maxFinish = 2048

func (p *orderProblems) finish(page string) string {
	if page == "" {
		return ""
	}
	u, err := url.Parse(page)
	if err != nil || len(page) > maxFinish || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		p.add("callbacks.finish is not a URL of a page")
		return ""
	}
	return page
}

const maxTitle = 100

// titleOf returns the names of the items, or the order's id.
func titleOf(in orderBody) string {
	var names []string
	for _, item := range in.Items {
		names = append(names, string(item.Name))
	}
	title := string(in.Transaction.OrderID)
	if len(names) > 0 {
		title = strings.Join(names, ", ")
	}
	title = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, title)
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle-1]) + "…"
	}
	return title
}
