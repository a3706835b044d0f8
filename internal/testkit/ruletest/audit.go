package ruletest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

// look checks the invariants of any moment; one hand at a time does so.
func (m *market) look() {
	if !m.watch.TryLock() {
		return
	}
	defer m.watch.Unlock()
	m.check(m.DB.Read(m.Ctx, func(tx Tx) error {
		list, err := tx.Payments().List(m.Ctx, store.First(40))
		if err != nil {
			return err
		}
		for _, p := range list {
			if before := m.seen[p.Ref]; before.Final() && before != "" && before != p.State {
				m.T.Errorf("seed %d: payment %s was %s and is %s", m.seed, p.Ref, before, p.State)
			}
			m.seen[p.Ref] = p.State
		}
		open, err := tx.Asks().Due(m.Ctx, 1<<60, 1<<20) // one statement reads one state of the database
		holds := map[string]int{}
		for _, a := range open {
			if holds[a.Subject]++; holds[a.Subject] > 1 {
				m.T.Errorf("seed %d: payment %s has %d sheets open", m.seed, a.Subject, holds[a.Subject])
			}
		}
		return err
	}))
}

func (w *world) balanceOf(userID string) (balance money.Rupiah) {
	w.Read(func(tx Tx) error {
		u, err := tx.Users().Get(w.Ctx, userID)
		balance = u.Balance
		return err
	})
	return balance
}

// audit compares every payment with its sheets, its charge, its answers and its
// journal.
func (m *market) audit() {
	var list []payment.Payment
	sheets, charges, ends := map[string]string{}, map[string][]wallet.Entry{}, map[string]int{}
	m.Read(func(tx Tx) (err error) {
		if list, err = tx.Payments().List(m.Ctx, store.First(1<<20)); err != nil {
			return err
		}
		open, err := tx.Asks().Due(m.Ctx, 1<<60, 1<<20)
		for _, a := range open {
			sheets[a.Subject] = a.ID
		}
		for _, u := range m.people {
			booked, err := tx.Wallets().List(m.Ctx, u.ID, store.First(1<<20))
			m.Must(err)
			for _, e := range booked {
				charges[e.Payment] = append(charges[e.Payment], e)
			}
		}
		return err
	})
	saved, err := m.DB.Keeper.LoadJournal(m.Ctx, store.First(1<<20))
	m.Must(err)
	for _, e := range saved {
		var detail struct{ State payment.State }
		if e.Kind == journal.Payment && json.Unmarshal(e.Detail, &detail) == nil && detail.State != "" && detail.State.Final() {
			ends[e.Payment]++
		}
	}
	m.Same("the number of payments", len(list), len(m.refs))
	for _, p := range list {
		for what, wrong := range map[string]bool{
			"is charged wrongly":            !charged(p, charges[p.Ref], m.RefundsOf(p.Ref)),
			"is not what the backend knows": !m.back.remembered(p, m.RefundsOf(p.Ref)),
			"names a sheet that is not its": sheets[p.Ref] != p.SheetAsk,
			"is settled at a wrong time":    p.State.Final() != (p.SettledAt != 0) || (p.State == payment.Paid && p.SettledAt >= p.ExpiresAt),
			"is not what its answers said":  !answered(p, m.done[p.Ref]),
			"ends in the journal wrongly":   ends[p.Ref] > 1 || p.State.Final() != (ends[p.Ref] == 1),
			"is notified wrongly":           !m.notifiedOf(p, len(m.RefundsOf(p.Ref)), m.Notices(p.Ref)),
		} {
			if wrong {
				m.T.Errorf("seed %d: a payment %s: %+v\nsheet %q, charges %+v, answers %q, told its end %d times",
					m.seed, what, p, sheets[p.Ref], charges[p.Ref], m.done[p.Ref], ends[p.Ref])
			}
		}
	}
}

// charged reports whether a payment has exactly one charge if it is paid, otherwise
// none, and exactly one movement for each of its refunds.
func charged(p payment.Payment, entries []wallet.Entry, refunds []payment.Refund) bool {
	want := map[string]money.Rupiah{}
	if p.State == payment.Paid {
		want[wallet.CausePaid] = -p.Amount
	}
	for _, r := range refunds {
		want[r.No] = r.Amount
	}
	for _, e := range entries {
		if e.Amount != want[e.Cause] || e.Amount == 0 || e.UserID != p.UserID || e.Unit != wallet.Rupiah {
			return false
		}
		delete(want, e.Cause)
	}
	return len(want) == 0
}

// answered reports whether at most one answer settled a payment, with its final
// state.
func answered(p payment.Payment, statuses []payment.Status) bool {
	settled := slices.DeleteFunc(slices.Clone(statuses), func(s payment.Status) bool { return s == payment.StatusPending })
	return len(settled) == 0 || (len(settled) == 1 && settled[0] == p.State.Status())
}

// notifiedOf reports whether a payment has one notification for each of its states
// and refunds, in order. Of a mini app without an address, it has none.
func (m *market) notifiedOf(p payment.Payment, refunds int, list []notification.Notification) bool {
	if m.silent {
		return len(list) == 0
	}
	var told []notification.Status
	for i, n := range list {
		if n.Number != i+1 || !strings.Contains(n.Body, `"latestTransactionStatus":"`+string(n.Status)+`"`) {
			return false
		}
		told = append(told, n.Status)
	}
	want := [][]notification.Status{{notification.Pending}, {notification.Pending, notification.Pending}}
	if p.State.Final() {
		first := p
		first.Refunded = 0 // without the later refunds
		end := append([]notification.Status{first.Latest()}, slices.Repeat([]notification.Status{notification.Refunded}, refunds)...)
		want = [][]notification.Status{append(want[0], end...), append(want[1], end...)}
	}
	return slices.ContainsFunc(want, func(one []notification.Status) bool { return slices.Equal(told, one) })
}
