package httpapi_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// documented are the response codes of BI-SNAP's pages, by operation.
var documented = map[string]string{
	"access-token":         "2007300 4017300 5007300",
	"payment-host-to-host": "2005400 4005402 4015400 4015401 4015402 4035403 4035414 4035415 5005401 5045400",
	"status":               "2005500 4005502 4015500 4015501 5005501 5045500",
	"cancel":               "2005700 4005702 4015700 4015701 4035715 5005701 5045700",
	"refund":               "2005800 4005802 4015800 4015801 4035802 4035814 4035815 4035823 4045801 5005801 5045800",
}

// Every code that the documentation lists can be had; without a fault, too,
// where something of the caller's brings it about (the other tests do that).
func TestFaults_reach_every_documented_code(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	paths := map[string]string{"payment-host-to-host": h2hPath, "status": statusPath, "cancel": cancelPath, "refund": refundPath}
	body := func(operation, ref string) string {
		if operation == "payment-host-to-host" {
			return p.order("1000.00")
		}
		return `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`
	}
	for operation, codes := range documented {
		for _, code := range strings.Fields(codes) {
			t.Run(operation+"/"+code, func(t *testing.T) {
				ref := p.creates("1000.00")
				ask := func() answer {
					if operation == "access-token" {
						return p.access()
					}
					return p.asks(paths[operation], body(operation, ref))
				}
				fault := `{"operation":"` + operation + `","code":"` + code + `"}`
				if strings.HasPrefix(code, "200") {
					p.post("/control/v1/faults", fault).refused(400, "bad_request", operation)
					return
				}
				p.post("/control/v1/faults", fault).ok(201)
				before := p.count()
				ask().says(code, "/control/v1/faults")
				if got := p.status(ref).text("latestTransactionStatus"); got != "03" || p.count() != before {
					t.Errorf("the payment is %s now, and there are %d payments, not %d", got, p.count(), before)
				}
				if got := ask(); strings.Contains(string(got.body), "/control/v1/faults") {
					t.Errorf("it came twice: %s", got.body)
				}
			})
		}
	}
}

// What a time-out may leave behind: all was done, and the backend does not know.
func TestFaults_that_lose_only_the_answer(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	lose := func(operation, code string) {
		p.post("/control/v1/faults", `{"operation":"`+operation+`","code":"`+code+`","after":true}`).ok(201)
	}
	lose("payment-host-to-host", "5045400")
	body := p.order("1000.00")
	p.asks(h2hPath, body, externalID("lost")).says("5045400", "only the answer is lost")
	ref := p.asks(statusPath, `{"originalExternalId":"lost","serviceCode":"54"}`).says("2005500").text("originalReferenceNo")
	if again := p.asks(h2hPath, body, externalID("lost")).says("2005400"); again.text("referenceNo") != ref || p.count() != 1 {
		t.Errorf("sent again: %s", again.body)
	}
	p.settles(ref, "success")
	lose("refund", "5045800")
	back := `{"originalReferenceNo":"` + ref + `","partnerRefundNo":"one"}`
	p.asks(refundPath, back, externalID("r")).says("5045800")
	p.asks(refundPath, back, externalID("r")).says("2005800")
	p.asks(refundPath, back, externalID("another")).says("2005800")
	lose("refund", "5045800")
	p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`).says("4035815") // its own failure comes first
	l := p.open(allowAll)
	lose("token", "900")
	code := `{"auth_code":"` + l.code() + `"}`
	p.post(tokenPath, code, p.basic(), with("Request-Id", "t")).denied(500, "900", "GENERIC_SERVICE_ERROR")
	p.post(tokenPath, code, p.basic(), with("Request-Id", "t")).granted()
}

func TestFaults_of_the_mini_app_APIs(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := l.login()
	d.post("/control/v1/faults", `{"operation":"profile","code":"105","times":2}`).ok(201)
	d.post("/control/v1/faults", `{"operation":"token","code":"5003"}`).ok(201)
	d.post("/control/v1/faults", `{"operation":"bank-details","code":"900"}`).ok(201)
	profile := func() answer { return d.send("GET", profilePath, "", bearer(token), with("Request-Id", "1")) }
	profile().denied(404, "105", "User not found")
	profile().denied(404, "105", "User not found")
	profile().granted()
	body := `{"auth_code":"` + l.code() + `"}`
	d.post(tokenPath, body, d.basic()).denied(401, "5003", "INVALID_AUTHORISATION")
	d.post(tokenPath, body, d.basic()).granted() // the fault has spent nothing
	d.post(bankPath, `{"account_token":"x"}`, d.basic()).denied(500, "900", "GENERIC_SERVICE_ERROR")
}

func TestFaults_control(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.partner()
	add := func(body string) answer { return d.post("/control/v1/faults", body) }
	list := func() string { return d.get("/control/v1/faults").member("faults") }
	for body, word := range map[string]string{
		`{}`: "code", `{"operation":"status"}`: "code", `{"operation":"x","code":"1"}`: "payment-host-to-host", `{"operation":"status","code":"4035403"}`: "5045500",
		`{"operation":"status","code":"4095500"}`: "4005502", `{"operation":"profile","code":"43001"}`: "105", `{"operation":"status","code":"5045500","times":0}`: "times",
		`{"operation":"status","code":"5045500","times":-1}`: "times", `{"operation":"status","delay_ms":-1}`: "delay_ms", `{"operation":"status","delay_ms":600001}`: "delay_ms",
		`{"operation":"status","code":"5045500","id":"x"}`: "id", `{"operation":"status","kode":"5045500"}`: "kode", `{"operation":"status","delay_ms":1,"after":true}`: "after",
	} {
		add(body).refused(400, "bad_request", word)
	}
	if list() != "[]" {
		t.Errorf("%s", list())
	}
	first := add(`{"operation":"status","code":"5045500","times":3}`).ok(201).text("id")
	second := add(`{"operation":"checkout","code":"401"}`).ok(201).text("id")
	add(`{"operation":"status","delay_ms":1}`).ok(201)
	if got := list(); !strings.Contains(got, `{"id":"`+first+`","operation":"status","code":"5045500","times":3,"always":false,"delay_ms":0,"after":false}`) || d.get("/control/v1/state").member("faults") != got {
		t.Errorf("%s", got)
	}
	d.send("DELETE", "/control/v1/faults/"+second, "").ok(204)
	d.send("DELETE", "/control/v1/faults/"+second, "").refused(404, "not_found")
	status := func() answer { return p.asks(statusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`) }
	status().says("5045500")
	if got := list(); !strings.Contains(got, `"times":2`) {
		t.Errorf("%s", got)
	}
	d.send("DELETE", "/control/v1/faults/"+first, "").ok(204)
	status().says("2005500") // late by a millisecond
	if list() != "[]" {
		t.Errorf("%s", list())
	}
	for range 100 {
		add(`{"operation":"refund","code":"5045800"}`).ok(201)
	}
	add(`{"operation":"refund","code":"5045800"}`).refused(409, "conflict", "100")
	d.send("DELETE", "/control/v1/faults", "").ok(204)
	add(`{"operation":"refund","code":"5045800"}`).ok(201)
	d.post("/control/v1/reset", "").ok(204)
	if list() != "[]" {
		t.Errorf("after a reset: %s", list())
	}
}

