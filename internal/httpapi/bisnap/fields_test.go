package bisnap_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestSnap_bodies(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	ref, paid := p.Creates("1000.00"), p.Pays("1000.00")
	long := strings.Repeat("x", 300)
	whole := map[string]string{
		apitest.H2hPath: p.Order("1000.00"), apitest.StatusPath: `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`, apitest.CancelPath: `{"originalReferenceNo":"` + ref + `"}`,
		apitest.RefundPath: `{"originalReferenceNo":"` + ref + `"}`,
	}
	for path, good := range whole {
		for name, body := range map[string]string{
			"nothing": "", "blanks": " \n", "null": "null", "a list": "[]", "a text": `"x"`, "a number": "1", "cut short": good[:len(good)-1], "two": good + good,
			"a member twice":   `{"originalReferenceNo":"` + ref + `",` + good[1:len(good)-1] + `,"originalReferenceNo":"` + ref + `"}`,
			"twice by escapes": `{"x":1,"\u0078":2,` + good[1:], "broken UTF-8": `{"x":"` + "\xff" + `",` + good[1:], "half a surrogate": `{"x":"\ud800",` + good[1:],
			"deep lists":   `{"x":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `,` + good[1:],
			"deep objects": strings.Repeat(`{"x":`, 200) + "1" + strings.Repeat("}", 200), "a byte order mark": "\xef\xbb\xbf" + good, "another name's case": strings.NewReplacer(
				"originalReferenceNo", "OriginalReferenceNo", "partnerReferenceNo", "PartnerReferenceNo").Replace(good),
		} {
			t.Run(path+"/"+name, func(t *testing.T) { p.Asks(path, body).Says(code(path, "400", "02")) })
		}
		t.Run(path+"/5 MB", func(t *testing.T) {
			p.Asks(path, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`).Says(code(path, "400", "02"), "larger")
		})
	}
	for path, bodies := range map[string][]string{
		apitest.StatusPath: {
			`{"originalReferenceNo":"` + ref + `"}`, `{"originalReferenceNo":"` + ref + `","serviceCode":"47"}`, `{"serviceCode":"54"}`,
			`{"originalReferenceNo":1,"serviceCode":"54"}`, `{"originalExternalId":"` + long + `","serviceCode":"54"}`, `{"originalReferenceNo":"\u0000","serviceCode":"54"}`,
		},
		apitest.CancelPath: {`{}`, `{"originalReferenceNo":""}`, `{"originalExternalId":"` + long + `"}`, `{"originalExternalId":"\u0000"}`, `{"originalReferenceNo":["` + ref + `"]}`},
		apitest.RefundPath: {
			`{"partnerRefundNo":"a"}`, `{"originalReferenceNo":"` + ref + `","partnerRefundNo":"` + long + `"}`, `{"originalReferenceNo":"` + ref + `","partnerRefundNo":"\u0000"}`,
			`{"originalReferenceNo":"` + ref + `","reason":"` + long + `"}`, `{"originalReferenceNo":"` + ref + `","refundAmount":"1000.00"}`,
			`{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"0.00","currency":"IDR"}}`, `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"1.50","currency":"IDR"}}`,
			`{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"-1","currency":"IDR"}}`, `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"1","currency":"USD"}}`,
			`{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"1"}}`, `{"originalReferenceNo":"` + ref + `","refundAmount":{}}`,
			`{"originalReferenceNo":"` + paid + `","refundAmount":[]}`, `{"originalReferenceNo":"` + paid + `","refundAmount":[ ]}`,
			`{"originalReferenceNo":"` + paid + `","reason":"a\u0000b"}`, `{"originalReferenceNo":"` + paid + `","additionalInfo":{"\u0000":1}}`,
			`{"originalReferenceNo":"` + paid + `","refundAmount":[null]}`, `{"originalReferenceNo":"` + paid + `","refundAmount":""}`,
		},
	} {
		for _, body := range bodies {
			p.Asks(path, body).Says(code(path, "400", "02"))
		}
	}
	for path, more := range map[string]string{apitest.StatusPath: `,"serviceCode":"54"`, apitest.CancelPath: "", apitest.RefundPath: ""} {
		p.Asks(path, `{"originalReferenceNo":"`+long+`"`+more+`}`).Says(code(path, "400", "02"), "originalReferenceNo is longer than 256")
		p.Asks(path, `{"originalReferenceNo":"`+ref+`","originalPartnerReferenceNo":"`+long+`"`+more+`}`).Says(code(path, "400", "02"), "originalPartnerReferenceNo is longer than 64")
	}
	if p.Status(ref).Text("latestTransactionStatus") != "03" || p.Status(paid).Text("latestTransactionStatus") != "00" {
		t.Error("a refused body changed something")
	}
}

