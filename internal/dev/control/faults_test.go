package control_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// documented are the response codes of BI-SNAP's pages, by operation.
var documented = map[string]string{
	"access-token":         "2007300 4017300 5007300",
	"payment-host-to-host": "2005400 4005402 4015400 4015401 4015402 4035403 4035414 4035415 5005401 5045400",
	"status":               "2005500 4005502 4015500 4015501 5005501 5045500",
	"cancel":               "2005700 4005702 4015700 4015701 4035715 5005701 5045700",
	"refund":               "2005800 4005802 4015800 4015801 4035802 4035814 4035815 4035823 4045801 5005801 5045800",
}

// A fault can return every documented code. Other tests cause the same codes without
// a fault, if a caller can.
func TestFaults_reach_every_documented_code(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	paths := map[string]string{"payment-host-to-host": apitest.H2hPath, "status": apitest.StatusPath, "cancel": apitest.CancelPath, "refund": apitest.RefundPath}
	body := func(operation, ref string) string {
		if operation == "payment-host-to-host" {
			return p.Order("1000.00")
		}
		return `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`
	}
	for operation, codes := range documented {
		for _, code := range strings.Fields(codes) {
			t.Run(operation+"/"+code, func(t *testing.T) {
				ref := p.Creates("1000.00")
				ask := func() apitest.Answer {
					if operation == "access-token" {
						return p.Access()
					}
					return p.Asks(paths[operation], body(operation, ref))
				}
				fault := `{"operation":"` + operation + `","code":"` + code + `"}`
				if strings.HasPrefix(code, "200") {
					p.Post("/control/v1/faults", fault).Refused(400, "bad_request", operation)
					return
				}
				p.Post("/control/v1/faults", fault).OK(201)
				before := p.Count()
				ask().Says(code, "/control/v1/faults")
				if got := p.Status(ref).Text("latestTransactionStatus"); got != "03" || p.Count() != before {
					t.Errorf("the payment is %s now, and there are %d payments, not %d", got, p.Count(), before)
				}
				if got := ask(); strings.Contains(string(got.Body), "/control/v1/faults") {
					t.Errorf("it came twice: %s", got.Body)
				}
			})
		}
	}
}

// The possible state after a time-out: the operation ran, and the backend does not
// know it.
func TestFaults_after_the_operation_replace_only_the_answer(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	lose := func(operation, code string) {
		p.Post("/control/v1/faults", `{"operation":"`+operation+`","code":"`+code+`","after":true}`).OK(201)
	}
	lose("payment-host-to-host", "5045400")
	body := p.Order("1000.00")
	p.Asks(apitest.H2hPath, body, apitest.ExternalID("lost")).Says("5045400", "only the answer is lost")
	ref := p.Asks(apitest.StatusPath, `{"originalExternalId":"lost","serviceCode":"54"}`).Says("2005500").Text("originalReferenceNo")
	if again := p.Asks(apitest.H2hPath, body, apitest.ExternalID("lost")).Says("2005400"); again.Text("referenceNo") != ref || p.Count() != 1 {
		t.Errorf("sent again: %s", again.Body)
	}
	p.Settles(ref, "success")
	lose("refund", "5045800")
	back := `{"originalReferenceNo":"` + ref + `","partnerRefundNo":"one"}`
	p.Asks(apitest.RefundPath, back, apitest.ExternalID("r")).Says("5045800")
	p.Asks(apitest.RefundPath, back, apitest.ExternalID("r")).Says("2005800")
	p.Asks(apitest.RefundPath, back, apitest.ExternalID("another")).Says("2005800")
	lose("refund", "5045800")
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4035815") // the operation's own failure has priority
	l := p.Open(apitest.AllowAll)
	lose("token", "900")
	code := `{"auth_code":"` + l.Code() + `"}`
	p.Post(apitest.TokenPath, code, p.Basic(), apitest.With("Request-Id", "t")).Denied(500, "900", "GENERIC_SERVICE_ERROR")
	p.Post(apitest.TokenPath, code, p.Basic(), apitest.With("Request-Id", "t")).Granted()
}

