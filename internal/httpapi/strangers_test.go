package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

// foreignRows returns the entries that count requests of other websites, and the newest count.
func foreignRows(d *apitest.Platform) (rows, count int) {
	var got struct{ Entries []apitest.Entry }
	d.Get("/control/v1/journal?limit=10000").Into(&got)
	for _, e := range got.Entries {
		if e.Event == "page.foreign" {
			var detail struct{ Count int }
			apitest.Must(d.T, json.Unmarshal(e.Detail, &detail))
			rows, count = rows+1, detail.Count
		}
	}
	return rows, count
}

// A page of any website can send requests to every door. None of their bodies is kept, and
// all of them have one entry with their number.
func TestStrangers_are_counted_at_every_door(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	page := []apitest.Header{
		apitest.With("Origin", "https://evil.example"), apitest.With("Sec-Fetch-Site", "cross-site"), apitest.With("Content-Type", "text/plain"),
	}
	var sent int
	send := func(method, path string, headers ...apitest.Header) {
		t.Helper()
		if got := d.Send(method, path, `{"word":"filled-by-evil"}`, headers...); got.Status < 400 {
			t.Errorf("%s %s: %d", method, path, got.Status)
		}
		sent++
	}
	for _, r := range d.API.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if r.Demand != httpapi.Socket && r.Demand != httpapi.LocalHost { // any page may open those
			send(method, strings.NewReplacer("{id}", "x", "{order_id}", "x", "{blob}", "x", "{token}", "x").Replace(path), page...)
		}
	}
	for _, path := range []string{"/v1/mini-apps/nothing", "/v1.0/debit", "/v2/charge", "/snap/v9"} {
		send("POST", path, page...)
	}
	send("OPTIONS", apitest.TokenPath, append(page, apitest.With("Access-Control-Request-Method", "POST"))...)
	send("POST", apitest.TokenPath, apitest.With("Sec-Fetch-Site", "cross-site"))                                    // without an Origin
	send("POST", apitest.TokenPath, apitest.With("Origin", "null"))                                                  // a sandboxed page in an old browser
	send("POST", apitest.TokenPath, apitest.With("Origin", "https://evil.example"))                                  // an old browser
	send("POST", apitest.TokenPath, apitest.With("Origin", "http://localhost.evil.example"))                         // a name that begins like this machine's
	send("POST", apitest.TokenPath, apitest.With("Origin", "http://%zz"), apitest.With("Sec-Fetch-Site", "unheard")) // no URL
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		rows, count := foreignRows(d)
		if rows == 1 && count == sent {
			break
		}
		if rows > 1 || time.Now().After(deadline) {
			t.Fatalf("%d entries, the newest counts %d of %d", rows, count, sent)
		}
	}
	if list := d.Requests(); len(list) != 0 {
		t.Errorf("the journal has entries of them: %+v", list)
	}
	for where, text := range d.Everywhere() {
		if strings.Contains(text, "filled-by-evil") {
			t.Errorf("a body is in %s", where)
		}
	}
}

// The journal keeps each refused request of a page of the mini app or of this machine: the
// developer who wrote that page needs the entry.
func TestStrangers_are_not_the_pages_of_a_developer(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for i, headers := range [][]apitest.Header{
		{apitest.With("Origin", strings.TrimSuffix(d.URLs.App, "/")), apitest.With("Sec-Fetch-Site", "cross-site")},
		{apitest.With("Origin", strings.TrimSuffix(d.URLs.App, "/")), apitest.With("Sec-Fetch-Site", "same-site")},
		{apitest.With("Origin", "http://localhost:5173"), apitest.With("Sec-Fetch-Site", "cross-site")},
		{apitest.With("Origin", d.URLs.API)},
		{apitest.With("Sec-Fetch-Mode", "cors")}, // fetch of Node
	} {
		body := fmt.Sprintf(`{"auth_code":"mine %d"}`, i)
		d.Post(apitest.TokenPath, body, headers...).OK(401)
		list := d.Requests()
		if len(list) != i+1 || !strings.Contains(string(list[i].Detail), apitest.TokenPath) || !strings.Contains(string(list[i].Detail), "request_body") {
			t.Errorf("request %d has no entry: %+v", i, list)
		}
	}
	// A valid credential identifies the caller, so the journal keeps the request, whatever page sent it.
	d.Post(apitest.TokenPath, `{"auth_code":"mine"}`, d.Basic(), apitest.With("Origin", "https://evil.example"), apitest.With("Sec-Fetch-Site", "cross-site"))
	if rows, _ := foreignRows(d); rows != 0 || len(d.Requests()) != 6 {
		t.Errorf("%d counted, %d kept", rows, len(d.Requests()))
	}
}

// Thousands of them leave the entries of everything else.
func TestStrangers_evict_nothing(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	d.Post(apitest.TokenPath, `{"auth_code":"mine"}`).OK(401)
	for range 12_000 {
		d.Post(apitest.TokenPath, `{"word":"x"}`, apitest.With("Sec-Fetch-Site", "cross-site"))
	}
	if list := d.Requests(); len(list) != 1 {
		t.Errorf("%d entries of requests are left", len(list))
	}
}
