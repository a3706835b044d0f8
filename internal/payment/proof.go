package payment

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
)

// The result in a page proves nothing, because a page can send anything to its
// backend. Before a backend delivers goods, it must ask for the status or receive a
// notification (miniapp-faq).

// Status returns a payment with its refunds to its mini app's backend, and records
// that the backend asked. A payment whose time has passed is returned as expired,
// also before a sweep ends it.
func (s *Service) Status(ctx context.Context, of Original) (p Payment, refunds []Refund, err error) {
	err = s.DB.Read(ctx, func(tx Tx) error {
		if p, err = of.find(ctx, tx); err != nil {
			return err
		}
		refunds = nil
		if p.Refunded > 0 {
			refunds, err = tx.Payments().Refunds(ctx, p.Ref)
		}
		return err
	})
	if err != nil {
		return Payment{}, nil, err
	}
	s.expire(&p)
	if p.State == Paid && p.ProvedAt == 0 {
		err = s.Proved(ctx, p.Ref)
	}
	return p, refunds, err
}

// Proved records that the mini app's backend learned that a payment is paid, by a
// status request or a notification. Only the first time is recorded.
func (s *Service) Proved(ctx context.Context, ref string) error {
	return s.DB.Write(ctx, func(tx Tx) error {
		return tx.Payments().Change(ctx, ref, func(p *Payment) error {
			if p.State == Paid && p.ProvedAt == 0 {
				p.ProvedAt = s.Clock.Now().UnixMilli()
			}
			return nil
		})
	})
}

// Shown records that the mini app's page learned that a payment is paid. Only the
// first time is recorded.
func (s *Service) Shown(ctx context.Context, tx Tx, ref string) error {
	return tx.Payments().Change(ctx, ref, func(p *Payment) error {
		if p.State == Paid && p.ShownAt == 0 {
			p.ShownAt = s.Clock.Now().UnixMilli()
		}
		return nil
	})
}

// Patience is how much later than its page a backend may learn of a payment before
// the journal warns.
const Patience = 30 * time.Second

// Warn writes a warning to the journal for each payment that only the page knows to
// be paid. It warns once per payment, for at most a hundred payments per call, and
// returns the number of warnings.
func (s *Service) Warn(ctx context.Context) (warned int, err error) {
	err = s.DB.Write(ctx, func(tx Tx) error {
		warned = 0
		list, err := tx.Payments().Unproved(ctx, s.Clock.Now().Add(-Patience).UnixMilli(), atOnce)
		if err != nil {
			return err
		}
		for _, p := range list {
			fresh, err := s.warn(ctx, tx, p)
			if err != nil {
				return err
			}
			if fresh {
				warned++
			}
		}
		return nil
	})
	return warned, err
}

func (s *Service) warn(ctx context.Context, tx Tx, p Payment) (fresh bool, err error) {
	err = tx.Payments().Change(ctx, p.Ref, func(kept *Payment) error {
		if fresh = kept.ProvedAt == 0 && kept.WarnedAt == 0; fresh {
			kept.WarnedAt = s.Clock.Now().UnixMilli()
		}
		return nil
	})
	if err != nil || !fresh {
		return fresh, err
	}
	return true, tx.Journal().Append(ctx, event.PaymentUnproved.Entry(
		event.Scope{MiniAppID: p.MiniAppID, UserID: p.UserID, Payment: p.Ref},
		event.Unproved{ReferenceNo: p.Ref, AfterMS: Patience.Milliseconds()},
	))
}
