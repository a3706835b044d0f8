package stage

import (
	"context"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
)

type payments struct {
	payment.Store
	*fault
}

func (s payments) Insert(ctx context.Context, p payment.Payment) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, p)
}

func (s payments) Get(ctx context.Context, ref string) (v payment.Payment, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, ref)
}

func (s payments) List(ctx context.Context, p store.Page) (v []payment.Payment, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, p)
}

func (s payments) Due(ctx context.Context, now int64, limit int) (v []payment.Payment, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Due(ctx, now, limit)
}

func (s payments) Of(ctx context.Context, miniAppID, externalID string, via payment.Via) (v payment.Payment, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Of(ctx, miniAppID, externalID, via)
}

func (s payments) Unproved(ctx context.Context, shownUntil int64, limit int) (v []payment.Payment, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Unproved(ctx, shownUntil, limit)
}

func (s payments) Change(ctx context.Context, ref string, fn func(*payment.Payment) error) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Change(ctx, ref, fn)
}

func (s payments) InsertRefund(ctx context.Context, r payment.Refund) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.InsertRefund(ctx, r)
}

func (s payments) Refunds(ctx context.Context, refs ...string) (v []payment.Refund, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Refunds(ctx, refs...)
}

type notifications struct {
	notification.Store
	*fault
}

func (s notifications) Insert(ctx context.Context, n notification.Notification) (v int, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Insert(ctx, n)
}

func (s notifications) Get(ctx context.Context, id string) (v1 notification.Notification, v2 bool, err error) {
	if err := s.before(); err != nil {
		return v1, v2, err
	}
	return s.Store.Get(ctx, id)
}

func (s notifications) List(ctx context.Context, of notification.Filter, p store.Page) (v []notification.Notification, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, of, p)
}

func (s notifications) Deliveries(ctx context.Context, ids ...string) (v []notification.Delivery, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Deliveries(ctx, ids...)
}

func (s notifications) Again(ctx context.Context, id string, at int64) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Again(ctx, id, at)
}

func (s notifications) Gone(ctx context.Context, miniAppID string) (v string, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Gone(ctx, miniAppID)
}

func (s notifications) PutGone(ctx context.Context, miniAppID, url string) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.PutGone(ctx, miniAppID, url)
}

type outbox struct {
	notification.Outbox
	*fault
}

func (s outbox) Receivers(ctx context.Context, now notification.Moment) (v []string, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Outbox.Receivers(ctx, now)
}

func (s outbox) Claim(ctx context.Context, miniAppID string, now notification.Moment, until int64, limit int) (v []notification.Notification, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Outbox.Claim(ctx, miniAppID, now, until, limit)
}

func (s outbox) Failures(ctx context.Context, id string) (v int, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Outbox.Failures(ctx, id)
}

func (s outbox) Finish(ctx context.Context, d notification.Delivery, to notification.State, next, ended int64) (v bool, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Outbox.Finish(ctx, d, to, next, ended)
}

func (s outbox) Release(ctx context.Context, now int64) (v int64, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Outbox.Release(ctx, now)
}

type proofs struct {
	notification.Prover
	*fault
}

func (s proofs) Prove(ctx context.Context, paymentRef string, at int64) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Prover.Prove(ctx, paymentRef, at)
}
