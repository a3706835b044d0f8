package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sql/engine"
)

func (s notifications) Receivers(ctx context.Context, now notification.Moment) (list []string, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var id string
		err := row.Scan(&id)
		list = append(list, id)
		return err
	}, `SELECT DISTINCT mini_app_id FROM notifications WHERE state = 'waiting' AND next_at <= $1 AND `+unleased("$2"), now.Platform, now.Machine)
	return list, err
}

// unleased selects the notifications that no try holds at a time of the machine. During a
// try, next_at is the end of its lease.
func unleased(machine string) string { return `(leased = 0 OR next_at <= ` + machine + `)` }

// Claim skips rows that another claim holds. If claims waited for one another, claims
// for several mini apps, or of the same rows in another order, could deadlock.
func (s notifications) Claim(ctx context.Context, miniAppID string, now notification.Moment, until int64, limit int) ([]notification.Notification, error) {
	first := s.tx.run.SkipLocked(`SELECT id FROM notifications AS due WHERE mini_app_id = $3 AND state = 'waiting' AND next_at <= $2 AND ` + unleased("$5") + `
		AND NOT EXISTS (SELECT 1 FROM notifications AS earlier
			WHERE earlier.payment = due.payment AND earlier.number < due.number AND earlier.state = 'waiting')
		ORDER BY next_at LIMIT $4`)
	return s.list(ctx, `WITH first AS (`+first+`) UPDATE notifications SET attempts = attempts + 1, next_at = $1, leased = 1
		WHERE id IN (SELECT id FROM first) RETURNING `+notificationColumns, until, now.Platform, miniAppID, limit, now.Machine)
}

func (s notifications) Failures(ctx context.Context, id string) (n int, err error) {
	err = s.tx.run.One(ctx, func(row engine.Row) error { return row.Scan(&n) },
		`SELECT count(*) FROM deliveries WHERE notification_id = $1 AND reason <> '' AND reason <> $2`, id, string(event.SenderStopped))
	return n, err
}

// Finish postpones the notifications behind a failed one until its next try, so that no
// claim has to skip them.
func (s notifications) Finish(ctx context.Context, d notification.Delivery, to notification.State, next, ended int64) (bool, error) {
	n, err := s.tx.run.Exec(ctx, `UPDATE notifications SET state = $1, next_at = $2, leased = 0, ended_at = $3
		WHERE id = $4 AND attempts = $5 AND state = 'waiting'`, to, next, ended, d.NotificationID, d.Attempt)
	if err != nil {
		return false, err
	}
	if n == 0 {
		if _, found, err := s.Get(ctx, d.NotificationID); err != nil || !found {
			return false, err
		}
	}
	if n == 1 && to == notification.Waiting {
		if _, err := s.tx.run.Exec(ctx, `UPDATE notifications SET next_at = $1 WHERE `+behind+` AND next_at < $1`, next, d.NotificationID); err != nil {
			return false, err
		}
	}
	_, err = s.tx.run.Exec(ctx, `INSERT INTO deliveries (`+deliveryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		d.NotificationID, d.Attempt, d.At, d.URL, d.Status, string(d.Reason), d.Error, d.RequestHeaders, d.ResponseHeaders, d.ResponseBody, d.Duration.Microseconds())
	return n == 1, err
}

func (s notifications) Release(ctx context.Context, now int64) (int64, error) {
	return s.tx.run.Exec(ctx, `UPDATE notifications SET next_at = $1, leased = 0 WHERE state = 'waiting' AND leased = 1`, now)
}
