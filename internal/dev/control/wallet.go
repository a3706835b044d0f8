package control

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// walletView is the content of a user's wallet, and its newest movements.
type walletView struct {
	Balance money.Rupiah   `json:"balance"`
	Coins   int64          `json:"coins"`
	Gems    int64          `json:"gems"`
	Entries []movementView `json:"entries"`
	Next    string         `json:"next,omitempty"` // the cursor of the next page
}

// movementView is one movement. Amount and balance are whole rupiah, coins or gems; see
// the unit.
type movementView struct {
	ID           string      `json:"id"`
	At           int64       `json:"at"`
	Unit         wallet.Unit `json:"unit"`
	Amount       int64       `json:"amount"`
	Balance      int64       `json:"balance"`
	Title        string      `json:"title"`
	MiniAppID    string      `json:"mini_app_id,omitempty"`
	AppName      string      `json:"app_name,omitempty"`
	Payment      string      `json:"payment,omitempty"`
	Cause        string      `json:"cause,omitempty"`
	OrderHistory string      `json:"order_history_url,omitempty"`
}

// wallet returns the content of a user's wallet and its movements, newest first.
func (d *door) wallet(r *http.Request) (any, error) {
	userID, err := d.userIn(r)
	if err != nil {
		return nil, err
	}
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	view := walletView{}
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		u, err := tx.Users().Get(r.Context(), userID)
		if err != nil {
			return err
		}
		view.Balance, view.Coins, view.Gems = u.Balance, int64(u.Coins), int64(u.Gems)
		view.Entries, view.Next, err = d.movements(r.Context(), tx, u, r.Host, page)
		return err
	})
	return view, err
}

func (d *door) movements(ctx context.Context, tx jsapi.Tx, u user.User, host string, page store.Page) (views []movementView, next string, err error) {
	list, next, err := edge.OnePage(page, func(e wallet.Entry) string { return e.ID }, func(p store.Page) ([]wallet.Entry, error) {
		return tx.Wallets().List(ctx, u.ID, p)
	})
	if err != nil {
		return nil, "", err
	}
	apps, err := registered(ctx, tx)
	views = []movementView{}
	for _, e := range list {
		var app miniapp.App
		if e.MiniAppID != "" {
			app = d.Apps.At(host, apps[e.MiniAppID])
		}
		views = append(views, movementOf(e, app))
	}
	return views, next, err
}

func movementOf(e wallet.Entry, app miniapp.App) movementView {
	v := movementView{
		ID: e.ID, At: e.At, Unit: e.Unit, Amount: int64(e.Amount), Balance: int64(e.Balance), Title: mask.Text(e.Title),
		MiniAppID: e.MiniAppID, AppName: app.Name, Payment: e.Payment, Cause: e.Cause,
	}
	if e.Payment != "" && e.Cause != wallet.CauseReward {
		v.OrderHistory = app.OrderHistory(e.Payment)
	}
	return v
}

// userIn returns the id of the user in the query, or of the current one. The user may
// not exist.
func (d *door) userIn(r *http.Request) (string, error) {
	userID := r.URL.Query().Get("user_id")
	if userID == "" {
		userID = d.Simulator.User()
	}
	if !edge.Storable(userID) {
		return "", user.Unknown(edge.Excerpt(userID))
	}
	return userID, nil
}

// userOfQuery is userIn for a user that exists.
func (d *door) userOfQuery(r *http.Request) (string, error) {
	userID, err := d.userIn(r)
	if err != nil {
		return "", err
	}
	return userID, d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		_, err := tx.Users().Get(r.Context(), userID)
		return err
	})
}
