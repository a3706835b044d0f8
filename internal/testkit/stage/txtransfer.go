package stage

import (
	"context"

	"github.com/selasar/selasar/internal/transfer"
)

type transfers struct {
	transfer.Store
	*fault
}

func (s transfers) Insert(ctx context.Context, t transfer.Transfer) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, t)
}

func (s transfers) Get(ctx context.Context, id string) (t transfer.Transfer, found bool, err error) {
	if err := s.before(); err != nil {
		return t, false, err
	}
	return s.Store.Get(ctx, id)
}

func (s transfers) List(ctx context.Context, payment string) ([]transfer.Transfer, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Store.List(ctx, payment)
}

func (s transfers) Claim(ctx context.Context, now, until int64, limit int) ([]transfer.Transfer, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Store.Claim(ctx, now, until, limit)
}

func (s transfers) Postpone(ctx context.Context, t transfer.Transfer, next int64) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Postpone(ctx, t, next)
}

func (s transfers) Finish(ctx context.Context, id string, o transfer.Outcome, at int64) (bool, error) {
	if err := s.before(); err != nil {
		return false, err
	}
	return s.Store.Finish(ctx, id, o, at)
}
