package provider_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/user"
)

// record returns what a handler answers.
func record(next http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	next.ServeHTTP(w, r)
	return w
}

func replay(w http.ResponseWriter, a *httptest.ResponseRecorder) {
	for name, values := range a.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(a.Code)
	_, _ = w.Write(a.Body.Bytes())
}

func TestClient_believes_only_answers_that_are_signed_for_its_request(t *testing.T) {
	h := newHouse(t)
	for name, before := range map[string]func(http.ResponseWriter, *http.Request, http.Handler){
		"no signature": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			_, _ = w.Write([]byte(`{"state":"charged"}`))
		},
		"another state": func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			a := record(next, r)
			a.Body.Reset()
			a.Body.WriteString(`{"state":"charged"}`)
			replay(w, a)
		},
		"another status": func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			a := record(next, r)
			a.Code = http.StatusOK
			replay(w, a)
		},
		"an old answer": func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			a := record(next, r)
			a.Header().Set("Selasar-Timestamp", "1")
			replay(w, a)
		},
		"a redirect": func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		},
		"too much": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { _, _ = w.Write(make([]byte, 1<<20)) },
		"another protocol": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("Connection", "Upgrade")
			w.Header().Set("Upgrade", "websocket")
			w.WriteHeader(http.StatusSwitchingProtocols)
		},
		"a connection that is cut": func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) },
	} {
		h.put(before)
		o, found, err := h.client().Look(h.Ctx, charge("c", 1))
		if err == nil || errors.Is(err, transfer.ErrNotSent) {
			t.Errorf("%s: %+v, %t, %v", name, o, found, err)
		}
	}
}

// An answer that was recorded for one request is no answer to another one.
func TestClient_refuses_a_replayed_answer(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	var kept *httptest.ResponseRecorder
	h.put(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if kept == nil {
			kept = record(next, r)
		}
		replay(w, kept)
	})
	if _, found, err := c.Look(h.Ctx, charge("c", 1)); found || err != nil {
		t.Fatalf("the first answer: %t, %v", found, err)
	}
	if _, _, err := c.Look(h.Ctx, charge("c", 1)); err == nil {
		t.Error("the replayed answer is believed")
	}
}

