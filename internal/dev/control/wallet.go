package control

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// walletView is the content of a user's wallet, and its newest movements.
type walletView struct {
	Balance money.Rupiah   `json:"balance"`
	Coins   int64          `json:"coins"`
	Gems    int64          `json:"gems"`
	Entries []movementView `json:"entries"`
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

const mostMovements = 200

// wallet returns the content of a user's wallet and its movements, newest first.
func (d *door) wallet(r *http.Request) (any, error) {
	userID, err := d.userOfQuery(r)
	if err != nil {
		return nil, err
	}
	view := walletView{Entries: []movementView{}}
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		u, err := tx.Users().Get(r.Context(), userID)
		if err != nil {
			return err
		}
		view.Balance, view.Coins, view.Gems = u.Balance, int64(u.Coins), int64(u.Gems)
		view.Entries, err = d.movements(r.Context(), tx, u, r.Host)
		return err
	})
	return view, err
}

func (d *door) movements(ctx context.Context, tx jsapi.Tx, u user.User, host string) ([]movementView, error) {
	views := []movementView{}
	list, err := tx.Wallets().List(ctx, u.ID, mostMovements)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		var app miniapp.App
		if e.MiniAppID != "" {
			if app, err = tx.MiniApps().Get(ctx, e.MiniAppID); err != nil {
				return nil, err
			}
		}
		views = append(views, movementOf(e, d.Apps.At(host, app)))
	}
	return views, nil
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

// userOfQuery returns the user in the query, or the current one.
func (d *door) userOfQuery(r *http.Request) (string, error) {
	userID := r.URL.Query().Get("user_id")
	if userID == "" {
		userID = d.Simulator.User()
	}
	if !edge.Storable(userID) {
		return "", user.Unknown(edge.Excerpt(userID))
	}
	return userID, d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		_, err := tx.Users().Get(r.Context(), userID)
		return err
	})
}
