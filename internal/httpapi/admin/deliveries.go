package admin

import (
	"context"

	"github.com/selasar/selasar/internal/httpapi/view"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) listDeliveries(ctx context.Context, c *call) (any, error) {
	query := c.URL.Query()
	of := notification.Filter{Payment: query.Get("payment"), State: notification.State(query.Get("state"))}
	cursor := func(n notification.Notification) string { return n.ID }
	return listAll(ctx, d, c, "deliveries", cursor, func(tx Tx, rows []notification.Notification) ([]view.Notification, error) {
		return view.Notifications(ctx, tx, d.NotificationURL, rows...)
	}, func(tx Tx, p store.Page) ([]notification.Notification, error) {
		return tx.Notifications().List(ctx, of, p)
	})
}

// replay makes a notification due now. The sender hears of it after the commit.
func (d *door) replay(ctx context.Context, tx Tx, c *call) (done, error) {
	n, err := notification.Replay(ctx, tx, c.PathValue("id"), d.Clock.Now().UnixMilli())
	if err != nil {
		return done{}, err
	}
	views, err := view.Notifications(ctx, tx, d.NotificationURL, n)
	if err != nil {
		return done{}, err
	}
	return done{Body: views[0], Target: n.ID, MiniAppID: n.MiniAppID, Detail: map[string]any{"payment": n.Payment}}, nil
}

// mostRecovered is the largest number of notifications of one recovery.
const mostRecovered = 1000

// recoverSince sends the dead notifications of a mini app again that were made since a
// time, oldest first, so that a backend that was down gets what it missed.
func (d *door) recoverSince(ctx context.Context, tx Tx, c *call) (done, error) {
	var in struct {
		MiniAppID string `json:"mini_app_id"`
		Since     int64  `json:"since"`
	}
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	if in.MiniAppID == "" || in.Since <= 0 {
		return done{}, problem.New(problem.BadRequest, "mini_app_id and since, a time in milliseconds since the epoch, are required")
	}
	if _, err := tx.Registrations().Get(ctx, in.MiniAppID); err != nil {
		return done{}, err
	}
	dead, err := tx.Notifications().Dead(ctx, in.MiniAppID, in.Since, mostRecovered)
	if err != nil {
		return done{}, err
	}
	now := d.Clock.Now().UnixMilli()
	for _, id := range dead {
		if _, err := notification.Replay(ctx, tx, id, now); err != nil {
			return done{}, err
		}
	}
	found := map[string]any{"recovered": len(dead), "more": len(dead) == mostRecovered}
	return done{Body: found, Target: in.MiniAppID, MiniAppID: in.MiniAppID, Detail: map[string]any{"since": in.Since, "recovered": len(dead)}}, nil
}
