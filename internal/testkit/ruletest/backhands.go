package ruletest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// backend is the knowledge of the mini app's backend: the model with which the
// database is compared.
type backend struct {
	orders    map[string]string                  // X-EXTERNAL-ID → its answer
	cancelled map[string]int                     // by reference: how often cancelling succeeded
	refunds   map[string]map[string]money.Rupiah // by reference: number → amount of each refund that succeeded
}

func newBackend() backend {
	return backend{map[string]string{}, map[string]int{}, map[string]map[string]money.Rupiah{}}
}

// byBackend runs one action of a mini app's backend.
func (m *market) byBackend(random *rand.Rand) {
	switch n := random.IntN(10); {
	case n < 3:
		m.order(random)
	case n < 5:
		m.cancel(random)
	case n < 9:
		m.refund(random)
	default:
		m.asks(random)
	}
}

// order creates a payment under one of a few X-EXTERNAL-IDs, so that hands often
// collide. Each id creates one payment, and all of them get its answer.
func (m *market) order(random *rand.Rand) {
	id := fmt.Sprint("order ", random.IntN(40))
	amount, other := money.Rupiah(1+len(id)*1000), random.IntN(8) == 0
	body := fmt.Sprint(id, other)
	r := request.Of(m.app.ID, id, "payment-host-to-host", []byte(body), m.Clock.Now())
	r.Space = request.ExternalID
	kept, _, err := request.Once(m.Ctx, m.payments.DB, r, func(tx payment.Tx) (string, []byte, error) {
		p, err := m.payments.Make(m.Ctx, tx, payment.Order{
			MiniAppID: m.app.ID, Via: payment.BySnap, ExternalID: id, Amount: amount, Title: "kopi", Life: time.Minute,
		})
		return p.Ref, []byte(body + " " + p.Ref), err
	})
	if err != nil {
		m.refusal("ordering", err, problem.KeyReused)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := m.back.orders[id]; ok && first != string(kept.Answer) {
		m.T.Errorf("seed %d: %s was answered %q, then %q", m.seed, id, first, kept.Answer)
	} else if !ok {
		m.refs = append(m.refs, kept.Subject)
	}
	if m.back.orders[id] = string(kept.Answer); !strings.HasSuffix(string(kept.Answer), kept.Subject) {
		m.T.Errorf("seed %d: the answer %q is not of %s", m.seed, kept.Answer, kept.Subject)
	}
}

func (m *market) cancel(random *rand.Rand) {
	ref, ok := pick(m, random, &m.refs)
	if !ok {
		return
	}
	if err := m.takesBack(ref, request.Of(m.app.ID, "", "cancel", nil, m.Clock.Now())); err != nil {
		m.refusal("cancelling", err, problem.PaymentFinal)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.back.cancelled[ref]++
}

// refund refunds a part, all, or too much of a payment, sometimes under a number that
// another hand also uses.
func (m *market) refund(random *rand.Rand) {
	ref, ok := pick(m, random, &m.refs)
	if !ok {
		return
	}
	want := payment.Return{Amount: money.Rupiah(random.IntN(6_000))}
	if random.IntN(2) == 0 {
		want.PartnerNo = fmt.Sprint("back ", random.IntN(3))
	}
	var r payment.Refund
	err := m.payments.DB.Write(m.Ctx, func(tx payment.Tx) (err error) {
		_, r, err = m.payments.Refund(m.Ctx, tx, payment.Original{MiniAppID: m.app.ID, Ref: ref}, want)
		return err
	})
	if err != nil {
		m.refusal("refunding", err, problem.NotRefundable, problem.RefundExceeds)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.back.refunds[ref] == nil {
		m.back.refunds[ref] = map[string]money.Rupiah{}
	}
	m.back.refunds[ref][r.No] = r.Amount
}

// asks reads the state of a payment; a final state never changes.
func (m *market) asks(random *rand.Rand) {
	ref, ok := pick(m, random, &m.refs)
	if !ok {
		return
	}
	p, refunds, err := m.payments.Status(m.Ctx, payment.Original{MiniAppID: m.app.ID, Ref: ref})
	m.check(err)
	var sum money.Rupiah
	for _, r := range refunds {
		sum += r.Amount
	}
	if sum > p.Amount || p.Refunded > p.Amount || len(refunds) > 0 && p.State != payment.Paid {
		m.T.Errorf("seed %d: asked, a payment is %+v with the refunds %+v", m.seed, p, refunds)
	}
}

// refusal checks that an error is one of the possible refusals.
func (m *market) refusal(what string, err error, codes ...problem.Code) {
	m.T.Helper()
	if !problem.Is(err, codes...) {
		m.T.Errorf("seed %d: %s gave %v", m.seed, what, err)
	}
}

// remembered reports whether a payment agrees with the backend's answers: cancelled
// at most once, and refunded by the sum of its refunds.
func (b backend) remembered(p payment.Payment, refunds []payment.Refund) bool {
	told := b.refunds[p.Ref]
	var sum money.Rupiah
	for _, r := range refunds {
		if told[r.No] != r.Amount {
			return false
		}
		sum += r.Amount
	}
	cancelled := b.cancelled[p.Ref]
	return len(told) == len(refunds) && sum == p.Refunded && sum <= p.Amount && cancelled <= 1 && (cancelled == 0 || p.State == payment.Cancelled)
}
