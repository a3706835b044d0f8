package programtest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/storetest"
)

// acknowledged records the operations that the program has acknowledged.
type acknowledged struct {
	mu       sync.Mutex
	tokens   []string
	codes    []string            // issued, not redeemed
	paid     []string            // references of paid payments
	consents map[string][]string // by user: the states in order
}

func (a *acknowledged) note(fn func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	fn()
}

func (a *acknowledged) count() int {
	n := len(a.tokens) + len(a.codes) + len(a.paid)
	for _, states := range a.consents {
		n += len(states)
	}
	return n
}

// writer logs in, changes consents, pays and gets codes until the program is gone.
func (a *acknowledged) writer(p *program, name string) error {
	user, err := p.person(name, 1_000_000_000, "5200130014001")
	if err == nil {
		err = p.decide(user, "profile", "given")
	}
	var l *launched
	if err == nil {
		err = p.ask("PATCH", "/control/v1/answers", "", `{"consent":"allow"}`, nil)
	}
	if err == nil {
		l, err = p.launch(user)
	}
	for i := 0; err == nil; i++ {
		switch i % 4 {
		case 0:
			err = a.login(p, l)
		case 1:
			state := []string{"given", "revoked"}[(i/4)%2]
			if err = p.decide(user, "location", state); err == nil {
				a.note(func() { a.consents[user] = append(a.consents[user], state) })
			}
		case 2:
			var code string
			if code, err = l.code(); err == nil {
				a.note(func() { a.codes = append(a.codes, code) })
			}
		default:
			err = a.pay(p, l)
		}
	}
	return err
}

// redeem redeems the codes that were issued before the kill.
func (a *acknowledged) redeem(t *testing.T, p *program) {
	t.Helper()
	codes := a.codes
	a.codes = nil
	together(8, func(i int) {
		for ; i < len(codes); i += 8 {
			g, err := p.exchange(codes[i], "")
			if err != nil {
				t.Errorf("a code issued before the kill: %v", err)
				continue
			}
			a.note(func() { a.tokens = append(a.tokens, g.Data.Token) })
		}
	})
}

func (a *acknowledged) login(p *program, l *launched) error {
	code, err := l.code()
	if err != nil {
		return err
	}
	g, err := p.exchange(code, "")
	if err == nil {
		a.note(func() { a.tokens = append(a.tokens, g.Data.Token) })
	}
	return err
}

func (a *acknowledged) pay(p *program, l *launched) error {
	deeplink, ref, err := p.order(100)
	if err != nil {
		return err
	}
	s, err := l.call("triggerPayment", map[string]string{"deeplink": deeplink})
	if err != nil {
		return err
	}
	if s.Ask == nil {
		return fmt.Errorf("triggerPayment: %+v", s.Result)
	}
	if s, err = l.answer(s.Ask.ID, "success"); err == nil && s.text("status") == "success" {
		a.note(func() { a.paid = append(a.paid, ref) })
	}
	return err
}

// After a kill at a random moment under many writers, acknowledged data is stored,
// and no operation is stored partially.
func TestKill(t *testing.T) { onBoth(t, testKill) }

func testKill(t *testing.T, at place) {
	dir := folder(t, "")
	all := &acknowledged{consents: map[string][]string{}}
	for round := range storetest.Bar(5, 500) {
		p := start(t, dir, at)
		all.redeem(t, p)
		writers := []int{16, 32, 64}[round%3]
		var gone sync.WaitGroup
		for w := range writers {
			gone.Go(func() {
				if err := all.writer(p, fmt.Sprintf("writer %d/%d", round, w)); status(err) != 0 {
					t.Errorf("round %d: %v", round, err) // a wrong answer
				}
			})
		}
		for want := all.sofar() + 100; all.sofar() < want && !t.Failed(); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rand.N(700 * time.Millisecond)) // a random moment
		if err := p.end(syscall.SIGKILL); err == nil {
			t.Fatal("the program was not killed")
		}
		gone.Wait()
		if round%5 == 4 || t.Failed() {
			all.check(t, at)
		}
	}
	all.check(t, at)
	p := start(t, dir, at)
	all.redeem(t, p)
	for _, token := range all.tokens[max(0, len(all.tokens)-200):] {
		if got := p.profile(token); got != 200 {
			t.Fatalf("an acknowledged token gets %d after the restarts", got)
		}
	}
	t.Logf("%d acknowledged: %d tokens, %d payments, the others consents", all.count(), len(all.tokens), len(all.paid))
}

func TestKill_ends_the_command_of_the_mini_app(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux can end a child with its killed parent")
	}
	t.Parallel()
	pid := filepath.Join(t.TempDir(), "pid")
	p := start(t, folder(t, fmt.Sprintf(`,"dev":{"command":%q}`, os.Args[0])), place{data: t.TempDir()}, miniServerVariable+"="+pid)
	mini := processIn(t, pid)
	if err := p.end(syscall.SIGKILL); err == nil {
		t.Fatal("the program was not killed")
	}
	for deadline := time.Now().Add(patience); lives(mini); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the mini app's command, process %d, still runs", mini)
		}
	}
}
