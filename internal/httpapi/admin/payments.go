package admin

import (
	"context"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/view"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) listPayments(ctx context.Context, c *call) (any, error) {
	page, err := edge.PageOf(c.Request)
	if err != nil {
		return nil, err
	}
	views, next := []view.Payment{}, ""
	err = d.DB.Read(ctx, func(tx Tx) error {
		rows, more, err := edge.OnePage(page, payment.Payment.Cursor, func(p store.Page) ([]payment.Payment, error) {
			return tx.Payments().List(ctx, p)
		})
		if err == nil {
			next = more
			views, err = view.Payments(ctx, tx.Payments(), rows...)
		}
		return err
	})
	return edge.Paged("payments", views, next), err
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
