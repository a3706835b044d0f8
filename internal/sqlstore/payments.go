package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type payments struct{ run engine.Statements }

func (payments) tables() []string { return []string{"refunds", "payments"} }

const paymentColumns = `ref, mini_app_id, via, partner_ref, external_id, amount, refunded, title, details, state, sheet_ask, user_id,
	created_at, expires_at, settled_at, shown_at, proved_at, warned_at, charge, refunding`

func (s payments) Insert(ctx context.Context, p payment.Payment) error {
	_, err := s.run.Exec(ctx, `INSERT INTO payments (`+paymentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		p.Ref, p.MiniAppID, p.Via, p.PartnerRef, p.ExternalID, p.Amount, p.Refunded, p.Title, p.Details, p.State, p.SheetAsk, p.UserID,
		p.CreatedAt, p.ExpiresAt, p.SettledAt, p.ShownAt, p.ProvedAt, p.WarnedAt, p.Charge, p.Refunding)
	return err
}

func (s payments) Get(ctx context.Context, ref string) (p payment.Payment, err error) {
	err = s.run.One(ctx, readPayment(&p), s.run.Locked(`SELECT `+paymentColumns+` FROM payments WHERE ref = $1`), ref)
	return p, orElse(err, func() error { return payment.Unknown(ref) })
}

func (s payments) Of(ctx context.Context, miniAppID, externalID string, via payment.Via) (p payment.Payment, err error) {
	err = s.run.One(ctx, readPayment(&p), `SELECT `+paymentColumns+` FROM payments
		WHERE mini_app_id = $1 AND external_id = $2 AND ($3 = '' OR via = $3) ORDER BY created_at DESC, ref DESC LIMIT 1`, miniAppID, externalID, via)
	return p, orElse(err, func() error { return payment.Unknown(externalID) })
}

func (s payments) List(ctx context.Context, p store.Page) ([]payment.Payment, error) {
	query, args, err := newestPayments(p, `SELECT `+paymentColumns+` FROM payments`)
	if err != nil {
		return nil, err
	}
	return s.list(ctx, query, args...)
}

func (s payments) Due(ctx context.Context, now int64, limit int) ([]payment.Payment, error) {
	return s.list(ctx, `SELECT `+paymentColumns+` FROM payments
		WHERE settled_at = 0 AND expires_at <= $1 AND sheet_ask = '' AND charge = '' ORDER BY expires_at, ref LIMIT $2`, now, limit)
}

func (s payments) Unproved(ctx context.Context, shownUntil int64, limit int) ([]payment.Payment, error) {
	return s.list(ctx, `SELECT `+paymentColumns+` FROM payments
		WHERE shown_at > 0 AND shown_at <= $1 AND proved_at = 0 AND warned_at = 0 AND via <> 'control' ORDER BY shown_at LIMIT $2`, shownUntil, limit)
}

func (s payments) list(ctx context.Context, query string, args ...any) (list []payment.Payment, err error) {
	err = s.run.All(ctx, func(row engine.Row) error {
		var p payment.Payment
		err := readPayment(&p)(row)
		list = append(list, p)
		return err
	}, query, args...)
	return list, err
}

func (s payments) Change(ctx context.Context, ref string, fn func(*payment.Payment) error) error {
	p, err := s.Get(ctx, ref)
	if err != nil {
		return err
	}
	if err := fn(&p); err != nil {
		return err
	}
	_, err = s.run.Exec(ctx, `UPDATE payments SET refunded = $1, state = $2, sheet_ask = $3, user_id = $4, settled_at = $5,
		shown_at = $6, proved_at = $7, warned_at = $8, charge = $9, refunding = $10 WHERE ref = $11`,
		p.Refunded, p.State, p.SheetAsk, p.UserID, p.SettledAt, p.ShownAt, p.ProvedAt, p.WarnedAt, p.Charge, p.Refunding, ref)
	return err
}

// Prove records when the mini app's backend first learned that a payment is paid.
func (s payments) Prove(ctx context.Context, ref string, at int64) error {
	_, err := s.run.Exec(ctx, `UPDATE payments SET proved_at = $1 WHERE ref = $2 AND state = 'paid' AND proved_at = 0`, at, ref)
	return err
}

func readPayment(p *payment.Payment) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&p.Ref, &p.MiniAppID, &p.Via, &p.PartnerRef, &p.ExternalID, &p.Amount, &p.Refunded, &p.Title, &p.Details,
			&p.State, &p.SheetAsk, &p.UserID, &p.CreatedAt, &p.ExpiresAt, &p.SettledAt, &p.ShownAt, &p.ProvedAt, &p.WarnedAt, &p.Charge, &p.Refunding)
	}
}

const refundColumns = `refund_no, payment, partner_refund_no, amount, reason, at`

func (s payments) InsertRefund(ctx context.Context, r payment.Refund) error {
	_, err := s.run.Exec(ctx, `INSERT INTO refunds (`+refundColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.No, r.Payment, r.PartnerNo, r.Amount, r.Reason, r.At)
	return err
}

func (s payments) Refunds(ctx context.Context, refs ...string) (list []payment.Refund, err error) {
	if len(refs) == 0 {
		return nil, nil
	}
	among, args := oneOf(refs)
	err = s.run.All(ctx, func(row engine.Row) error {
		var r payment.Refund
		err := row.Scan(&r.No, &r.Payment, &r.PartnerNo, &r.Amount, &r.Reason, &r.At)
		list = append(list, r)
		return err
	}, `SELECT `+refundColumns+` FROM refunds WHERE payment IN `+among+` ORDER BY at, refund_no`, args...)
	return list, err
}
