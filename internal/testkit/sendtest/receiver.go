package sendtest

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// take counts a copy that a receiver accepts, and checks that the first copies of a
// payment's notifications arrive in order.
func (r *record) take(t *testing.T, request notification.Request) {
	r.taken(t, externalID(request), request.Body)
}

func (r *record) taken(t *testing.T, id, body string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count(&r.copies, id); r.copies[id] > 1 {
		if r.bodies[id] != body {
			t.Errorf("two notifications have the id %s", id)
		}
		return
	}
	var told struct {
		Ref    string       `json:"originalReferenceNo"`
		Amount money.Rupiah `json:"amount"`
	}
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		t.Error(err)
	}
	if r.last == nil {
		r.last, r.bodies = map[string]int{}, map[string]string{}
	}
	if int(told.Amount) != r.last[told.Ref]+1 {
		t.Errorf("payment %s: number %d came after %d", told.Ref, told.Amount, r.last[told.Ref])
	}
	r.last[told.Ref], r.bodies[id] = int(told.Amount), body
}

// misdeed is one kind of misbehaviour.
type misdeed int

const (
	fails    misdeed = iota // 500
	cuts                    // accepts it, and closes the connection before responding
	dawdles                 // accepts it slowly
	sends3xx                // a redirect that is not followed
	babbles                 // a 200 with another body
	floods                  // a gigabyte
	behaves
)

// mischief is a receiver that misbehaves at random: it fails in 30 %, loses the
// response in 10 %, is slow in 10 %, and responds with nonsense in 3 %.
type mischief struct {
	t *testing.T
	record
	random *rand.Rand
	faults map[string]int // by id: no notification fails ten times
	lost   map[string]int // lost responses by id
}

func (m *mischief) choose(id string) misdeed {
	m.mu.Lock()
	defer m.mu.Unlock()
	did := behaves
	switch n := m.random.IntN(100); {
	case n < 30:
		did = fails
	case n < 40:
		did = cuts
	case n < 50:
		did = dawdles
	case n < 53:
		did = []misdeed{sends3xx, babbles, floods}[n-50]
	}
	if did != behaves && m.faults[id] >= notification.Tries-2 {
		did = behaves
	}
	if did != behaves && did != dawdles {
		m.faults[id]++
	}
	if did == cuts {
		m.lost[id]++
	}
	return did
}

func (m *mischief) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		m.t.Error(err)
	}
	id := r.Header.Get("X-External-Id")
	if r.URL.Path != notification.DefaultPath+"/"+r.Host || !signature.VerifyRSA(&signingKey().PublicKey, signature.Notification("POST", r.URL.Path, body, r.Header.Get("X-Timestamp")), r.Header.Get("X-Signature")) {
		m.t.Errorf("a notification that is not signed, at %s", r.URL)
	}
	did := m.choose(id)
	switch did {
	case fails:
		http.Error(w, "no", http.StatusInternalServerError)
		return
	case sends3xx:
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
		return
	case babbles:
		_, _ = io.WriteString(w, "<!doctype html>")
		return
	case floods:
		for chunk := strings.Repeat("x", 1<<16); err == nil; {
			_, err = io.WriteString(w, chunk)
		}
		return
	case dawdles:
		select {
		case <-time.After(10 * time.Millisecond):
		case <-r.Context().Done():
		}
	}
	m.taken(m.t, id, string(body))
	if did == cuts {
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(w, thanks)
}

// misbehaving checks that everything is delivered, that a notification is repeated
// only after a lost response, and that first copies are in order, always under one
// id.
func misbehaving(t *testing.T, open Open) {
	m := &mischief{t: t, random: rand.New(rand.NewPCG(7, 7)), faults: map[string]int{}, lost: map[string]int{}}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	server.Config.ErrorLog = nil
	client := outbound.New(outbound.Config{Loopback: true})
	t.Cleanup(client.Close)
	o := newOffice(t, open, client)
	events := 0
	const apps, each = 8, 5
	for i := range apps {
		name := string(rune('a' + i))
		host := strings.TrimPrefix(server.URL, "http://")
		o.receives(name, server.URL+notification.DefaultPath+"/"+host)
		events += o.queue(name, max(storetest.Trials(10_000, 1_000_000), storetest.Bar(5_000, 1_000_000))/apps/each, each)
	}
	began, tries := time.Now(), 0
	for range 4 * notification.Tries {
		tries += o.drain()
		o.Pass(25 * time.Hour)
	}
	t.Logf("%d notifications in %d tries, %s", events, tries, time.Since(began).Round(time.Millisecond))
	o.Same("delivered", o.states(), map[notification.State]int{notification.Delivered: events})
	o.Same("taken", len(m.copies), events)
	for id, n := range m.copies {
		if n > 1+m.lost[id] {
			t.Errorf("%s came %d times, though %d answers were lost", id, n, m.lost[id])
		}
	}
}
