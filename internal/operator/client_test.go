package operator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/operator"
)

// backend is an operator API that fails in chosen ways. It records each request.
type backend struct {
	*httptest.Server
	keys   []string // Idempotency-Key of each request
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

func newBackend(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) (*backend, *operator.Client) {
	t.Helper()
	b := &backend{answer: answer}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.keys = append(b.keys, r.Header.Get("Idempotency-Key"))
		b.answer(len(b.keys), w, r)
	}))
	t.Cleanup(b.Close)
	c, err := operator.New(operator.Config{Server: b.URL, Key: "sak_x\n", Pause: time.Microsecond})
	if err != nil {
		t.Fatal(err)
	}
	return b, c
}

func TestDo_repeats_a_lost_act_with_its_key(t *testing.T) {
	b, c := newBackend(t, func(n int, w http.ResponseWriter, r *http.Request) {
		switch n {
		case 1:
			panic(http.ErrAbortHandler) // the answer is lost
		case 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.Header().Set("ETag", `"r3"`)
			_, _ = fmt.Fprint(w, r.Header.Get("Authorization"))
		}
	})
	a, err := c.Do(t.Context(), operator.Request{Method: "POST", Path: "/admin/v1/keys", Body: map[string]string{}})
	if err != nil || string(a.Body) != "Bearer sak_x" || a.ETag != `"r3"` {
		t.Fatalf("%s %s %v", a.Body, a.ETag, err)
	}
	if len(b.keys) != 3 || b.keys[0] == "" || b.keys[0] != b.keys[1] || b.keys[1] != b.keys[2] {
		t.Errorf("the keys are %q", b.keys)
	}
	if _, err := c.Do(t.Context(), operator.Request{Method: "POST", Path: "/admin/v1/keys"}); err != nil || b.keys[3] == b.keys[0] {
		t.Errorf("another act has the key %q: %v", b.keys[3], err)
	}
}

func TestDo_returns_a_refusal_at_once(t *testing.T) {
	b, c := newBackend(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusConflict)
		_, _ = fmt.Fprint(w, `{"error":{"code":"conflict","message":"it is taken"}}`)
	})
	_, err := c.Do(t.Context(), operator.Request{Method: "POST", Path: "/admin/v1/mini-apps"})
	if err == nil || err.Error() != "it is taken" || len(b.keys) != 1 {
		t.Errorf("%v after %d requests", err, len(b.keys))
	}
}

func TestDo_gives_up_after_a_long_outage(t *testing.T) {
	b, c := newBackend(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	if _, err := c.Do(t.Context(), operator.Request{Method: "GET", Path: "/admin/v1/keys"}); err == nil || len(b.keys) != 4 {
		t.Errorf("%v after %d requests", err, len(b.keys))
	}
}

func TestDo_sends_the_key_to_no_other_address(t *testing.T) {
	other, _ := newBackend(t, func(int, http.ResponseWriter, *http.Request) {})
	_, c := newBackend(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusPermanentRedirect)
	})
	_, err := c.Do(t.Context(), operator.Request{Method: "GET", Path: "/admin/v1/keys"})
	if err == nil || !strings.Contains(err.Error(), "--server") || len(other.keys) != 0 {
		t.Errorf("%v; the other address got %d requests", err, len(other.keys))
	}
}

func TestNew_refuses_an_address_that_is_none(t *testing.T) {
	for _, server := range []string{"", "127.0.0.1:7400", "ftp://a", "http://u:p@a", "http://a/admin/v1", "http://a?x"} {
		if _, err := operator.New(operator.Config{Server: server, Key: "x"}); err == nil {
			t.Errorf("%q is accepted", server)
		}
	}
}

func TestList_reads_pages_up_to_the_limit(t *testing.T) {
	const most = 450
	_, c := newBackend(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		var from, limit int
		_, _ = fmt.Sscan(r.URL.Query().Get("cursor"), &from)
		_, _ = fmt.Sscan(r.URL.Query().Get("limit"), &limit)
		rows, page := []int{}, map[string]any{}
		for n := from; n < most && len(rows) < min(limit, 200); n++ {
			rows = append(rows, n)
		}
		page["rows"] = rows
		if next := from + len(rows); next < most {
			page["next"] = fmt.Sprint(next)
		}
		_ = json.NewEncoder(w).Encode(page)
	})
	for limit, want := range map[int]string{1: "1 1", 200: "200 200", 201: "201 201", 450: "450 ", 1000: "450 "} {
		l, err := c.List(t.Context(), "/admin/v1/rows", "rows", url.Values{"state": {"dead"}}, "", limit)
		if got := fmt.Sprint(len(l.Rows), " ", l.Next); err != nil || got != want {
			t.Errorf("limit %d: %s, want %s (%v)", limit, got, want, err)
		}
	}
	l, err := c.List(t.Context(), "/admin/v1/rows", "rows", nil, "449", 10)
	if err != nil || len(l.Rows) != 1 || string(l.Rows[0]) != "449" {
		t.Errorf("from a cursor: %s %v", l.Rows, err)
	}
}
