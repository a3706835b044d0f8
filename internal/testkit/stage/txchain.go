package stage

import (
	"context"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/store"
)

// Audit returns the store of the audit log, with the stage's fault.
func (tx *Tx) Audit() audit.Store { return auditLog{tx.Tx.Audit(), tx.fault} }

type auditLog struct {
	audit.Store
	*fault
}

func (s auditLog) Insert(ctx context.Context, e audit.Entry) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, e)
}

func (s auditLog) List(ctx context.Context, of audit.Filter, p store.Page) ([]audit.Entry, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Store.List(ctx, of, p)
}

func (s auditLog) ListFrom(ctx context.Context, number int64, limit int) ([]audit.Entry, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Store.ListFrom(ctx, number, limit)
}

func (s auditLog) Heads(ctx context.Context) ([]chain.Head, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Store.Heads(ctx)
}
