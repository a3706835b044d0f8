package ruletest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// payments runs random actions on payments with eight concurrent hands, and checks
// the invariants of every payment:
//
//   - it is paid once or not at all, and paid exactly when a wallet was charged;
//   - its refunds never exceed its amount, go to the wallet that paid, and agree with
//     the answers to the backend;
//   - a final state never changes;
//   - an X-EXTERNAL-ID makes one payment, and has one answer;
//   - it has at most one sheet open;
//   - a wallet is the sum of its entries, and never below zero;
//   - the journal has each of its states, a final one once.
func payments(t *testing.T, open Open) {
	t.Run("random hands", func(t *testing.T) {
		t.Parallel()
		for round := range max(storetest.Trials(22, 2000), storetest.Bar(11, 2000)) { // of 960 steps each
			newMarket(t, open, uint64(round)).run(120)
		}
	})
	t.Run("lives and warnings", func(t *testing.T) {
		t.Parallel()
		paymentLives(newWorld(t, open))
		paymentWarnings(newWorld(t, open))
	})
	t.Run("orders that race under one id", func(t *testing.T) {
		t.Parallel()
		ordersRace(newWorld(t, open), storetest.Bar(1000, 100_000))
	})
	t.Run("refunds that race past the total", func(t *testing.T) {
		t.Parallel()
		refundsRace(newWorld(t, open), storetest.Trials(20, 500))
	})
	t.Run("cancelling while the user pays", func(t *testing.T) {
		t.Parallel()
		cancelRaces(newWorld(t, open), storetest.Trials(20, 500))
	})
	t.Run("outcomes of a charge that race", func(t *testing.T) {
		t.Parallel()
		chargesRace(newWorld(t, open), storetest.Trials(20, 500))
	})
	t.Run("a payment is paid once, by its sheet or on its page", func(t *testing.T) {
		t.Parallel()
		pageRaces(newWorld(t, open), storetest.Trials(20, 500))
		pagesRace(newWorld(t, open), storetest.Trials(5, 100))
	})
}

// market is a world in which all actions run concurrently.
type market struct {
	*world
	seed     uint64
	silent   bool // the mini app has no address for notifications
	app      miniapp.App
	people   []user.User
	launches []string

	watch sync.Mutex // locked by the hand that looks
	seen  map[string]payment.State

	mu     sync.Mutex
	refs   []string
	sheets []sheet
	done   map[string][]payment.Status // by reference: the statuses in the answers
	back   backend
}

func newMarket(t *testing.T, open Open, seed uint64) *market {
	m := &market{world: newWorld(t, open), seed: seed, done: map[string][]payment.Status{}, seen: map[string]payment.State{}, back: newBackend()}
	m.app = m.world.App("kopi")
	if m.silent = seed%2 == 1; m.silent {
		m.payments.Addressed = func(miniapp.App) bool { return false }
	}
	for i := range 3 {
		u := m.person(fmt.Sprint("user ", i), money.Rupiah(50_000*i))
		m.people = append(m.people, u)
		m.launches = append(m.launches, m.Launched(m.app, u), m.Launched(m.app, u))
	}
	return m
}

func (m *market) run(steps int) {
	m.T.Helper()
	storetest.Together(8, func(hand int) {
		random := rand.New(rand.NewPCG(m.seed, uint64(hand)))
		for range steps {
			m.step(random)
			if random.IntN(8) == 0 {
				m.look()
			}
		}
	})
	m.look()
	m.sweep() // an expired payment may have left an expired sheet
	m.audit()
	for _, u := range m.people {
		m.Balanced(u.ID, m.balanceOf(u.ID))
	}
}

// step runs one action.
func (m *market) step(random *rand.Rand) {
	switch n := random.IntN(30); {
	case n >= 20:
		m.byBackend(random)
	case n < 3:
		m.create(random)
	case n < 8:
		m.trigger(random)
	case n < 16:
		m.answerOne(random)
	case n < 17:
		m.sweep()
	case n < 18:
		m.check(m.Clock.Advance(time.Duration(1+random.IntN(20)) * time.Second))
	case n < 19:
		balance := money.Rupiah(random.IntN(100_000))
		_, err := m.world.people.Change(m.Ctx, m.people[random.IntN(len(m.people))].ID, user.Change{Balance: &balance})
		m.check(err)
	default:
		m.reopen(random)
	}
}

func (m *market) check(err error) {
	m.T.Helper()
	if err != nil {
		m.T.Errorf("seed %d: %v", m.seed, err)
	}
}

func (m *market) create(random *rand.Rand) {
	life := payment.MinLife + time.Duration(random.IntN(300))*time.Second
	p, err := m.payments.Create(m.Ctx, payment.Order{MiniAppID: m.app.ID, Amount: money.Rupiah(1 + random.IntN(30_000)), Title: "kopi", Life: life})
	m.check(err)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refs = append(m.refs, p.Ref)
}

// pick returns an item of a list to which other hands append.
func pick[T any](m *market, random *rand.Rand, list *[]T) (one T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(*list) == 0 {
		return one, false
	}
	newest := max(0, len(*list)-8) // prefer the newest, where hands collide most
	if random.IntN(4) == 0 {
		newest = 0
	}
	return (*list)[newest+random.IntN(len(*list)-newest)], true
}

func (m *market) trigger(random *rand.Rand) {
	ref, ok := pick(m, random, &m.refs)
	if !ok {
		return
	}
	launchID, _ := pick(m, random, &m.launches)
	params, err := json.Marshal(map[string]string{"deeplink": payment.Deeplink(ref)})
	m.check(err)
	reply := m.engine.Call(m.Ctx, launchID, "triggerPayment", params)
	switch {
	case reply.Ask != nil:
		m.mu.Lock()
		m.sheets = append(m.sheets, sheet{launch: launchID, ask: *reply.Ask})
		m.mu.Unlock()
	case reply.Result.Error != nil && !slices.Contains([]jsapi.ErrorCode{202, 203}, reply.Result.Error.Code):
		m.T.Errorf("seed %d: triggerPayment gave %+v", m.seed, reply.Result.Error)
	}
}

func (m *market) answerOne(random *rand.Rand) {
	one, ok := pick(m, random, &m.sheets)
	if !ok {
		return
	}
	answer := []string{"success", "success", "cancelled", "failed", "pending"}[random.IntN(5)]
	reply, err := m.engine.Answer(m.Ctx, one.launch, one.ask.ID, fmt.Appendf(nil, `{"answer":%q}`, answer))
	if err != nil {
		if !problem.Is(err, problem.AskAnswered, problem.AskExpired, problem.InsufficientFunds) {
			m.T.Errorf("seed %d: answering %s gave %v", m.seed, answer, err)
		}
		return
	}
	var result struct {
		Data struct{ Status payment.Status }
	}
	m.check(json.Unmarshal(reply.Result.JSON, &result))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done[one.ask.Subject] = append(m.done[one.ask.Subject], result.Data.Status)
}

func (m *market) sweep() {
	_, err := m.engine.Sweep(m.Ctx)
	m.check(err)
	_, err = m.payments.Sweep(m.Ctx)
	m.check(err)
}

// reopen ends a launch and opens a new one.
func (m *market) reopen(random *rand.Rand) {
	u := m.people[random.IntN(len(m.people))]
	fresh := m.Launched(m.app, u)
	m.mu.Lock()
	at := random.IntN(len(m.launches))
	old := m.launches[at]
	m.launches[at] = fresh
	m.mu.Unlock()
	m.check(m.engine.End(m.Ctx, old, "closed"))
}
