package control_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// Every list pages by cursor: the pages together are the whole list, in its order, and
// the last one has no next.
func TestLists_page_by_cursor(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, strings.Replace(apitest.Kopi, `"name":"Kopi"`, `"name":"Kopi","notification_url":"http://127.0.0.1:9"`, 1))
	token := d.Open(apitest.AllowAll).Login()
	for i := range 5 {
		d.Post("/control/v1/payments", `{"amount":1000,"title":"kopi"}`).OK(201)
		d.Post("/control/v1/users", fmt.Sprintf(`{"name":"User %d"}`, i)).OK(201)
		d.Patch("/control/v1/users", fmt.Sprintf(`{"balance":%d}`, 1000+i))
		d.Post(apitest.PushPath, `{"template_name":"T","template_parameters":{}}`, apitest.Bearer(token), apitest.RequestID(fmt.Sprint(i))).Done()
		d.Patch("/control/v1/consents", `{"name":"location","state":"`+[]string{"given", "revoked"}[i%2]+`"}`)
	}
	for path, list := range map[string]string{"payments": "payments", "users": "users", "wallet": "entries", "messages": "messages", "notifications": "notifications", "consents": "ledger", "journal": "entries"} {
		idsIn := func(a apitest.Answer) (ids []string) {
			var rows []struct {
				ID  string `json:"id"`
				Ref string `json:"reference_no"`
			}
			apitest.Must(t, json.Unmarshal([]byte(a.Member(list)), &rows))
			for _, row := range rows {
				ids = append(ids, row.ID+row.Ref)
			}
			return ids
		}
		all := idsIn(d.Get("/control/v1/" + path))
		oldestFirst := list == "ledger" || path == "journal" // the first page of these has the end of the list
		var paged []string
		for cursor, n := "", 0; ; n++ {
			page := d.Send("GET", "/control/v1/"+path+"?limit=2&cursor="+cursor, "").OK(200)
			ids := idsIn(page)
			if len(ids) > 2 && path != "users" || n > 200 {
				t.Fatalf("%s: page %d has %d rows", path, n, len(ids))
			}
			if oldestFirst {
				paged = append(ids, paged...)
			} else {
				paged = append(paged, ids...)
			}
			var more struct{ Next string }
			if page.Into(&more); more.Next == "" {
				break
			}
			cursor = more.Next
		}
		if path == "journal" {
			all = grown(all, idsIn(d.Get("/control/v1/journal")), len(paged))
		}
		if path == "users" { // the first page also has the current user
			paged = slices.Compact(paged)
		}
		if len(all) < 5 || !slices.Equal(paged, all) {
			t.Errorf("%s: the pages have\n%v, the list has\n%v", path, paged, all)
		}
		if path != "journal" {
			d.Send("GET", "/control/v1/"+path+"?limit=0", "").Refused(400, "bad_request", "limit is 1 to 200")
			d.Send("GET", "/control/v1/"+path+"?limit=201", "").Refused(400, "bad_request", "limit is 1 to 200")
		}
		d.Send("GET", "/control/v1/"+path+"?cursor="+strings.Repeat("a", 200), "").Refused(400, "bad_request", "cursor")
	}
	d.Send("GET", "/control/v1/payments?cursor=x", "").Refused(400, "bad_request", "no list of payments has returned this cursor")
}

// grown returns a list as it was when it had n rows, between two reads of it: the
// platform adds entries to the journal at any time.
func grown(before, after []string, n int) []string {
	if n < len(before) || n > len(after) {
		return before
	}
	return after[:n]
}

// A reader with a revision of the state gets what has changed since, and only the users
// that changed. After a reset, it gets the whole state.
func TestState_sends_what_changed(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for i := range 300 {
		d.Post("/control/v1/users", fmt.Sprintf(`{"name":"User %d"}`, i)).OK(201)
	}
	since := func(revision string) (apitest.Answer, map[string]json.RawMessage) {
		a := d.Get("/control/v1/state?since=" + revision)
		var members map[string]json.RawMessage
		a.Into(&members)
		return a, members
	}
	whole, members := since("")
	if len(whole.Body) < 20_000 || members["since"] != nil || whole.Text("users_next") == "" {
		t.Fatalf("the first state has %d bytes", len(whole.Body))
	}
	expect := func(what, revision string, want ...string) string {
		t.Helper()
		a, members := since(revision)
		if members["since"] == nil {
			want = append(want, "the whole state")
		}
		delete(members, "clock")
		delete(members, "revision")
		delete(members, "since")
		for _, name := range want {
			if _, sent := members[name]; !sent {
				t.Errorf("%s: %s is missing in %s", what, name, a.Body)
			}
			delete(members, name)
		}
		if len(members) > 0 || len(a.Body) > 2000 {
			t.Errorf("%s: the answer has more: %.300s", what, a.Body)
		}
		return a.Text("revision")
	}
	first := whole.Text("revision")
	second := expect("nothing", first)
	d.Patch("/control/v1/users", `{"balance":77}`)
	third := expect("a balance", second, "users")
	d.Patch("/control/v1/device", `{"model":"X"}`)
	expect("a device", third, "device")
	expect("both", first, "users", "device")
	for _, unknown := range []string{"x", "x.1", first + "0000"} {
		if a, members := since(unknown); members["since"] != nil || len(a.Body) < 20_000 {
			t.Errorf("the revision %q is answered with %.200s", unknown, a.Body)
		}
	}
	d.Post("/control/v1/reset", "").OK(204)
	if a, members := since(third); members["since"] != nil || members["device"] == nil {
		t.Errorf("after a reset: %.300s", a.Body)
	}
}
