package checkout

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

func FuzzReadOrder(f *testing.F) {
	for _, seed := range []string{
		`{"transaction_details":{"order_id":"CustOrder-102","gross_amount":13000},"gopay":{"pop_id":"p"}}`,
		`{"transaction_details":{"order_id":"a","gross_amount":"13000.00"},"gopay":{"pop_id":"p"},"item_details":[{"price":15000,"quantity":1,"name":"\u0000"},{"price":-2000,"quantity":1,"name":"x"}]}`,
		`{"transaction_details":{"order_id":"a","gross_amount":1},"gopay":{"pop_id":"p"},"expiry":{"unit":"days","duration":9223372036854775807,"start_time":"2026-01-01 00:00:00 +0700"}}`,
		`{"transaction_details":{"order_id":"a","gross_amount":1},"gopay":{"pop_id":"p"},"item_details":[{"price":99999999999,"quantity":9223372036854775807,"name":"x"}]}`,
		`{"transaction_details":{"order_id":"a","gross_amount":1},"gopay":{"pop_id":"p"},"callbacks":{"finish":"https://shop.example/?a"}}`,
		`{}`, `[]`, `{"transaction_details":null}`, ``, `{"a":`,
	} {
		f.Add(seed)
	}
	now := time.UnixMilli(1_795_000_000_000)
	f.Fuzz(func(t *testing.T, body string) {
		o, err := readOrder([]byte(body), now, func(time.Time) time.Duration { return 0 })
		if err != nil {
			if p := problem.Of(err); p.Code == problem.Internal || p.Message == "" {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if o.Amount < 1 || o.PartnerRef == "" || len(o.PartnerRef) > maxOrderID || o.ExternalID != o.PartnerRef || o.pop == "" || o.Via != payment.ByCheckout {
			t.Fatalf("%q gives %+v", body, o)
		}
		// PostgreSQL refuses a NUL and invalid UTF-8 in a text.
		if !utf8.ValidString(o.Title) || strings.ContainsFunc(o.Title, unicode.IsControl) {
			t.Fatalf("%q has the title %q", body, o.Title)
		}
		if !json.Valid([]byte(o.Details)) {
			t.Fatalf("%q keeps %q", body, o.Details)
		}
	})
}
