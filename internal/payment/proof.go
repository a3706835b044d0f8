package payment

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
)

// What a page is told of a payment proves nothing: a page can say what it
// likes to its backend. A backend that gives out goods has asked for the
// status, or has taken a notification (miniapp-faq).

// Status gives a payment as it stands, with its refunds, to its mini app's
// backend; that the backend has asked is kept. One whose time has passed is
// expired, whether or not a sweep has ended it yet.
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

// Proved keeps that the mini app's backend has learned that a payment is
// paid: it asked, or took the notification. The first time counts.
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

// Shown keeps that the mini app's page was told that a payment is paid. The
// first time counts.
func (s *Service) Shown(ctx context.Context, tx Tx, ref string) error {
	return tx.Payments().Change(ctx, ref, func(p *Payment) error {
		if p.State == Paid && p.ShownAt == 0 {
			p.ShownAt = s.Clock.Now().UnixMilli()
		}
		return nil
	})
}

// Patience is how long after the page a backend may take to learn of a
// payment before the journal warns.
const Patience = 30 * time.Second

// Warn warns in the journal, once for each, of payments whose page was told
// that they are paid while the backend that made them never made sure. It
// warns of at most a hundred a call, and gives how many.
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