func TestFaults_of_the_mini_app_APIs(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	d.Post("/control/v1/faults", `{"operation":"profile","code":"105","times":2}`).OK(201)
	d.Post("/control/v1/faults", `{"operation":"token","code":"5003"}`).OK(201)
	d.Post("/control/v1/faults", `{"operation":"bank-details","code":"900"}`).OK(201)
	profile := func() apitest.Answer {
		return d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token), apitest.With("Request-Id", "1"))
	}
	profile().Denied(404, "105", "User not found")
	profile().Denied(404, "105", "User not found")
	profile().Granted()
	body := `{"auth_code":"` + l.Code() + `"}`
	d.Post(apitest.TokenPath, body, d.Basic()).Denied(401, "5003", "INVALID_AUTHORISATION")
	d.Post(apitest.TokenPath, body, d.Basic()).Granted() // the fault has spent nothing
	d.Post(apitest.BankPath, `{"account_token":"x"}`, d.Basic()).Denied(500, "900", "GENERIC_SERVICE_ERROR")
}

func TestFaults_control(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Partner()
	add := func(body string) apitest.Answer { return d.Post("/control/v1/faults", body) }
	list := func() string { return d.Get("/control/v1/faults").Member("faults") }
	for body, word := range map[string]string{
		`{}`: "code", `{"operation":"status"}`: "code", `{"operation":"x","code":"1"}`: "payment-host-to-host", `{"operation":"status","code":"4035403"}`: "5045500",
		`{"operation":"status","code":"4095500"}`: "4005502", `{"operation":"profile","code":"43001"}`: "105", `{"operation":"status","code":"5045500","times":0}`: "times",
		`{"operation":"status","code":"5045500","times":-1}`: "times", `{"operation":"status","delay_ms":-1}`: "delay_ms", `{"operation":"status","delay_ms":600001}`: "delay_ms",
		`{"operation":"status","code":"5045500","id":"x"}`: "id", `{"operation":"status","kode":"5045500"}`: "kode", `{"operation":"status","delay_ms":1,"after":true}`: "after",
	} {
		add(body).Refused(400, "bad_request", word)
	}
	if list() != "[]" {
		t.Errorf("%s", list())
	}
	first := add(`{"operation":"status","code":"5045500","times":3}`).OK(201).Text("id")
	second := add(`{"operation":"checkout","code":"401"}`).OK(201).Text("id")
	add(`{"operation":"status","delay_ms":1}`).OK(201)
	if got := list(); !strings.Contains(got, `{"id":"`+first+`","operation":"status","code":"5045500","times":3,"always":false,"delay_ms":0,"after":false}`) || d.Get("/control/v1/state").Member("faults") != got {
		t.Errorf("%s", got)
	}
	d.Send("DELETE", "/control/v1/faults/"+second, "").OK(204)
	d.Send("DELETE", "/control/v1/faults/"+second, "").Refused(404, "not_found")
	status := func() apitest.Answer {
		return p.Asks(apitest.StatusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`)
	}
	status().Says("5045500")
	if got := list(); !strings.Contains(got, `"times":2`) {
		t.Errorf("%s", got)
	}
	d.Send("DELETE", "/control/v1/faults/"+first, "").OK(204)
	status().Says("2005500") // late by a millisecond
	if list() != "[]" {
		t.Errorf("%s", list())
	}
	for range 100 {
		add(`{"operation":"refund","code":"5045800"}`).OK(201)
	}
	add(`{"operation":"refund","code":"5045800"}`).Refused(409, "conflict", "100")
	d.Send("DELETE", "/control/v1/faults", "").OK(204)
	add(`{"operation":"refund","code":"5045800"}`).OK(201)
	d.Post("/control/v1/reset", "").OK(204)
	if list() != "[]" {
		t.Errorf("after a reset: %s", list())
	}
}

func TestFaults_that_stay(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	added := p.Post("/control/v1/faults", `{"operation":"status","code":"5045500","always":true}`).OK(201)
	if added.Member("times") != "0" || added.Member("always") != "true" {
		t.Errorf("got %s", added.Body)
	}
	status := func() apitest.Answer {
		return p.Asks(apitest.StatusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`)
	}
	for range 3 {
		status().Says("5045500")
	}
	p.Send("DELETE", "/control/v1/faults/"+added.Text("id"), "").OK(204)
	status().Says("2005500")
}

