package stage

import (
	"context"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/store"
)

// Ledger returns the ledger of consents, with the stage's fault.
func (tx *Tx) Ledger() consent.Ledger { return ledger{tx.Tx.Ledger(), tx.fault} }

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

type ledger struct {
	consent.Ledger
	*fault
}

func (s ledger) ListRows(ctx context.Context, userID string, p store.Page) ([]consent.Row, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Ledger.ListRows(ctx, userID, p)
}

func (s ledger) GetRow(ctx context.Context, id string) (r consent.Row, err error) {
	if err := s.before(); err != nil {
		return r, err
	}
	return s.Ledger.GetRow(ctx, id)
}

func (s ledger) ListUsers(ctx context.Context, miniAppID string, p store.Page) ([]string, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Ledger.ListUsers(ctx, miniAppID, p)
}

func (s ledger) Erase(ctx context.Context, before, after consent.Row) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Ledger.Erase(ctx, before, after)
}

func (s ledger) ListFrom(ctx context.Context, from chain.Link, limit int) ([]consent.Row, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Ledger.ListFrom(ctx, from, limit)
}

func (s ledger) Heads(ctx context.Context) ([]chain.Head, error) {
	if err := s.before(); err != nil {
		return nil, err
	}
	return s.Ledger.Heads(ctx)
}
