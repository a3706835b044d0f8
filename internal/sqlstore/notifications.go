package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type notifications struct{ tx *Tx }

func (notifications) tables() []string { return []string{"deliveries", "notifications"} }

const notificationColumns = `id, mini_app_id, payment, number, status, body, state, attempts, next_at, created_at, ended_at, trace`

func (s notifications) Insert(ctx context.Context, n notification.Notification) (number int, err error) {
	if n.Number > 0 {
		_, err = s.tx.run.Exec(ctx, `INSERT INTO notifications (`+notificationColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			n.ID, n.MiniAppID, n.Payment, n.Number, n.Status, n.Body, n.State, n.Attempts, n.NextAt, n.CreatedAt, n.EndedAt, n.Trace)
		return n.Number, err
	}
	err = s.tx.run.One(ctx, func(row engine.Row) error { return row.Scan(&number) }, `INSERT INTO notifications (`+notificationColumns+`)
		VALUES ($1, $2, $3, (SELECT coalesce(max(number), 0) + 1 FROM notifications WHERE payment = $3), $4, $5, $6, $7, $8, $9, $10, $11)
		RETURNING number`,
		n.ID, n.MiniAppID, n.Payment, n.Status, n.Body, n.State, n.Attempts, n.NextAt, n.CreatedAt, n.EndedAt, n.Trace)
	return number, err
}

func (s notifications) Get(ctx context.Context, id string) (n notification.Notification, found bool, err error) {
	err = s.tx.run.One(ctx, readNotification(&n), `SELECT `+notificationColumns+` FROM notifications WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return notification.Notification{}, false, nil
	}
	return n, err == nil, err
}

func (s notifications) List(ctx context.Context, of notification.Filter, p store.Page) ([]notification.Notification, error) {
	query, args := `SELECT `+notificationColumns+` FROM notifications WHERE true`, []any{}
	if of.Payment != "" {
		args = append(args, of.Payment)
		query += ` AND payment = ` + place(args)
	}
	if of.State != "" {
		args = append(args, string(of.State))
		query += ` AND state || '' = ` + place(args) // as in its index
	}
	query, args = newest(p, query, args...)
	return s.list(ctx, query, args...)
}

func (s notifications) Backlog(ctx context.Context) (waiting int, oldest int64, err error) {
	err = s.tx.run.One(ctx, func(row engine.Row) error { return row.Scan(&waiting, &oldest) },
		`SELECT count(*), coalesce(min(created_at), 0) FROM notifications WHERE state = 'waiting'`)
	return waiting, oldest, err
}

func (s notifications) Dead(ctx context.Context, miniAppID string, since int64, limit int) (ids []string, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var id string
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM notifications WHERE mini_app_id = $1 AND state = 'dead' AND created_at >= $2 ORDER BY id LIMIT $3`, miniAppID, since, limit)
	return ids, err
}

func (s notifications) list(ctx context.Context, query string, args ...any) (list []notification.Notification, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var n notification.Notification
		err := readNotification(&n)(row)
		list = append(list, n)
		return err
	}, query, args...)
	return list, err
}

func readNotification(n *notification.Notification) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&n.ID, &n.MiniAppID, &n.Payment, &n.Number, &n.Status, &n.Body, &n.State, &n.Attempts, &n.NextAt, &n.CreatedAt, &n.EndedAt, &n.Trace)
	}
}

// Again also makes the notifications behind it due, because Finish postponed them.
func (s notifications) Again(ctx context.Context, id string, at int64) error {
	_, err := s.tx.run.Exec(ctx, `UPDATE notifications SET state = 'waiting', next_at = $1, leased = 0, ended_at = 0 WHERE id = $2`, at, id)
	if err != nil {
		return err
	}
	_, err = s.tx.run.Exec(ctx, `UPDATE notifications SET next_at = $1 WHERE `+behind+` AND next_at > $1`, at, id)
	return err
}

// behind selects the untried notifications that wait for the one with the id $2.
const behind = `state = 'waiting' AND attempts = 0
	AND payment = (SELECT payment FROM notifications WHERE id = $2) AND number > (SELECT number FROM notifications WHERE id = $2)`

// gone returns the name of the setting with the URL of a gone receiver.
func gone(miniAppID string) string { return "notifications gone of " + miniAppID }

func (s notifications) Gone(ctx context.Context, miniAppID string) (url string, err error) {
	url, _, err = settings{s.tx.run}.Get(ctx, gone(miniAppID))
	return url, err
}

func (s notifications) PutGone(ctx context.Context, miniAppID, url string) error {
	return settings{s.tx.run}.Put(ctx, gone(miniAppID), url)
}

const deliveryColumns = `notification_id, attempt, at, url, status, reason, error, request_headers, response_headers, response_body, duration_us`

func (s notifications) Deliveries(ctx context.Context, ids ...string) (list []notification.Delivery, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	among, args := oneOf(ids)
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var d notification.Delivery
		var duration int64
		err := row.Scan(&d.NotificationID, &d.Attempt, &d.At, &d.URL, &d.Status, &d.Reason, &d.Error, &d.RequestHeaders, &d.ResponseHeaders, &d.ResponseBody, &duration)
		d.Duration = time.Duration(duration) * time.Microsecond
		list = append(list, d)
		return err
	}, `SELECT `+deliveryColumns+` FROM deliveries WHERE notification_id IN `+among+` ORDER BY notification_id, attempt`, args...)
	return list, err
}
