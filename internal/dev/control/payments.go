package control

import (
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/view"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) pay(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string       `json:"mini_app_id"`
		Amount    money.Rupiah `json:"amount"`
		Title     string       `json:"title"`
		ValidFor  string       `json:"valid_for"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	d.fillApp(&in.MiniAppID)
	order := payment.Order{MiniAppID: in.MiniAppID, Amount: in.Amount, Title: in.Title}
	if in.ValidFor != "" {
		life, err := time.ParseDuration(in.ValidFor)
		if err != nil || life == 0 {
			return nil, problem.New(problem.BadRequest, `valid_for is a duration such as "15m", not %q`, edge.Excerpt(in.ValidFor))
		}
		order.Life = life
	}
	p, err := d.Payments.Create(r.Context(), order)
	if err != nil {
		return nil, err
	}
	return edge.Created{Body: map[string]string{"deeplink": payment.Deeplink(p.Ref), "referenceNo": p.Ref}}, nil
}

func (d *door) payments(r *http.Request) (any, error) {
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	views, next := []view.Payment{}, ""
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		list, more, err := edge.OnePage(page, payment.Payment.Cursor, func(p store.Page) ([]payment.Payment, error) {
			return tx.Payments().List(r.Context(), p)
		})
		if err == nil {
			next = more
			views, err = view.Payments(r.Context(), tx.Payments(), list...)
		}
		return err
	})
	return edge.Paged("payments", views, next), err
}