func TestSnap_payment_fields(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	change := func(old, new string) string {
		body := p.Order("1000.00")
		if !strings.Contains(body, old) {
			t.Fatalf("%s is not in %s", old, body)
		}
		return strings.Replace(body, old, new, 1)
	}
	in := func(by string) string {
		return p.Now().Add(apitest.Duration(t, by)).Format("2006-01-02T15:04:05.000Z07:00")
	}
	const value, ref, option = `"value":"1000.00"`, `"partnerReferenceNo":"order-1"`, `"payMethod":"GOPAY","payOption":"GOPAY_WALLET"`
	until := func(at string) string { return change(ref, ref+`,"validUpTo":"`+at+`"`) }
	for name, one := range map[string]struct {
		body string
		code string
	}{
		"value 1000":                 {change(value, `"value":"1000"`), "2005400"},
		"value as a number":          {change(value, `"value":1000`), "2005400"},
		"value 1000.0":               {change(value, `"value":"1000.0"`), "2005400"},
		"the least":                  {change(value, `"value":"1.00"`), "2005400"},
		"the most":                   {change(value, `"value":"99999999999.00"`), "2005400"},
		"more than the most":         {change(value, `"value":"100000000000.00"`), "4005402"},
		"too many digits":            {change(value, `"value":"0000000000000001000.00"`), "4005402"},
		"nothing":                    {change(value, `"value":"0.00"`), "4005402"},
		"half a rupiah":              {change(value, `"value":"1000.50"`), "4005402"},
		"less than one":              {change(value, `"value":"0.99"`), "4005402"},
		"three decimals":             {change(value, `"value":"1000.000"`), "4005402"},
		"a number with a fraction":   {change(value, `"value":1000.5`), "4005402"},
		"a number in E notation":     {change(value, `"value":1e3`), "4005402"},
		"below zero":                 {change(value, `"value":"-1000.00"`), "4005402"},
		"thousands":                  {change(value, `"value":"1.000,00"`), "4005402"},
		"spaces":                     {change(value, `"value":" 1000.00"`), "4005402"},
		"no digits":                  {change(value, `"value":"x"`), "4005402"},
		"other digits":               {change(value, `"value":"١٠٠٠"`), "4005402"},
		"value true":                 {change(value, `"value":true`), "4005402"},
		"no value":                   {change(value, `"x":1`), "4005402"},
		"dollars":                    {change(`"currency":"IDR"`, `"currency":"USD"`), "4005402"},
		"currency in lower case":     {change(`"currency":"IDR"`, `"currency":"idr"`), "4005402"},
		"no currency":                {change(`,"currency":"IDR"`, ``), "4005402"},
		"no partnerReferenceNo":      {change(ref, `"x":1`), "4005402"},
		"an empty one":               {change(ref, `"partnerReferenceNo":""`), "4005402"},
		"of every symbol":            {change(ref, `"partnerReferenceNo":"aZ09-_~."`), "2005400"},
		"with a slash":               {change(ref, `"partnerReferenceNo":"a/b"`), "4005402"},
		"with a blank":               {change(ref, `"partnerReferenceNo":"a b"`), "4005402"},
		"of 64":                      {change(ref, `"partnerReferenceNo":"`+strings.Repeat("9", 64)+`"`), "2005400"},
		"of 65":                      {change(ref, `"partnerReferenceNo":"`+strings.Repeat("9", 65)+`"`), "4005402"},
		"again":                      {p.Order("1000.00"), "2005400"},
		"pay method in lower case":   {change(option, `"payMethod":"gopay","payOption":"Coins"`), "2005400"},
		"no pay option":              {change(option, `"payMethod":"GOPAY"`), "2005400"},
		"another pay method":         {change(option, `"payMethod":"DANA"`), "4005402"},
		"no pay method":              {change(option, `"payOption":"GOPAY"`), "4005402"},
		"no pay options":             {change(`"payOptionDetails"`, `"x"`), "4005402"},
		"urlParam as an object":      {change(ref, ref+`,"urlParam":{"url":"https://a.example","type":"PAY_RETURN","isDeeplink":"Y"}`), "2005400"},
		"urlParam as a list":         {change(ref, ref+`,"urlParam":[{"url":"https://a.example"}]`), "2005400"},
		"urlParams":                  {change(ref, ref+`,"urlParams":[]`), "2005400"},
		"any chargeToken":            {change(`"chargeToken":""`, `"chargeToken":"`+p.Token+`"`), "2005400"},
		"no merchantId":              {change(`"merchantId"`, `"x"`), "2005400"},
		"quantity as a number":       {change(`"quantity":"1"`, `"quantity":1`), "2005400"},
		"quantity true":              {change(`"quantity":"1"`, `"quantity":true`), "4005402"},
		"more than is documented":    {change(ref, ref+`,"more":{"a":[null,1.5]}`), "2005400"},
		"no PoP":                     {change(`"pointOfPurchaseId"`, `"x"`), "2005400"},
		"an unknown PoP":             {change(p.Set.Pop, "11111111-2222-4333-8444-555555555555"), "4005402"},
		"no UUID for a PoP":          {change(p.Set.Pop, "x"), "4005402"},
		"PoP in upper case":          {change(p.Set.Pop, strings.ToUpper(p.Set.Pop)), "2005400"},
		"additionalInfo as PHP's []": {change(`"additionalInfo":`, `"additionalInfo":[],"x":`), "2005400"},
		"additionalInfo as a text":   {change(`"additionalInfo":`, `"additionalInfo":"x","x":`), "4005402"},
		"in ten minutes":             {until(in("10m")), "2005400"},
		"in 10 seconds":              {until(in("10s")), "4005402"},
		"a minute ago":               {until(in("-1m")), "4005402"},
		"in 179 days":                {until(in("4296h")), "2005400"},
		"in some years":              {until("2130-07-20T20:34:15.452305Z"), "2005400"},
		"tomorrow":                   {until("tomorrow"), "4005402"},
		"a day":                      {until("2130-07-20"), "4005402"},
	} {
		t.Run(name, func(t *testing.T) { p.Asks(apitest.H2hPath, one.body).Says(one.code) })
	}
	t.Run("validUpTo", func(t *testing.T) {
		for at, life := range map[string]string{"": "15m", in("1h"): "1h", "2130-07-20T20:34:15.452305Z": "4320h"} {
			body := p.Order("1000.00")
			if at != "" {
				body = until(at)
			}
			got := p.Asks(apitest.H2hPath, body).Says("2005400").Text("additionalInfo.validUpTo")
			if off := apitest.Moment(t, got).Sub(p.Now()) - apitest.Duration(t, life); off.Abs() > apitest.Duration(t, "1m") {
				t.Errorf("valid up to %s after %q: off by %s", got, at, off)
			}
		}
	})
}
