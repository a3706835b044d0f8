package programtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/storetest"
)

// Many callers use all operations at once. No request may fail with an internal
// error, and none may report a locked database. The long run has ten million
// requests.
func TestLoad(t *testing.T) { onBoth(t, testLoad) }

func testLoad(t *testing.T, at place) {
	p := start(t, folder(t, ""), at)
	must(t, 0, p.ask("PATCH", "/control/v1/answers", "", `{"consent":"allow"}`, nil))
	var requests, slowest atomic.Int64
	wanted := int64(1 << 60)
	until := time.Now().Add(time.Duration(storetest.Bar(8, 8)) * time.Second)
	if storetest.Long {
		wanted, until = 10_000_000, time.Now().Add(10*time.Hour)
	}
	together(48, func(i int) {
		m := &mix{program: p, random: rand.New(rand.NewPCG(uint64(i), 9)), i: i}
		var err error
		for requests.Load() < wanted && time.Now().Before(until) && err == nil {
			began := time.Now()
			var n int64
			if n, err = m.step(); err == nil {
				requests.Add(n)
			}
			if took := time.Since(began).Milliseconds(); took > slowest.Load() {
				slowest.Store(took)
			}
		}
		if err != nil {
			t.Errorf("caller %d: %v", i, err)
		}
	})
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Errorf("ending after the load: %v", err)
	}
	for _, bad := range []string{"locked", "another program", "ERROR", "panic"} {
		if log := p.stderr.String(); strings.Contains(log, bad) {
			t.Errorf("the log contains %q:\n%.2000s", bad, log)
		}
	}
	t.Logf("%d requests; the slowest step took %d ms", requests.Load(), slowest.Load())
}

// mix is a caller that uses all operations at random.
type mix struct {
	*program
	random *rand.Rand
	i      int
	user   string
	l      *launched
	token  string
}

// step performs one operation and returns the number of requests.
func (m *mix) step() (int64, error) {
	switch n := m.random.IntN(13); {
	case m.l == nil || n == 0:
		return 3, m.enter()
	case n < 4:
		return 2, m.login()
	case n < 6:
		if got := m.profile(m.token); m.token != "" && got != 200 {
			return 1, fmt.Errorf("the profile returned %d", got)
		}
		return 1, nil
	case n == 6:
		return 3, m.pay()
	case n == 7:
		return 1, m.decide(m.user, "wifi", []string{"given", "revoked"}[m.random.IntN(2)])
	case n == 8 && m.random.IntN(10) > 0: // all callers share the device, so its changes run one at a time
		return 2, m.login()
	case n == 8:
		return 1, m.ask("PATCH", "/control/v1/device", "", fmt.Sprintf(`{"model":"M%d"}`, m.i), nil)
	case n == 9:
		return 1, m.ask("PATCH", "/control/v1/users", "", map[string]any{"id": m.user, "balance": m.random.IntN(1_000_000)}, nil)
	case n == 10:
		return 1, m.ask("GET", "/control/v1/journal?limit=50", "", nil, nil)
	case n == 11:
		m.leave()
		return 1, nil
	default:
		_, err := m.l.call("getLocation", nil)
		return 1, err
	}
}

// leave starts an operation, and may disconnect before the answer.
func (m *mix) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(m.random.IntN(5000))*time.Microsecond)
	defer cancel()
	path, body := "/control/v1/payments", `{"amount":10}`
	switch m.random.IntN(3) {
	case 0:
		path, body = "/host/v1/launches/"+m.l.ID+"/calls", `{"method":"openDeeplink","params":{"deeplink":"gopay://home"}}`
	case 1:
		path, body = "/host/v1/launches", `{}`
	}
	r, err := http.NewRequestWithContext(ctx, "POST", m.api+path, strings.NewReader(body))
	if err != nil {
		return
	}
	r.Header.Set("Authorization", "Bearer "+m.l.Token)
	if answer, err := m.http.Do(r); err == nil {
		_ = answer.Body.Close()
	}
}

func (m *mix) enter() (err error) {
	if m.user == "" {
		if m.user, err = m.person(fmt.Sprint("caller ", m.i), 1_000_000, "5200130014001"); err != nil {
			return err
		}
	}
	if m.l != nil {
		if err := m.ask("DELETE", "/host/v1/launches/"+m.l.ID, "Bearer "+m.l.Token, nil, nil); err != nil {
			return err
		}
	}
	m.l, err = m.launch(m.user)
	return err
}

func (m *mix) login() error {
	code, err := m.l.code()
	if err != nil {
		return err
	}
	g, err := m.exchange(code, "")
	m.token = g.Data.Token
	return err
}

func (m *mix) pay() error {
	deeplink, _, err := m.order(10)
	if err != nil {
		return err
	}
	s, err := m.l.call("triggerPayment", map[string]string{"deeplink": deeplink})
	if err != nil || s.Ask == nil {
		return fmt.Errorf("triggerPayment: %+v, %w", s.Result, err)
	}
	if _, err = m.l.answer(s.Ask.ID, []string{"success", "pending", "cancelled"}[m.random.IntN(3)]); status(err) == 409 {
		return nil // insufficient funds
	}
	return err
}
