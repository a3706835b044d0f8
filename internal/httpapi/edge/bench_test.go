package edge

import (
	"bytes"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
)

var benchBody = []byte(`{"partnerReferenceNo":"order-1","amount":{"value":"15000.00","currency":"IDR"},"urlParam":{"url":"https://kopi.example/orders/1","type":"PAY_RETURN","isDeeplink":"Y"},"validUpTo":"2026-11-29T22:00:00+07:00","additionalInfo":{"pointOfPurchaseId":"SB-Mid-pop-kopi-0123456789","items":[{"id":"1","name":"Kopi susu","quantity":"1","price":{"value":"15000.00","currency":"IDR"}}]}}`)
var benchAnswer = []byte(`{"responseCode":"2005400","responseMessage":"Request has been processed successfully","referenceNo":"A120261129000000ABCDEFGHIJID","partnerReferenceNo":"order-1","webRedirectUrl":"http://127.0.0.1:7300/pay?tref=A120261129000000ABCDEFGHIJID","additionalInfo":{"paymentType":"gopay","grossAmount":{"value":"15000.00","currency":"IDR"},"transactionTime":"2026-11-29T22:00:00+07:00"}}` + "\n")

func BenchmarkTrace(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		e := event.RequestAnswered.Entry(event.Scope{MiniAppID: "kopi", Code: 200}, event.Request{
			Method: "POST", Path: "/v1.0/debit/payment-host-to-host", Status: 200, Headers: map[string]string{"Content-Type": "application/json"},
			Body: shownBody(benchBody), Response: shownBody(bytes.TrimSuffix(benchAnswer, []byte("\n"))),
		})
		e.Stamp("id", time.UnixMilli(1))
	}
}
