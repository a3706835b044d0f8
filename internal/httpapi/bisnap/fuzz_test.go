package bisnap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// The targets of BI-SNAP send any signed body, starting with the documentation's
// examples: each gets a code of the operation, never 5xx, and
// the same bytes twice under one X-EXTERNAL-ID get the same answer.
func FuzzSnapToken(f *testing.F) {
	p := apitest.Start(f).Partner()
	for _, body := range append(apitest.Awkward, `{"grantType":"client_credentials"}`, `{"grant_type":"client_credentials"}`, `{"grantType":"client_credentials","additionalInfo":{}}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		p.T = t
		p.SnapCode(p.Send("POST", apitest.SnapTokenPath, body, p.Keyed(p.Stamp())), "73")
	})
}

func FuzzSnapPayment(f *testing.F) { fuzzSnap(f, apitest.H2hPath, examples["payment"]) }

func FuzzSnapStatus(f *testing.F) { fuzzSnap(f, apitest.StatusPath, examples["status"]) }

func FuzzSnapCancel(f *testing.F) { fuzzSnap(f, apitest.CancelPath, examples["cancel"]) }

func FuzzSnapRefund(f *testing.F) { fuzzSnap(f, apitest.RefundPath, examples["refund"]) }

func fuzzSnap(f *testing.F, path string, seeds []string) {
	p := apitest.Start(f).Partner()
	for _, body := range append(apitest.Awkward, seeds...) {
		f.Add(body, "")
	}
	f.Add(strings.ReplaceAll(seeds[0], "A120240930075800vyWwxohb5WID", p.Creates("1.00")), "")
	f.Fuzz(func(t *testing.T, body, id string) {
		p.T = t
		id = apitest.HeaderText(id)
		headers := []apitest.Header{}
		if id != "" {
			headers = append(headers, apitest.ExternalID(id))
		} else {
			headers = append(headers, apitest.ExternalID(fmt.Sprint("fuzz ", p.IDs.Add(1))))
		}
		first := p.Asks(path, body, headers...)
		p.SnapCode(first, apitest.Service[path])
		if again := p.Asks(path, body, headers...); first.Status == 200 && path != apitest.StatusPath && string(again.Body) != string(first.Body) {
			t.Fatalf("%q: %s, then %s", body, first.Body, again.Body)
		}
	})
}
