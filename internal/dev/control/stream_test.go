package control_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestJournal_pages(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	for range 20 {
		l.Code()
	}
	var page struct {
		Entries []struct{ Seq int64 }
		Last    int64
	}
	read := func(query string) (first, last int64, n int) {
		t.Helper()
		page.Entries = nil
		d.Get("/control/v1/journal" + query).Into(&page)
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
	if d.Get("/control/v1/journal?after=9223372036854775806").Member("entries") != "[]" {
		t.Error("no entries are null, not an empty list")
	}
}

func TestJournal_live(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	var last struct{ Last int64 }
	d.Get("/control/v1/journal").Into(&last)
	all := d.Stream(fmt.Sprintf("/control/v1/journal?after=%d", last.Last))
	var state struct {
		Device struct{ Model string }
		Clock  struct {
			Offset int64 `json:"offset_ms"`
		}
	}
	apitest.Must(t, json.Unmarshal([]byte(apitest.Next(t, all, "state").Data), &state))
	if state.Device.Model != "SM-A546E" {
		t.Errorf("got %+v", state)
	}
	l.Code()
	entry := apitest.Next(t, all, "entry")
	if !strings.Contains(entry.Data, `"title":"getAuthCode"`) || entry.ID != fmt.Sprint(last.Last+1) {
		t.Errorf("got %+v", entry)
	}
	d.Patch("/control/v1/device", `{"model":"X"}`)
	for want := map[string]bool{"entry": true, "state": true}; len(want) > 0; {
		got := <-all
		if got.Name == "state" && !strings.Contains(got.Data, `"model":"X"`) {
			t.Errorf("got %+v", got)
		}
		delete(want, got.Name)
	}
	again := d.Stream("/control/v1/journal", apitest.With("Last-Event-ID", entry.ID))
	apitest.Next(t, again, "state")
	if got := apitest.Next(t, again, "entry"); got.ID != fmt.Sprint(last.Last+2) || !strings.Contains(got.Data, "device changed") {
		t.Errorf("got %+v", got)
	}
	// The ids of an earlier run have no meaning in this one.
	restarted := d.Stream("/control/v1/journal", apitest.With("Last-Event-ID", "1000000"))
	apitest.Next(t, restarted, "state")
	if got := apitest.Next(t, restarted, "entry"); got.ID != "1" {
		t.Errorf("got %+v", got)
	}
}

// A request of the mini app's backend is joined to the launch of its code: the
// exchange, and all later uses of the token.
func TestJournal_joins_backend_requests_to_their_launch(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	d.Get("/v1/mini-apps/users/profile", apitest.Bearer(l.Login()), apitest.With("Request-Id", "1")).OK(200)
	var page struct {
		Entries []struct {
			Kind     string `json:"kind"`
			LaunchID string `json:"launch_id"`
		} `json:"entries"`
	}
	d.Get("/control/v1/journal").Into(&page)
	joined := 0
	for _, e := range page.Entries {
		if e.Kind == "request" && e.LaunchID == l.ID {
			joined++
		}
	}
	if joined != 2 {
		t.Errorf("%d of two requests are joined to their launch", joined)
	}
}
