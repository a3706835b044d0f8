package view

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
)

// Notification is a notification to a mini app's backend, with its tries.
type Notification struct {
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
	Tries     []Try               `json:"tries"`
}

// Try is one try to deliver a notification.
type Try struct {
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

// NotificationTx is the part of a transaction that Notifications reads.
type NotificationTx interface {
	MiniApps() miniapp.Store
	Notifications() notification.Store
}

// Notifications returns notifications with their tries. It runs two statements for any
// number of them. URL returns the receiver of a mini app's notifications.
func Notifications(ctx context.Context, tx NotificationTx, url func(miniapp.App) string, list ...notification.Notification) ([]Notification, error) {
	views := []Notification{}
	if len(list) == 0 {
		return views, nil
	}
	apps, err := tx.MiniApps().List(ctx)
	if err != nil {
		return nil, err
	}
	urls := map[string]string{}
	for _, app := range apps {
		urls[app.ID] = url(app)
	}
	ids := make([]string, len(list))
	for i, n := range list {
		ids[i] = n.ID
	}
	tries, err := tx.Notifications().Deliveries(ctx, ids...)
	of := map[string][]Try{}
	for _, one := range tries {
		of[one.NotificationID] = append(of[one.NotificationID], tryOf(one))
	}
	for _, n := range list {
		views = append(views, Notification{
			ID: n.ID, MiniAppID: n.MiniAppID, Payment: n.Payment, Number: n.Number, Status: n.Status, State: n.State, Attempts: n.Attempts,
			NextAt: n.NextAt, CreatedAt: n.CreatedAt, EndedAt: n.EndedAt, URL: urls[n.MiniAppID],
			Body: string(mask.JSON(json.RawMessage(n.Body))), Tries: append([]Try{}, of[n.ID]...),
		})
	}
	return views, err
}

func tryOf(d notification.Delivery) Try {
	return Try{
		Attempt: d.Attempt, At: d.At, URL: d.URL, Status: d.Status, Error: d.Error,
		RequestHeaders: notification.ParseHeaders(d.RequestHeaders), ResponseHeaders: notification.ParseHeaders(d.ResponseHeaders),
		ResponseBody: mask.Text(d.ResponseBody), Duration: d.Duration.Microseconds(),
	}
}
