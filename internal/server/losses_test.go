package server_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/wallet"
)

// faulty serves a reference provider. It loses a part of the requests and answers while it
// is bad, and all requests while it is silent.
type faulty struct {
	next        http.Handler
	bad, silent atomic.Bool
	lost        atomic.Int64
}

func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.silent.Load() {
		panic(http.ErrAbortHandler)
	}
	if !f.bad.Load() {
		f.next.ServeHTTP(w, r)
		return
	}
	switch fault := rand.IntN(12); fault {
	case 0: // the request is lost
		f.lost.Add(1)
		panic(http.ErrAbortHandler)
	case 1: // the answer is lost
		f.lost.Add(1)
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case 2: // a proxy fails, before or after the provider
		f.lost.Add(1)
		if rand.IntN(2) == 0 {
			f.next.ServeHTTP(httptest.NewRecorder(), r)
		}
		w.WriteHeader(http.StatusBadGateway)
	case 3: // the answer comes too late
		f.lost.Add(1)
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		<-r.Context().Done()
	default:
		f.next.ServeHTTP(w, r)
	}
}

// The sum of all wallets and all payments stays the same: every paid payment has one
// charge, and every other payment has none.
func TestProvider_that_loses_requests_and_answers_loses_no_money(t *testing.T) {
	t.Parallel()
	const start = 100_000_000
	payments := storetest.Bar(500, 20_000)
	s := stage.New(t)
	s.Person("sari", start)
	reference := &provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{sharedSecret}}
	s.Clock.Set(time.Now())
	f := &faulty{next: reference}
	f.bad.Store(true)
	between := httptest.NewServer(f)
	defer between.Close()
	p := openAt(t, filepath.Join(t.TempDir(), "selasar.db"), between.URL, 100*time.Millisecond)
	p.Payments.Transfers.Patience = 50 * time.Millisecond
	defer func() { must(t, p.Close()) }()
	storetest.Lanes(payments, func(int) {
		made, err := p.Payments.Create(t.Context(), payment.Order{MiniAppID: "kopi", Amount: money.Rupiah(1 + rand.IntN(1000)), Title: "Es kopi"})
		if err == nil {
			_, _ = p.Payments.SettleAlone(t.Context(), made.Ref, "sari", payment.StatusSuccess) // a declined or pending payment has an outcome too
		}
	})
	f.bad.Store(false)
	p.Payments.Transfers.Patience = time.Minute
	list := settled(t, p, payments)
	var sum money.Rupiah
	for _, one := range list {
		if one.State == payment.Paid {
			sum += one.Amount
		}
	}
	if left := s.User("sari").Balance; left != start-sum || f.lost.Load() < int64(payments/20) {
		t.Errorf("sari has %s, and has paid %s of Rp%d; %d messages were lost", left, sum, start, f.lost.Load())
	}
	charges := map[string]int{}
	s.Read(func(tx *stage.Tx) error {
		booked, err := tx.Wallets().List(s.Ctx, "sari", store.First(1<<20))
		for _, e := range booked {
			if e.Cause == wallet.CausePaid {
				charges[e.Payment]++
			}
		}
		return err
	})
	for _, one := range list {
		checkCharges(t, p, one, charges)
	}
}

// settled returns all payments once no charge is under way.
func settled(t *testing.T, p *server.Platform, n int) (list []payment.Payment) {
	t.Helper()
	read := func() {
		must(t, p.DB.Read(t.Context(), func(tx *sqlstore.Tx) (err error) {
			list, err = tx.Payments().List(t.Context(), store.First(n+1))
			return err
		}))
	}
	read()
	var all sync.WaitGroup
	for _, one := range list {
		if one.Held() {
			all.Go(func() {
				if got, err := p.Payments.Transfers.Await(t.Context(), one.Charge); err != nil || got.State == transfer.Sending {
					t.Errorf("charge %s: %+v, %v", one.Charge, got, err)
				}
			})
		}
	}
	all.Wait()
	if read(); len(list) != n {
		t.Errorf("%d payments, want %d", len(list), n)
	}
	return list
}

func checkCharges(t *testing.T, p *server.Platform, one payment.Payment, charges map[string]int) {
	t.Helper()
	made := 0
	must(t, p.DB.Read(t.Context(), func(tx *sqlstore.Tx) error {
		sent, err := tx.Transfers().List(t.Context(), one.Ref)
		for _, c := range sent {
			made += charges[c.ID]
		}
		return err
	}))
	if want := map[bool]int{true: 1}[one.State == payment.Paid]; made != want || one.Held() {
		t.Errorf("payment %s is %s with %d charges", one.Ref, one.State, made)
	}
}
