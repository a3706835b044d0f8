package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

// forgottenAtOnce is the largest number of rows that one transaction deletes. Other
// writers wait for it, and for a million rows they would wait half a minute.
const forgottenAtOnce = 500

// Prune deletes old rows in small transactions.
func (db *DB) Prune(ctx context.Context, keep store.Kept) error {
	err := errors.Join(db.forgetEntries(ctx, keep.Entries), db.forgetNotifications(ctx, keep.Notifications))
	for _, one := range []struct {
		query string
		until int64
	}{
		{`DELETE FROM requests WHERE (mini_app_id, space, request_id) IN
			(SELECT mini_app_id, space, request_id FROM requests WHERE at <= $1 ORDER BY at LIMIT $2)`, keep.Requests},
		{`DELETE FROM asks WHERE id IN (SELECT id FROM asks WHERE state <> 'open' AND answered_at <= $1 ORDER BY answered_at LIMIT $2)`, keep.Asks},
		{`DELETE FROM auth_tokens WHERE id IN
			(SELECT id FROM auth_tokens WHERE revoked_at > 0 AND revoked_at <= $1 ORDER BY revoked_at LIMIT $2)`, keep.AuthTokens},
		{`DELETE FROM bank_tokens WHERE id IN (SELECT id FROM bank_tokens WHERE spent_at <= $1 ORDER BY spent_at LIMIT $2)`, keep.BankTokens},
		{`DELETE FROM messages WHERE id IN
			(SELECT id FROM messages WHERE removed_at > 0 AND removed_at <= $1 ORDER BY removed_at LIMIT $2)`, keep.Messages},
		{`DELETE FROM blobs WHERE id IN (SELECT id FROM blobs WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`, keep.Blobs},
	} {
		err = errors.Join(err, db.forget(ctx, one.query, one.until))
	}
	return err
}

// forgetEntries deletes all but the newest entries of the journal.
func (db *DB) forgetEntries(ctx context.Context, keep int) error {
	if keep == 0 {
		return nil
	}
	var oldest string // the oldest entry that stays
	err := db.reads.One(ctx, func(row engine.Row) error { return row.Scan(&oldest) },
		`SELECT id FROM journal ORDER BY id DESC LIMIT 1 OFFSET $1`, keep)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return db.forget(ctx, `DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE id < $1 ORDER BY id LIMIT $2)`, oldest)
}

// forgetNotifications deletes the notifications that ended until the given time, each
// with its tries.
func (db *DB) forgetNotifications(ctx context.Context, until int64) error {
	return db.forgetInSteps(ctx, forgottenAtOnce/notification.Tries, func(tx *Tx, most int) (int64, error) {
		var ids []string
		err := tx.run.All(ctx, func(row engine.Row) error {
			var id string
			err := row.Scan(&id)
			ids = append(ids, id)
			return err
		}, tx.run.SkipLocked(`SELECT id FROM notifications WHERE state <> 'waiting' AND ended_at <= $1 ORDER BY ended_at LIMIT $2`), until, most)
		for _, id := range ids {
			for _, query := range []string{`DELETE FROM deliveries WHERE notification_id = $1`, `DELETE FROM notifications WHERE id = $1`} {
				if err == nil {
					_, err = tx.run.Exec(ctx, query, id)
				}
			}
		}
		return int64(len(ids)), err
	})
}

// forget repeats a statement that deletes a limited number of rows, until fewer remain.
func (db *DB) forget(ctx context.Context, query string, bound any) error {
	return db.forgetInSteps(ctx, forgottenAtOnce, func(tx *Tx, most int) (int64, error) {
		return tx.run.Exec(ctx, query, bound, most)
	})
}

// forgetInSteps repeats a step that deletes at most a number of rows, each time in its
// own transaction, until it deletes fewer.
func (db *DB) forgetInSteps(ctx context.Context, most int, step func(tx *Tx, most int) (int64, error)) error {
	for {
		var gone int64
		err := db.Write(ctx, func(tx *Tx) (err error) {
			gone, err = step(tx, most)
			return err
		})
		if err != nil || gone < int64(most) {
			return err
		}
	}
}
