package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/transfer"
)

type transfers struct{ run engine.Statements }

func (transfers) tables() []string { return []string{"transfers"} }

const transferColumns = `id, kind, payment, mini_app_id, user_id, amount, title, charge_id, partner_no, note, until, state, reason,
	attempts, next_at, created_at, ended_at`

func (s transfers) Insert(ctx context.Context, t transfer.Transfer) error {
	_, err := s.run.Exec(ctx, `INSERT INTO transfers (`+transferColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		t.ID, t.Kind, t.Payment, t.MiniAppID, t.UserID, t.Amount, t.Title, t.ChargeID, t.PartnerNo, t.Note, t.Until, t.State, t.Reason,
		t.Attempts, t.NextAt, t.CreatedAt, t.EndedAt)
	return err
}

func (s transfers) Get(ctx context.Context, id string) (t transfer.Transfer, found bool, err error) {
	err = s.run.One(ctx, readTransfer(&t), s.run.Locked(`SELECT `+transferColumns+` FROM transfers WHERE id = $1`), id)
	if errors.Is(err, sql.ErrNoRows) {
		return t, false, nil
	}
	return t, err == nil, err
}

func (s transfers) List(ctx context.Context, payment string) ([]transfer.Transfer, error) {
	return s.list(ctx, `SELECT `+transferColumns+` FROM transfers WHERE payment = $1 ORDER BY created_at, id`, payment)
}

func (s transfers) Due(ctx context.Context, now int64) (due bool, err error) {
	err = s.run.All(ctx, func(row engine.Row) error {
		var id string
		due = true
		return row.Scan(&id)
	}, `SELECT id FROM transfers WHERE state = 'sending' AND next_at <= $1 LIMIT 1`, now)
	return due, err
}

// Claim skips rows that another claim or Finish holds, so that it waits for none.
func (s transfers) Claim(ctx context.Context, now, until int64, limit int) ([]transfer.Transfer, error) {
	first := s.run.SkipLocked(`SELECT id FROM transfers WHERE state = 'sending' AND next_at <= $2 ORDER BY next_at LIMIT $3`)
	return s.list(ctx, `WITH first AS (`+first+`) UPDATE transfers SET attempts = attempts + 1, next_at = $1
		WHERE id IN (SELECT id FROM first) RETURNING `+transferColumns, until, now, limit)
}

func (s transfers) Postpone(ctx context.Context, t transfer.Transfer, next int64) error {
	_, err := s.run.Exec(ctx, `UPDATE transfers SET next_at = $1 WHERE id = $2 AND attempts = $3 AND state = 'sending'`, next, t.ID, t.Attempts)
	return err
}

func (s transfers) Finish(ctx context.Context, id string, o transfer.Outcome, at int64) (bool, error) {
	n, err := s.run.Exec(ctx, `UPDATE transfers SET state = $1, reason = $2, ended_at = $3 WHERE id = $4 AND state = 'sending'`, o.State, o.Reason, at, id)
	return n == 1, err
}

func (s transfers) Release(ctx context.Context, now int64) error {
	_, err := s.run.Exec(ctx, `UPDATE transfers SET next_at = $1 WHERE state = 'sending' AND next_at > $1`, now)
	return err
}

func (s transfers) list(ctx context.Context, query string, args ...any) (list []transfer.Transfer, err error) {
	err = s.run.All(ctx, func(row engine.Row) error {
		var t transfer.Transfer
		err := readTransfer(&t)(row)
		list = append(list, t)
		return err
	}, query, args...)
	return list, err
}

func readTransfer(t *transfer.Transfer) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&t.ID, &t.Kind, &t.Payment, &t.MiniAppID, &t.UserID, &t.Amount, &t.Title, &t.ChargeID, &t.PartnerNo, &t.Note, &t.Until,
			&t.State, &t.Reason, &t.Attempts, &t.NextAt, &t.CreatedAt, &t.EndedAt)
	}
}
