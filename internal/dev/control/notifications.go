package control

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/store"
)

type notificationView struct {
	ID        string              `json:"id"`
	MiniAppID string              `json:"mini_app_id"`
	Payment   string              `json:"payment"`
	Number    int                 `json:"number"`
	Status    notification.Status `json:"status"`
	State     notification.State  `json:"state"`
	Attempts  int                 `json:"attempts"`
	NextAt    int64               `json:"next_at"`
	CreatedAt int64               `json:"created_at"`
	EndedAt   int64               `json:"ended_at"`
	URL       string              `json:"url"`
	Body      string              `json:"body"`
	Tries     []tryView           `json:"tries"`
}

type tryView struct {
	Attempt         int               `json:"attempt"`
	At              int64             `json:"at"`
	URL             string            `json:"url"`
	Status          int               `json:"status"`
	Error           string            `json:"error"`
	RequestHeaders  map[string]string `json:"request_headers"`
	ResponseHeaders map[string]string `json:"response_headers"`
	ResponseBody    string            `json:"response_body"`
	Duration        int64             `json:"duration_us"`
}

func (d *door) notifications(r *http.Request) (any, error) {
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	query := r.URL.Query()
	of := notification.Filter{Payment: query.Get("payment"), State: notification.State(query.Get("state"))}
	var views []notificationView
	var next string
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		list, more, err := edge.OnePage(page, idOfNotification, func(p store.Page) ([]notification.Notification, error) {
			return tx.Notifications().List(r.Context(), of, p)
		})
		if err == nil {
			next = more
			views, err = d.viewNotifications(r.Context(), tx, list...)
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
	var views []notificationView
	err := d.DB.Write(ctx, func(tx jsapi.Tx) error {
		n, err := notification.Replay(ctx, tx, r.PathValue("id"), d.Clock.Now().UnixMilli())
		if err == nil {
			views, err = d.viewNotifications(ctx, tx, n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return views[0], nil
}

// viewNotifications returns notifications as the control API shows them, with their
// tries. It runs two statements for any number of them.
func (d *door) viewNotifications(ctx context.Context, tx jsapi.Tx, list ...notification.Notification) ([]notificationView, error) {
	views := []notificationView{}
	if len(list) == 0 {
		return views, nil
	}
	apps, err := registered(ctx, tx)
	if err != nil {
		return nil, err
	}
	tries, err := tx.Notifications().Deliveries(ctx, idsOf(list, idOfNotification)...)
	of := map[string][]tryView{}
	for _, one := range tries {
		of[one.NotificationID] = append(of[one.NotificationID], viewTry(one))
	}
	for _, n := range list {
		views = append(views, d.notificationOf(n, apps, of[n.ID]))
	}
	return views, err
}

func (d *door) notificationOf(n notification.Notification, apps map[string]miniapp.App, tries []tryView) notificationView {
	v := notificationView{
		ID: n.ID, MiniAppID: n.MiniAppID, Payment: n.Payment, Number: n.Number, Status: n.Status, State: n.State, Attempts: n.Attempts,
		NextAt: n.NextAt, CreatedAt: n.CreatedAt, EndedAt: n.EndedAt, Body: string(mask.JSON(json.RawMessage(n.Body))), Tries: append([]tryView{}, tries...),
	}
	if app, known := apps[n.MiniAppID]; known {
		v.URL = d.NotificationURL(app)
	}
	return v
}

func viewTry(d notification.Delivery) tryView {
	return tryView{
		Attempt: d.Attempt, At: d.At, URL: d.URL, Status: d.Status, Error: d.Error,
		RequestHeaders: notification.ParseHeaders(d.RequestHeaders), ResponseHeaders: notification.ParseHeaders(d.ResponseHeaders),
		ResponseBody: mask.Text(d.ResponseBody), Duration: d.Duration.Microseconds(),
	}
}