func TestReference_refuses_requests_that_are_not_signed(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	for name, change := range map[string]func(*http.Request){
		"another path":      func(r *http.Request) { r.URL.Path = "/charges/c2"; r.RequestURI = r.URL.Path },
		"another method":    func(r *http.Request) { r.Method = http.MethodPost },
		"another nonce":     func(r *http.Request) { r.Header.Set("Selasar-Nonce", "x") },
		"another key":       func(r *http.Request) { r.Header.Set("Idempotency-Key", "x") },
		"another timestamp": func(r *http.Request) { r.Header.Set("Selasar-Timestamp", "1") },
		"no signature":      func(r *http.Request) { r.Header.Del("Selasar-Signature") },
		"another query":     func(r *http.Request) { r.URL.RawQuery = "a"; r.RequestURI += "?a" },
	} {
		h.put(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			changed := r.Clone(r.Context())
			change(changed)
			a := record(next, changed)
			stage.Is(t, name, a.Code, http.StatusUnauthorized)
			replay(w, a)
		})
		if _, _, err := c.Look(h.Ctx, charge("c", 1)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSecrets_can_change_without_a_gap(t *testing.T) {
	h := newHouse(t)
	for _, one := range []struct {
		client, house []string
		ok            bool
	}{
		{[]string{secretOne}, []string{secretOne}, true},
		{[]string{secretOne}, []string{secretOne, secretTwo}, true},
		{[]string{secretTwo, secretOne}, []string{secretOne, secretTwo}, true},
		{[]string{secretTwo}, []string{secretTwo}, true},
		{[]string{secretTwo}, []string{secretOne}, false},
	} {
		h.Secrets = one.house
		if _, _, err := h.client(one.client...).Look(h.Ctx, charge("c", 1)); (err == nil) != one.ok {
			t.Errorf("%q at %q: %v", one.client, one.house, err)
		}
	}
	for text, ok := range map[string]bool{
		secretOne: true, secretOne + "\n\n" + secretTwo + "\r\n": true, "": false, "short": false, secretOne + " x": false,
		secretOne + "\n" + secretTwo + "\n" + secretOne: false,
	} {
		if _, err := provider.ParseSecrets(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestClient_knows_when_nothing_was_sent(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	h.put(func(_ http.ResponseWriter, _ *http.Request, _ http.Handler) { // the provider is killed after it has read the charge
		_ = h.server.Listener.Close()
		panic(http.ErrAbortHandler)
	})
	if _, err := c.Send(h.Ctx, charge("c", 1)); err == nil || errors.Is(err, transfer.ErrNotSent) {
		t.Errorf("a charge that was read: %v", err)
	}
	if _, err := c.Send(h.Ctx, charge("d", 1)); !errors.Is(err, transfer.ErrNotSent) {
		t.Errorf("a closed port: %v", err)
	}
}

func TestBreaker_opens_after_failures_and_closes_after_one_trial(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	var reached atomic.Int64
	h.put(func(http.ResponseWriter, *http.Request, http.Handler) { reached.Add(1); panic(http.ErrAbortHandler) })
	look := func() error { _, _, err := c.Look(h.Ctx, charge("c", 1)); return err }
	for range 9 {
		if look() == nil {
			t.Fatal("an aborted request succeeds")
		}
	}
	stage.Is(t, "requests that reached the provider", reached.Load(), 5)
	if _, err := c.Profile(h.Ctx, "sari"); err == nil || reached.Load() != 6 {
		t.Errorf("another kind of request: %v, %d", err, reached.Load())
	}
	h.Pass(5 * time.Second)
	if err := look(); errors.Is(err, transfer.ErrNotSent) {
		t.Errorf("the trial: %v", err)
	}
	if err := look(); !errors.Is(err, transfer.ErrNotSent) {
		t.Errorf("after a failed trial: %v", err)
	}
	h.Pass(5 * time.Second)
	h.before.Store(nil)
	for range 2 {
		h.Must(look())
	}
}

func TestDirectory_reads_users_and_bank_accounts(t *testing.T) {
	h := newHouse(t)
	h.Write(func(tx *stage.Tx) error {
		return tx.Users().Change(h.Ctx, "sari", func(u *user.User) error {
			u.Username, u.Phone, u.Bank = "sari.w", "+628123456789", user.BankAccount{Code: "jago", Name: "SARI", Number: "1234567890"}
			return nil
		})
	})
	c := h.client()
	u, err := c.Profile(h.Ctx, "sari")
	h.Must(err)
	stage.Is(t, "the profile", u, user.User{ID: "sari", Name: "sari", Username: "sari.w", Phone: "+628123456789"})
	account, err := c.BankAccount(h.Ctx, "sari")
	h.Must(err)
	stage.Is(t, "the account", account, user.BankAccount{Code: "jago", Name: "SARI", Number: "1234567890"})
	_, err = c.Profile(h.Ctx, "nobody")
	h.Refused(err, problem.UserUnknown)
	_, err = c.Profile(h.Ctx, "..")
	h.Refused(err, problem.Unavailable)
	h.server.Close()
	_, err = c.BankAccount(h.Ctx, "sari")
	h.Refused(err, problem.Unavailable)
}

func TestNew_refuses_what_cannot_work(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "pay.example", "ftp://pay.example", "https://", "https://user:pass@pay.example", "https://pay.example/?a", "https://pay.example/#a"} {
		if _, err := provider.ParseURL(url); err == nil {
			t.Errorf("%q is accepted", url)
		}
	}
	if _, err := provider.New(provider.Config{URL: "https://pay.example", Secrets: []string{"short"}}); err == nil {
		t.Error("a short secret is accepted")
	}
}