// The list of available faults has each operation, and each code with its message.
// All of them can be injected.
func TestFaults_available(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	var got struct {
		Available []struct {
			Operation, API string
			Codes          []struct{ Code, Message string }
		}
	}
	apitest.Must(t, json.Unmarshal(d.Get("/control/v1/faults").Body, &got))
	apis := map[string]int{}
	for _, one := range got.Available {
		apis[one.API]++
		seen := map[string]bool{}
		for _, c := range one.Codes {
			if c.Message == "" || seen[c.Code] {
				t.Errorf("%s: %+v", one.Operation, c)
			}
			seen[c.Code] = true
			added := d.Post("/control/v1/faults", `{"operation":"`+one.Operation+`","code":"`+c.Code+`"}`).OK(201)
			d.Send("DELETE", "/control/v1/faults/"+added.Text("id"), "").OK(204)
		}
	}
	if want := map[string]int{"BI-SNAP": 5, "mini-app APIs": 8, "Snap Checkout": 5}; !maps.Equal(apis, want) {
		t.Errorf("got %v", apis)
	}
}

// Adding, using and removing a fault each sends a state event.
func TestFaults_notify_watchers_of_a_change(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	news := p.Stream("/control/v1/journal?after=0")
	until := func(faults string) {
		t.Helper()
		for one := range news {
			if one.Name == "state" && strings.Contains(one.Data, `"faults":[`+faults) {
				return
			}
		}
	}
	until("]")
	p.Post("/control/v1/faults", `{"operation":"status","code":"5045500","times":2}`).OK(201)
	until(`{"id"`)
	p.Asks(apitest.StatusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`).Says("5045500")
	for one := range news {
		if strings.Contains(one.Data, `"code":"5045500","times":1`) {
			break
		}
	}
	p.Send("DELETE", "/control/v1/faults", "").OK(204)
	until("]")
}

// A delayed answer blocks neither a caller that disconnects nor the end of the
// server.
func TestFaults_delay(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	p.Post("/control/v1/faults", `{"operation":"status","delay_ms":600000,"times":2}`).OK(201)
	ctx, leave := context.WithCancel(t.Context())
	body := `{"originalReferenceNo":"x","serviceCode":"54"}`
	r, err := http.NewRequestWithContext(ctx, "POST", p.URLs.API+apitest.StatusPath, strings.NewReader(body))
	apitest.Must(t, err)
	p.Signed("POST", apitest.StatusPath, body)(r)
	gone := make(chan error, 1)
	go func() {
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		gone <- err
	}()
	for p.Get("/control/v1/faults").Member("faults") == "" || !strings.Contains(p.Get("/control/v1/faults").Member("faults"), `"times":1`) { // until the request waits
		if t.Context().Err() != nil {
			t.Fatal("it never came to the fault")
		}
	}
	leave()
	if err := <-gone; err == nil {
		t.Error("an answer came")
	}
	p.Send("DELETE", "/control/v1/faults", "").OK(204)
	p.Asks(apitest.StatusPath, body).Says("2005500")
}

// The available faults agree with the documentation's lists of codes.
func TestFaults_offer_the_documented_codes(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for operation, codes := range documented {
		var want []string
		for _, code := range strings.Fields(codes) {
			if !strings.HasPrefix(code, "200") {
				want = append(want, code)
			}
		}
		got := d.Post("/control/v1/faults", `{"operation":"`+operation+`","code":"none"}`)
		_, list, _ := strings.Cut(got.Text("error.message"), "one of ")
		if offered := strings.Split(list, ", "); !slices.Equal(offered, want) {
			t.Errorf("%s offers %v, documented are %v", operation, offered, want)
		}
	}
}
