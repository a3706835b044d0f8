package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

type wallets struct{ run engine.Statements }

func (wallets) tables() []string { return []string{"wallet_entries"} }

const walletColumns = `id, user_id, unit, amount, balance, title, mini_app_id, payment, cause, at`

func (s wallets) Insert(ctx context.Context, e wallet.Entry) error {
	_, err := s.run.Exec(ctx, `INSERT INTO wallet_entries (`+walletColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, e.ID, e.UserID, e.Unit, e.Amount, e.Balance, e.Title, e.MiniAppID, e.Payment, e.Cause, e.At)
	return err
}

func (s wallets) List(ctx context.Context, userID string, p store.Page) (list []wallet.Entry, err error) {
	query, args := newest(p, `SELECT `+walletColumns+` FROM wallet_entries WHERE user_id = $1`, userID)
	err = s.run.All(ctx, func(row engine.Row) error {
		var e wallet.Entry
		err := row.Scan(&e.ID, &e.UserID, &e.Unit, &e.Amount, &e.Balance, &e.Title, &e.MiniAppID, &e.Payment, &e.Cause, &e.At)
		list = append(list, e)
		return err
	}, query, args...)
	return list, err
}
