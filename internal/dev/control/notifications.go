package control

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
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

const mostNotifications = 200

func (d *door) notifications(r *http.Request) (any, error) {
	views := []notificationView{}
	query := r.URL.Query()
	of := notification.Filter{Payment: query.Get("payment"), State: notification.State(query.Get("state"))}
	err := d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		list, err := tx.Notifications().List(r.Context(), of, mostNotifications)
		if err != nil {
			return err
		}
		for _, n := range list {
			v, err := d.notificationOf(r.Context(), tx, n)
			if err != nil {
				return err
			}
			views = append(views, v)
		}
		return nil
	})
	return map[string]any{"notifications": views}, err
}

// replay sends a notification again. The sender is notified after the commit.
func (d *door) replay(r *http.Request) (any, error) {
	if _, err := edge.ReadBody(r); err != nil {
		return nil, err
	}
	ctx := r.Context()
	var v notificationView
	err := d.DB.Write(ctx, func(tx jsapi.Tx) error {
		n, err := notification.Replay(ctx, tx, r.PathValue("id"), d.Clock.Now().UnixMilli())
		if err == nil {
			v, err = d.notificationOf(ctx, tx, n)
		}
		return err
	})
	return v, err
}

func (d *door) notificationOf(ctx context.Context, tx jsapi.Tx, n notification.Notification) (notificationView, error) {
	v := notificationView{
		ID: n.ID, MiniAppID: n.MiniAppID, Payment: n.Payment, Number: n.Number, Status: n.Status, State: n.State, Attempts: n.Attempts,
		NextAt: n.NextAt, CreatedAt: n.CreatedAt, EndedAt: n.EndedAt, Body: n.Body, Tries: []tryView{},
	}
	app, err := tx.MiniApps().Get(ctx, n.MiniAppID)
	if err == nil {
		v.URL = d.NotificationURL(app)
	} else if !problem.Is(err, problem.MiniAppUnknown) {
		return v, err
	}
	tries, err := tx.Notifications().Deliveries(ctx, n.ID)
	for _, d := range tries {
		v.Tries = append(v.Tries, tryView{
			Attempt: d.Attempt, At: d.At, URL: d.URL, Status: d.Status, Error: d.Error,
			RequestHeaders: notification.ParseHeaders(d.RequestHeaders), ResponseHeaders: notification.ParseHeaders(d.ResponseHeaders),
			ResponseBody: d.ResponseBody, Duration: d.Duration.Microseconds(),
		})
	}
	return v, err
}
