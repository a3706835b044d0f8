package admin

import (
	"context"

	"github.com/selasar/selasar/internal/httpapi/view"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) listPayments(ctx context.Context, c *call) (any, error) {
	return listAll(ctx, d, c, "payments", payment.Payment.Cursor, func(tx Tx, rows []payment.Payment) ([]view.Payment, error) {
		return view.Payments(ctx, tx.Payments(), rows...)
	}, func(tx Tx, p store.Page) ([]payment.Payment, error) { return tx.Payments().List(ctx, p) })
}

func (d *door) showPayment(ctx context.Context, c *call) (any, error) {
	views := []view.Payment{{}}
	err := d.DB.Read(ctx, func(tx Tx) error {
		p, err := tx.Payments().Get(ctx, c.PathValue("ref"))
		if err == nil {
			views, err = view.Payments(ctx, tx.Payments(), p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return views[0], nil
}
