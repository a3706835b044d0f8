package control

import (
	"context"
	"net/http"
	"slices"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
)

type consentView struct {
	Name      consent.Name  `json:"name"`
	State     consent.State `json:"state"`
	At        int64         `json:"at,omitempty"`
	Mandatory bool          `json:"mandatory"`
	Reason    string        `json:"reason"`
}

func (d *door) consents(r *http.Request) (any, error) {
	userID, miniAppID := r.URL.Query().Get("user_id"), r.URL.Query().Get("mini_app_id")
	d.fill(&miniAppID, &userID)
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	return d.consentsOf(r.Context(), userID, miniAppID, page)
}

func (d *door) decide(r *http.Request) (any, error) {
	var in struct {
		Name      string        `json:"name"`
		State     consent.State `json:"state"`
		UserID    string        `json:"user_id"`
		MiniAppID string        `json:"mini_app_id"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	d.fill(&in.MiniAppID, &in.UserID)
	if err := d.People.Decide(r.Context(), in.UserID, in.MiniAppID, in.Name, in.State); err != nil {
		return nil, err
	}
	return d.consentsOf(r.Context(), in.UserID, in.MiniAppID, store.First(edge.MostOnPage))
}

// standing returns the state of each consent between a user and a mini app.
func standing(ctx context.Context, tx jsapi.Tx, userID string, app miniapp.App) ([]consentView, error) {
	views := []consentView{}
	entries, err := consent.Standing(ctx, tx.Consents(), userID, app)
	for _, c := range app.Consents {
		e := entries[consent.Name(c.Name)]
		views = append(views, consentView{consent.Name(c.Name), e.State(), e.At, c.Mandatory, c.Reason})
	}
	return views, err
}

func (d *door) consentsOf(ctx context.Context, userID, miniAppID string, page store.Page) (any, error) {
	out := struct {
		Consents []consentView   `json:"consents"`
		Ledger   []consent.Entry `json:"ledger"`
		Next     string          `json:"next,omitempty"` // the cursor of the entries before
	}{Ledger: []consent.Entry{}}
	err := d.DB.Read(ctx, func(tx jsapi.Tx) error {
		app, err := tx.MiniApps().Get(ctx, miniAppID)
		if err != nil {
			return err
		}
		if out.Consents, err = standing(ctx, tx, userID, app); err != nil {
			return err
		}
		entries, next, err := edge.OnePage(page, func(e consent.Entry) string { return e.ID }, func(p store.Page) ([]consent.Entry, error) {
			list, err := tx.Consents().List(ctx, userID, miniAppID, p)
			slices.Reverse(list)
			return list, err
		})
		slices.Reverse(entries)
		out.Ledger, out.Next = append(out.Ledger, entries...), next
		return err
	})
	return out, err
}
