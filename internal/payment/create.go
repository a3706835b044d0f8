package payment

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

// Order is the content of a new payment.
type Order struct {
	MiniAppID  string
	Via        Via    // empty means ByControl
	PartnerRef string // the mini app's own number
	ExternalID string // X-EXTERNAL-ID of the request
	Amount     money.Rupiah
	Title      string
	Details    string        // JSON that later answers return
	Life       time.Duration // zero means 15 minutes
	Until      time.Time     // validUpTo; when set, Life is ignored
}

// Create calls Make in its own transaction.
func (s *Service) Create(ctx context.Context, o Order) (p Payment, err error) {
	err = s.DB.Write(ctx, func(tx Tx) (err error) {
		p, err = s.Make(ctx, tx, o)
		return err
	})
	return p, err
}

// Make makes a payment. The amount must be Rp1 to Rp99.999.999.999, and the expiry
// 20 seconds to 180 days from now.
func (s *Service) Make(ctx context.Context, tx Tx, o Order) (Payment, error) {
	now := s.Clock.Now()
	if o.Via == "" {
		o.Via = ByControl
	}
	until := o.until(now)
	life := until.Sub(now)
	switch {
	case o.Amount < 1 || o.Amount > money.Max:
		return Payment{}, problem.New(problem.ParamValue, "amount must lie between 1.00 and %s, got %s", money.Max.Decimal(), o.Amount.Decimal())
	case life < MinLife || life > MaxLife:
		return Payment{}, problem.New(problem.ParamValue, "a payment expires 20 seconds to 180 days from now; this one would at %s, in %s", until.In(clock.Jakarta).Format(time.RFC3339), life.Round(time.Millisecond))
	}
	app, err := tx.MiniApps().Get(ctx, o.MiniAppID)
	if err != nil {
		return Payment{}, err
	}
	if err := app.Runs(); err != nil {
		return Payment{}, err
	}
	p := Payment{
		Ref: id.Number("A1", now), MiniAppID: o.MiniAppID, Via: o.Via, PartnerRef: o.PartnerRef, ExternalID: o.ExternalID,
		Amount: o.Amount, Title: mask.Text(o.Title), Details: o.Details, State: Created, CreatedAt: now.UnixMilli(), ExpiresAt: until.UnixMilli(),
	}
	if err := tx.Payments().Insert(ctx, p); err != nil {
		return Payment{}, err
	}
	return p, s.tell(ctx, tx, p, "", s.who(app))
}

func (o Order) until(now time.Time) time.Time {
	switch {
	case !o.Until.IsZero():
		return o.Until
	case o.Life != 0:
		return now.Add(o.Life)
	default:
		return now.Add(DefaultLife)
	}
}