func TestFaults_that_stay(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	added := p.post("/control/v1/faults", `{"operation":"status","code":"5045500","always":true}`).ok(201)
	if added.member("times") != "0" || added.member("always") != "true" {
		t.Errorf("got %s", added.body)
	}
	status := func() answer { return p.asks(statusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`) }
	for range 3 {
		status().says("5045500")
	}
	p.send("DELETE", "/control/v1/faults/"+added.text("id"), "").ok(204)
	status().says("2005500")
}

// Whoever offers faults finds each operation, and with each code its message;
// all of them can be had.
func TestFaults_available(t *testing.T) {
	t.Parallel()
	d := start(t)
	var got struct {
		Available []struct {
			Operation, API string
			Codes          []struct{ Code, Message string }
		}
	}
	must(t, json.Unmarshal(d.get("/control/v1/faults").body, &got))
	apis := map[string]int{}
	for _, one := range got.Available {
		apis[one.API]++
		seen := map[string]bool{}
		for _, c := range one.Codes {
			if c.Message == "" || seen[c.Code] {
				t.Errorf("%s: %+v", one.Operation, c)
			}
			seen[c.Code] = true
			added := d.post("/control/v1/faults", `{"operation":"`+one.Operation+`","code":"`+c.Code+`"}`).ok(201)
			d.send("DELETE", "/control/v1/faults/"+added.text("id"), "").ok(204)
		}
	}
	if want := map[string]int{"BI-SNAP": 5, "mini-app APIs": 8, "Snap Checkout": 1}; !maps.Equal(apis, want) {
		t.Errorf("got %v", apis)
	}
}

// A state event follows what adds a fault, gives it and removes it.
func TestFaults_tell_who_watches(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	news := p.stream("/control/v1/journal?after=0")
	until := func(faults string) {
		t.Helper()
		for one := range news {
			if one.name == "state" && strings.Contains(one.data, `"faults":[`+faults) {
				return
			}
		}
	}
	until("]")
	p.post("/control/v1/faults", `{"operation":"status","code":"5045500","times":2}`).ok(201)
	until(`{"id"`)
	p.asks(statusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`).says("5045500")
	for one := range news {
		if strings.Contains(one.data, `"code":"5045500","times":1`) {
			break
		}
	}
	p.send("DELETE", "/control/v1/faults", "").ok(204)
	until("]")
}

// An answer that is late does not hold up its caller, who may go away, nor the
// end of the server.
func TestFaults_delay(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	p.post("/control/v1/faults", `{"operation":"status","delay_ms":600000,"times":2}`).ok(201)
	ctx, leave := context.WithCancel(t.Context())
	body := `{"originalReferenceNo":"x","serviceCode":"54"}`
	r, err := http.NewRequestWithContext(ctx, "POST", p.urls.API+statusPath, strings.NewReader(body))
	must(t, err)
	p.signed("POST", statusPath, body)(r)
	gone := make(chan error, 1)
	go func() {
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		gone <- err
	}()
	for p.get("/control/v1/faults").member("faults") == "" || !strings.Contains(p.get("/control/v1/faults").member("faults"), `"times":1`) { // until it waits
		if t.Context().Err() != nil {
			t.Fatal("it never came to the fault")
		}
	}
	leave()
	if err := <-gone; err == nil {
		t.Error("an answer came")
	}
	p.send("DELETE", "/control/v1/faults", "").ok(204)
	p.asks(statusPath, body).says("2005500")
}

// Each list of the documentation has been copied whole into what the platform
// offers as faults.
func TestFaults_offer_what_is_documented(t *testing.T) {
	t.Parallel()
	d := start(t)
	for operation, codes := range documented {
		var want []string
		for _, code := range strings.Fields(codes) {
			if !strings.HasPrefix(code, "200") {
				want = append(want, code)
			}
		}
		got := d.post("/control/v1/faults", `{"operation":"`+operation+`","code":"none"}`)
		_, list, _ := strings.Cut(got.text("error.message"), "one of ")
		if offered := strings.Split(list, ", "); !slices.Equal(offered, want) {
			t.Errorf("%s offers %v, documented are %v", operation, offered, want)
		}
	}
}
