package httpapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// happening is one server-sent event.
type happening struct{ id, name, data string }

// stream reads server-sent events until the test ends.
func (d *dev) stream(path string, headers ...header) <-chan happening {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", d.urls.API+path, nil)
	must(d.t, err)
	r.Header.Set("Accept", "text/event-stream")
	for _, set := range headers {
		set(r)
	}
	got, err := http.DefaultClient.Do(r)
	must(d.t, err)
	if got.StatusCode != 200 || got.Header.Get("Content-Type") != "text/event-stream" || got.Header.Get("Cache-Control") != "no-store" {
		d.t.Fatalf("%s: %d %v", path, got.StatusCode, got.Header)
	}
	all, done := make(chan happening, 1000), make(chan struct{})
	go func() {
		defer close(done)
		defer close(all)
		var one happening
		for lines := bufio.NewReader(got.Body); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch name {
			case "id":
				one.id = value
			case "event":
				one.name = value
			case "data":
				one.data = value
			case "":
				if one.name != "" {
					all <- one
				}
				one = happening{}
			}
		}
	}()
	d.t.Cleanup(func() { cancel(); _ = got.Body.Close(); <-done })
	return all
}

func next(t testing.TB, all <-chan happening, name string) happening {
	t.Helper()
	select {
	case got, ok := <-all:
		if !ok || got.name != name {
			t.Fatalf("got %+v, want %s", got, name)
		}
		return got
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not come", name)
		return happening{}
	}
}

func TestLaunch_events_as_a_stream(t *testing.T) {
	t.Parallel()
	d := start(t)
	l, other := d.open(allowAll), d.open(allowAll)
	all := d.stream(l.path("/events"), bearer(l.token))
	d.patch("/control/v1/device", `{"model":"X"}`)
	if got := next(t, all, "device_changed"); got.data != `{"name":"device_changed","data":{}}` {
		t.Errorf("got %s", got.data)
	}
	d.patch("/control/v1/consents", `{"name":"wifi","state":"revoked"}`)
	next(t, all, "consent_changed")
	d.send("DELETE", other.path(""), "", bearer(other.token)).ok(204)
	d.send("DELETE", l.path(""), "", bearer(l.token)).ok(204)
	if got := next(t, all, "launch_ended"); !strings.Contains(got.data, "closed the mini app") {
		t.Errorf("got %s", got.data)
	}
	d.send("GET", l.path("/events"), "", bearer(other.token)).refused(401, "unauthorized")
}

func TestConsent_of_another_user_is_not_told_to_a_launch(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	all := d.stream(l.path("/events"), bearer(l.token))
	stranger := d.post("/control/v1/users", `{"name":"Tono"}`).ok(201).text("id")
	d.patch("/control/v1/consents", `{"name":"wifi","state":"given","user_id":"`+stranger+`"}`)
	d.patch("/control/v1/device", `{"model":"X"}`)
	next(t, all, "device_changed")
}

func TestJournal_pages(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	for range 20 {
		l.code()
	}
	var page struct {
		Entries []struct{ Seq int64 }
		Last    int64
	}
	read := func(query string) (first, last int64, n int) {
		t.Helper()
		page.Entries = nil
		d.get("/control/v1/journal" + query).into(&page)
		if n = len(page.Entries); n == 0 {
			return 0, 0, 0
		}
		return page.Entries[0].Seq, page.Entries[n-1].Seq, n
	}
	_, end, all := read("")
	if page.Last != end || all != int(end) || all < 25 {
		t.Fatalf("%d entries up to %d of %d", all, end, page.Last)
	}
	for query, want := range map[string][3]int64{
		"?limit=5": {end - 4, end, 5}, "?after=10": {11, end, end - 10}, "?after=10&limit=3": {end - 2, end, 3},
		fmt.Sprintf("?after=%d", end): {}, fmt.Sprintf("?after=%d", end+100): {}, "?after=9223372036854775807": {},
		"?after=-5": {1, end, end}, "?after=x": {1, end, end}, "?limit=0": {1, end, end}, "?limit=-1": {1, end, end}, "?limit=99999": {1, end, end}, "?limit=x": {1, end, end},
	} {
		if first, last, n := read(query); [3]int64{first, last, int64(n)} != want {
			t.Errorf("%s: %d to %d, %d in all, want %v", query, first, last, n, want)
		}
	}
	if d.get("/control/v1/journal?after=9223372036854775806").member("entries") != "[]" {
		t.Error("no entries are null, not an empty list")
	}
}

func TestJournal_live(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	var last struct{ Last int64 }
	d.get("/control/v1/journal").into(&last)
	all := d.stream(fmt.Sprintf("/control/v1/journal?after=%d", last.Last))
	var state struct {
		Device struct{ Model string }
		Clock  struct {
			Offset int64 `json:"offset_ms"`
		}
	}
	must(t, json.Unmarshal([]byte(next(t, all, "state").data), &state))
	if state.Device.Model != "SM-A546E" {
		t.Errorf("got %+v", state)
	}
	l.code()
	entry := next(t, all, "entry")
	if !strings.Contains(entry.data, `"title":"getAuthCode"`) || entry.id != fmt.Sprint(last.Last+1) {
		t.Errorf("got %+v", entry)
	}
	d.patch("/control/v1/device", `{"model":"X"}`)
	for want := map[string]bool{"entry": true, "state": true}; len(want) > 0; {
		got := <-all
		if got.name == "state" && !strings.Contains(got.data, `"model":"X"`) {
			t.Errorf("got %+v", got)
		}
		delete(want, got.name)
	}
	again := d.stream("/control/v1/journal", with("Last-Event-ID", entry.id))
	next(t, again, "state")
	if got := next(t, again, "entry"); got.id != fmt.Sprint(last.Last+2) || !strings.Contains(got.data, "device changed") {
		t.Errorf("got %+v", got)
	}
	// The numbers of another run mean nothing in this one.
	restarted := d.stream("/control/v1/journal", with("Last-Event-ID", "1000000"))
	next(t, restarted, "state")
	if got := next(t, restarted, "entry"); got.id != "1" {
		t.Errorf("got %+v", got)
	}
}

// A request of the mini app's backend stands under the launch that its code
// was given out in, as the exchange and as everything the token does later.
func TestJournal_joins_backend_requests_to_their_launch(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	d.get("/v1/mini-apps/users/profile", bearer(l.login()), with("Request-Id", "1")).ok(200)
	var page struct {
		Entries []struct {
			Kind     string `json:"kind"`
			LaunchID string `json:"launch_id"`
		} `json:"entries"`
	}
	d.get("/control/v1/journal").into(&page)
	joined := 0
	for _, e := range page.Entries {
		if e.Kind == "request" && e.LaunchID == l.id {
			joined++
		}
	}
	if joined != 2 {
		t.Errorf("%d of two requests are joined to their launch", joined)
	}
}
