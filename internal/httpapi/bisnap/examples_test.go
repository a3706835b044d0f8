package bisnap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// examples are bodies from the documentation and the official clients
// (seamless-payment-v2, get-transaction-status-api, cancel-api, refund-api, and
// the READMEs of Midtrans' clients for Node and PHP), with other names in them.
var examples = map[string][]string{
	"payment": {
		`{"partnerReferenceNo":"8143fc4f-ec05-4c55-92fb-620c212f401e","chargeToken":"","merchantId":"G169749203",
		"urlParam":{"url":"https://kopi.example/back","type":"PAY_RETURN","isDeeplink":"N"},"validUpTo":"2030-07-20T20:34:15.452305Z",
		"payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET","transAmount":{"value":"1500","currency":"IDR"}}],
		"additionalInfo":{"customerDetails":{"firstName":"Sari","lastName":"Wulandari","email":"sari@kopi.example","phone":"+6281200000001",
		"billingAddress":{"firstName":"Sari","lastName":"Wulandari","phone":"+6281200000001","address":"Jalan Kopi 1","city":"Jakarta","postalCode":"12160","countryCode":"IDN"},
		"shippingAddress":{"firstName":"Sari","lastName":"Wulandari","phone":"+6281200000001","address":"Jalan Kopi 1","city":"Jakarta","postalCode":"12160","countryCode":"IDN"}},
		"items":[{"id":"8143fc4f-ec05-4c55-92fb-620c212f401e","price":{"value":"1500.00","currency":"IDR"},"quantity":1,"name":"Kopi susu","brand":"Kopi","category":"drink","merchantName":"Kopi"}]}}`,
		`{"partnerReferenceNo":"order~1.a_b","chargeToken":"abc","validUpTo":"2030-07-20T00:00:00+07:00",
		"urlParams":[{"url":"https://kopi.example/back","type":"PAY_RETURN","isDeeplink":"Y"}],
		"payOptionDetails":[{"payMethod":"gopay","payOption":"gopay","transAmount":{"value":"10000.00","currency":"IDR"}}],
		"additionalInfo":{"items":[{"id":"1","price":{"value":"10000.00","currency":"IDR"},"quantity":"1","name":"Roti","merchantName":"Kopi","brand":"x","category":"y","url":"https://kopi.example/roti"}],
		"metadata":{"order_info":{"shipping_info":{},"sub_orders":[]},"user_info":{"id":"1","registration_date":"2024-01-01"}}}}`,
		`{"partnerReferenceNo":"php","payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET","transAmount":{"value":"1500","currency":"IDR"}}],"additionalInfo":[]}`,
	},
	"status": {
		`{"originalReferenceNo":"A120240930075800vyWwxohb5WID","serviceCode":"54"}`,
		`{"originalExternalId":"67fd4d9e-5fe6-477c-ab99-026a9ab88c34","serviceCode":"54"}`,
		`{"originalExternalId":"67fd4d9e-5fe6-477c-ab99-026a9ab88c34","originalPartnerReferenceNo":"67fd4d9e","serviceCode":"54"}`,
	},
	"cancel": {
		`{"originalReferenceNo":"A120240930075800vyWwxohb5WID"}`, `{"originalExternalId":"8a074fc8-4eac-4b06-959a-95aeb91c7920"}`,
		`{"originalReferenceNo":"A120240930075800vyWwxohb5WID","originalPartnerReferenceNo":"8a074fc8"}`,
	},
	"refund": {
		`{"originalReferenceNo":"A120240930075800vyWwxohb5WID","reason":"refund reason"}`,
		`{"originalReferenceNo":"A120240930075800vyWwxohb5WID","partnerRefundNo":"is-refund-12345","reason":"refund reason","refundAmount":{"value":"100.00","currency":"IDR"},"additionalInfo":{"foo":"bar"}}`,
		`{"originalExternalId":"8a074fc8-4eac-4b06-959a-95aeb91c7920","partnerRefundNo":"refund-0001","reason":"some-reason","additionalInfo":[],"refundAmount":{"value":"100.00","currency":"IDR"}}`,
	},
}

func TestSnap_accepts_the_examples_of_the_documentation(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	for _, body := range examples["payment"] {
		p.Asks(apitest.H2hPath, body).Says("2005400")
	}
	for path, list := range map[string][]string{apitest.StatusPath: examples["status"], apitest.CancelPath: examples["cancel"], apitest.RefundPath: examples["refund"]} {
		for i, body := range list {
			id := fmt.Sprint("8a074fc8-", apitest.Service[path], "-", i)
			order := strings.Replace(p.Order("1500"), "order-1", "8a074fc8", 1)
			ref := p.Asks(apitest.H2hPath, order, apitest.ExternalID(id)).Says("2005400").Text("referenceNo")
			if path == apitest.RefundPath {
				p.Settles(ref, "success")
			}
			mine := strings.NewReplacer("A120240930075800vyWwxohb5WID", ref,
				"67fd4d9e-5fe6-477c-ab99-026a9ab88c34", id, "8a074fc8-4eac-4b06-959a-95aeb91c7920", id, "67fd4d9e", "8a074fc8")
			p.Asks(path, mine.Replace(body)).Says("200" + apitest.Service[path] + "00")
		}
	}
}
