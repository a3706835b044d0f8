package provider_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/transfer"
)

const (
	secretOne = "one-secret-with-at-least-32-letters"
	secretTwo = "two-secret-with-at-least-32-letters"
)

// house is a reference provider on a real port. sari has Rp100.000.
type house struct {
	*stage.Stage
	*provider.Reference
	server *httptest.Server
	before atomic.Pointer[between]
}

// between stands between the client and the reference.
type between func(w http.ResponseWriter, r *http.Request, next http.Handler)

func newHouse(t *testing.T) *house {
	t.Helper()
	t.Parallel()
	s := stage.New(t)
	s.Person("sari", 100_000)
	h := &house{Stage: s, Reference: &provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{secretOne}}}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if before := h.before.Load(); before != nil {
			(*before)(w, r, h.Reference)
			return
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(h.server.Close)
	return h
}

// client returns a client of the house with secrets.
func (h *house) client(secrets ...string) *provider.Client {
	h.Helper()
	if len(secrets) == 0 {
		secrets = []string{secretOne}
	}
	transport := &http.Transport{}
	h.Cleanup(transport.CloseIdleConnections)
	c, err := provider.New(provider.Config{URL: h.server.URL, Secrets: secrets, Transport: transport, Clock: h.Stage.Clock, Timeout: time.Second})
	h.Must(err)
	return c
}

// put puts something between the client and the reference.
func (h *house) put(b between) { h.before.Store(&b) }

func (h *house) balance() money.Rupiah { return h.User("sari").Balance }

func charge(id string, amount money.Rupiah) transfer.Transfer {
	return transfer.Transfer{ID: id, Kind: transfer.Charge, Payment: "A1", MiniAppID: "kopi", UserID: "sari", Amount: amount, Title: "Es kopi"}
}

func refund(id, of string, amount money.Rupiah) transfer.Transfer {
	return transfer.Transfer{ID: id, Kind: transfer.Refund, ChargeID: of, Amount: amount}
}

// done, and the outcomes below, are what the reference answers.
var (
	done      = transfer.Outcome{State: transfer.Done}
	short     = transfer.Outcome{State: transfer.Declined, Reason: transfer.InsufficientFunds}
	exceeds   = transfer.Outcome{State: transfer.Declined, Reason: "exceeds_charge"}
	unknown   = transfer.Outcome{State: transfer.Declined, Reason: "charge_unknown"}
	cancelled = transfer.Outcome{State: transfer.Cancelled, Reason: "cancelled"}
)

func TestReference_moves_money_once_for_each_id(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	send := func(t transfer.Transfer) (transfer.Outcome, error) { return c.Send(h.Ctx, t) }
	for _, one := range []struct {
		name    string
		do      func(transfer.Transfer) (transfer.Outcome, error)
		with    transfer.Transfer
		want    transfer.Outcome
		refused bool
		left    money.Rupiah
	}{
		{"a charge", send, charge("c1", 30_000), done, false, 70_000},
		{"the same again", send, charge("c1", 30_000), done, false, 70_000},
		{"the same id with another amount", send, charge("c1", 30_001), transfer.Outcome{}, true, 70_000},
		{"more than the wallet holds", send, charge("c2", 70_001), short, false, 70_000},
		{"a declined id stays declined", send, charge("c2", 70_001), short, false, 70_000},
		{"a refund", send, refund("r1", "c1", 20_000), done, false, 90_000},
		{"the same refund again", send, refund("r1", "c1", 20_000), done, false, 90_000},
		{"more than is left of the charge", send, refund("r2", "c1", 10_001), exceeds, false, 90_000},
		{"the rest", send, refund("r3", "c1", 10_000), done, false, 100_000},
		{"a refund of a declined charge", send, refund("r4", "c2", 1), unknown, false, 100_000},
		{"a refund of no charge", send, refund("r5", "none", 1), unknown, false, 100_000},
		{"a cancellation before the charge", func(t transfer.Transfer) (transfer.Outcome, error) { return c.Cancel(h.Ctx, t) }, charge("c3", 5), cancelled, false, 100_000},
		{"then the charge", send, charge("c3", 5), cancelled, false, 100_000},
		{"a cancellation after the charge", func(t transfer.Transfer) (transfer.Outcome, error) { return c.Cancel(h.Ctx, t) }, charge("c1", 5), done, false, 100_000},
	} {
		got, err := one.do(one.with)
		if got != one.want || (err != nil) != one.refused || h.balance() != one.left {
			t.Errorf("%s: %+v, %v, %s left", one.name, got, err, h.balance())
		}
	}
	for id, want := range map[string]transfer.Outcome{"c1": done, "c2": short, "c3": cancelled} {
		got, found, err := c.Look(h.Ctx, charge(id, 1))
		if got != want || !found || err != nil {
			t.Errorf("%s: %+v, %t, %v", id, got, found, err)
		}
	}
	for _, none := range []transfer.Transfer{charge("never", 1), charge("r1", 1), refund("c1", "", 1)} {
		if _, found, err := c.Look(h.Ctx, none); found || err != nil {
			t.Errorf("%s %s: %t, %v", none.Kind, none.ID, found, err)
		}
	}
}

func TestReference_concurrent_requests_move_money_once(t *testing.T) {
	h := newHouse(t)
	c := h.client()
	for _, one := range []struct {
		name string
		with func(i int) transfer.Transfer
		left money.Rupiah
	}{
		{"one charge", func(int) transfer.Transfer { return charge("c", 60_000) }, 40_000},
		{"two refunds of one charge", func(i int) transfer.Transfer { return refund([]string{"a", "b"}[i%2], "c", 40_000) }, 80_000},
	} {
		results := make(chan error, 8)
		for i := range 8 {
			go func() { _, err := c.Send(h.Ctx, one.with(i)); results <- err }()
		}
		for range 8 {
			h.Must(<-results)
		}
		stage.Is(t, one.name, h.balance(), one.left)
	}
}
