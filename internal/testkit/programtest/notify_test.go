package programtest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// backend is a mini app's backend that receives notifications. It fails in 30 % of
// the tries. In 10 %, it accepts the notification but closes the connection.
type backend struct {
	t *testing.T

	mu    sync.Mutex
	fails map[string]int      // by X-EXTERNAL-ID; limited, so that no notification dies
	taken map[string]bool     // by X-EXTERNAL-ID
	told  map[string][]string // by payment: the statuses of the first copies in order
}

func (b *backend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var in struct {
		Ref    string `json:"originalReferenceNo"`
		Status string `json:"latestTransactionStatus"`
	}
	if err != nil || json.Unmarshal(body, &in) != nil || in.Ref == "" {
		b.t.Errorf("a notification reads %q: %v", body, err)
	}
	switch luck := b.take(r.Header.Get("X-External-Id"), in.Ref, in.Status); {
	case luck < 3:
		http.Error(w, "no", http.StatusInternalServerError)
	case luck == 3:
		panic(http.ErrAbortHandler)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// take draws the outcome of a try: below 3 it fails, at 3 it gets no answer.
func (b *backend) take(id, ref, status string) (luck int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	luck = rand.IntN(10)
	if luck <= 3 {
		b.fails[id]++
	}
	if b.fails[id] > 4 {
		luck = 9
	}
	if luck >= 3 && !b.taken[id] {
		b.taken[id] = true
		b.told[ref] = append(b.told[ref], status)
	}
	return luck
}

// After a kill during deliveries, every notification arrives, and the notifications
// of a payment arrive in order.
func TestKill_notifications_arrive(t *testing.T) { onBoth(t, testKillNotifications) }

func testKillNotifications(t *testing.T, at place) {
	b := &backend{t: t, fails: map[string]int{}, taken: map[string]bool{}, told: map[string][]string{}}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	dir := folder(t, fmt.Sprintf(`,"notification_url":%q`, server.URL))
	all := &acknowledged{consents: map[string][]string{}}
	for range storetest.Bar(5, 200) {
		p := start(t, dir, at)
		must(t, 0, p.ask("PATCH", "/control/v1/answers", "", `{"consent":"allow"}`, nil))
		var gone sync.WaitGroup
		for range 8 {
			gone.Go(func() {
				if err := all.payer(p); status(err) != 0 {
					t.Error(err)
				}
			})
		}
		for want := all.sofar() + 50; all.sofar() < want && !t.Failed(); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rand.N(100 * time.Millisecond)) // a random moment
		if err := p.end(syscall.SIGKILL); err == nil {
			t.Fatal("the program was not killed")
		}
		gone.Wait()
	}
	releaseLeases(t, at)
	p := start(t, dir, at)
	p.deliver(t)
	must(t, 0, p.end(syscall.SIGTERM))
	all.check(t, at)
	b.check(t, at, all.paid)
}

// payer creates and pays payments until the program is gone.
func (a *acknowledged) payer(p *program) error {
	user, err := p.person("payer", 1_000_000_000, "")
	var l *launched
	if err == nil {
		l, err = p.launch(user)
	}
	for err == nil {
		err = a.pay(p, l)
	}
	return err
}

// releaseLeases ends the leases of the killed processes, which last for 45 seconds on
// PostgreSQL. The package sendtest lets them pass.
func releaseLeases(t *testing.T, at place) {
	t.Helper()
	ctx, db, _ := openData(t, at)
	defer db.Close()
	must(t, 0, db.Write(ctx, func(tx *sqlstore.Tx) error {
		_, err := tx.Outbox().Release(ctx, time.Now().UnixMilli())
		return err
	}))
}

// deliver moves the clock until no notification is waiting, whenever none is due or being sent.
func (p *program) deliver(t *testing.T) {
	t.Helper()
	for looks, moves := 0, 0; moves < 60; looks++ {
		var left struct{ Notifications []waiting }
		must(t, 0, p.ask("GET", "/control/v1/notifications?state=waiting", "", nil, &left))
		if len(left.Notifications) == 0 {
			return
		}
		var clock struct{ Now int64 }
		must(t, 0, p.ask("GET", "/control/v1/clock", "", nil, &clock))
		if slices.ContainsFunc(firsts(left.Notifications), func(n waiting) bool { return n.moves(clock.Now) }) {
			time.Sleep(5 * time.Millisecond)
			if looks%2000 != 1999 { // more may be waiting than the list shows
				continue
			}
		}
		moves++
		must(t, 0, p.ask("POST", "/control/v1/clock", "", `{"advance":"27h"}`, nil))
	}
	t.Fatal("notifications are never delivered")
}

// waiting is a notification that is not delivered yet.
type waiting struct {
	Payment          string
	Number, Attempts int
	NextAt           int64 `json:"next_at"`
	Tries            []struct{ Attempt int }
}

// firsts returns the first waiting notification of each payment.
func firsts(all []waiting) (list []waiting) {
	least := map[string]int{}
	for _, n := range all {
		if first := least[n.Payment]; first == 0 || n.Number < first {
			least[n.Payment] = n.Number
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(n waiting) bool { return n.Number != least[n.Payment] })
}

// moves reports whether it is due or being sent.
func (w waiting) moves(now int64) bool {
	return w.NextAt <= now || (w.Attempts > 0 && (len(w.Tries) == 0 || w.Tries[len(w.Tries)-1].Attempt != w.Attempts))
}

// check compares the received notifications with the stored ones.
func (b *backend) check(t *testing.T, at place, paid []string) {
	t.Helper()
	ctx, db, _ := openData(t, at)
	defer db.Close()
	var list []notification.Notification
	must(t, 0, db.Read(ctx, func(tx *sqlstore.Tx) (err error) {
		list, err = tx.Notifications().List(ctx, notification.Filter{}, store.First(1<<30))
		return err
	}))
	kept := map[string]map[int]string{}
	for _, n := range list {
		if n.State != notification.Delivered || !b.taken[n.ExternalID()] {
			t.Errorf("%s is %s after %d tries, taken %v", n.ID, n.State, n.Attempts, b.taken[n.ExternalID()])
		}
		if kept[n.Payment] == nil {
			kept[n.Payment] = map[int]string{}
		}
		kept[n.Payment][n.Number] = string(n.Status)
	}
	for ref, told := range b.told {
		for i, status := range told {
			if kept[ref][i+1] != status {
				t.Errorf("payment %s: received %v, stored %v", ref, told, kept[ref])
			}
		}
	}
	for _, ref := range paid {
		if told := b.told[ref]; len(told) == 0 || told[len(told)-1] != "00" {
			t.Errorf("for an acknowledged payment, the backend received %v", told)
		}
	}
	t.Logf("%d payments, %d notifications, %d received", len(paid), len(list), len(b.taken))
}
