package control

import (
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/view"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) notifications(r *http.Request) (any, error) {
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	query := r.URL.Query()
	of := notification.Filter{Payment: query.Get("payment"), State: notification.State(query.Get("state"))}
	var views []view.Notification
	var next string
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		list, more, err := edge.OnePage(page, idOfNotification, func(p store.Page) ([]notification.Notification, error) {
			return tx.Notifications().List(r.Context(), of, p)
		})
		if err == nil {
			next = more
			views, err = view.Notifications(r.Context(), tx, d.NotificationURL, list...)
		}
		return err
	})
	return edge.Paged("notifications", views, next), err
}

func idOfNotification(n notification.Notification) string { return n.ID }

// replay sends a notification again. The sender is notified after the commit.
func (d *door) replay(r *http.Request) (any, error) {
	if _, err := edge.ReadBody(r); err != nil {
		return nil, err
	}
	ctx := r.Context()
	var views []view.Notification
	err := d.DB.Write(ctx, func(tx jsapi.Tx) error {
		n, err := notification.Replay(ctx, tx, r.PathValue("id"), d.Clock.Now().UnixMilli())
		if err == nil {
			views, err = view.Notifications(ctx, tx, d.NotificationURL, n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return views[0], nil
}
