package control

import (
	"encoding/json"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
)

// messageView is a push notification or a reminder as the phone shows it.
type messageView struct {
	ID         string               `json:"id"`
	Kind       miniapp.TemplateKind `json:"kind"`
	MiniAppID  string               `json:"mini_app_id"`
	AppName    string               `json:"app_name"`
	Template   string               `json:"template_name"`
	Parameters json.RawMessage      `json:"template_parameters"`
	ReminderID string               `json:"reminder_id,omitempty"`
	Title      string               `json:"title"`
	Text       string               `json:"text"`
	Due        string               `json:"due"`
	CTA        string               `json:"cta"`
	URL        string               `json:"url"`
	CreatedAt  int64                `json:"created_at"`
}

// messages returns the messages of a user, newest first.
func (d *door) messages(r *http.Request) (any, error) {
	userID, err := d.userOfQuery(r)
	if err != nil {
		return nil, err
	}
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	list, next, err := edge.OnePage(page, func(m message.Message) string { return m.ID }, func(p store.Page) ([]message.Message, error) {
		return d.Messages.Shown(r.Context(), userID, p)
	})
	if err != nil {
		return nil, err
	}
	locale := d.Simulator.Now().Locale
	views := []messageView{}
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		apps, err := registered(r.Context(), tx)
		for _, m := range list {
			views = append(views, messageOf(m, apps[m.MiniAppID], locale))
		}
		return err
	})
	return edge.Paged("messages", views, next), err
}

// messageOf returns a message for display. It masks codes and tokens, because a backend
// may have included one by mistake.
func messageOf(m message.Message, app miniapp.App, locale string) messageView {
	card := m.Card(app, locale)
	return messageView{
		ID: m.ID, Kind: m.Kind, MiniAppID: m.MiniAppID, AppName: app.Name,
		Template: mask.Text(m.Template), Parameters: mask.JSON(json.RawMessage(m.Parameters)), ReminderID: mask.Text(m.ReminderID),
		Title: mask.Text(card.Title), Text: mask.Text(card.Text), Due: mask.Text(card.Due), CTA: mask.Text(card.CTA), URL: mask.Text(card.URL), CreatedAt: m.CreatedAt,
	}
}

// dismiss deletes a message, like its user does.
func (d *door) dismiss(r *http.Request) (any, error) {
	if _, err := edge.ReadBody(r); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	if !edge.Storable(id) {
		return nil, message.Unknown(edge.Excerpt(id))
	}
	return nil, d.Messages.Dismiss(r.Context(), id)
}
