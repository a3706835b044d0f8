package provider

import (
	"context"
	"errors"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/wallet"
)

// ReferenceTx is the part of a transaction that Reference uses.
type ReferenceTx interface {
	transfer.Tx
	wallet.Tx
}

// Reference is a provider over the built-in wallet: an [http.Handler] of
// spec/provider.yaml. Its database is its own, not the platform's. Each request is one
// transaction, and the row of a charge is the proof of its effect.
type Reference struct {
	DB      store.Database[ReferenceTx]
	Clock   clock.Clock
	IDs     *id.Source
	Secrets []string // see ParseSecrets
}

// errOtherContent means that an id was used before with another content.
var errOtherContent = errors.New("the id was used before for something else")

// charge charges a user once for an id, or returns what became of the id before.
func (p *Reference) charge(ctx context.Context, in chargeBody) (o outcome, err error) {
	t := transfer.Transfer{
		ID: in.ChargeID, Kind: transfer.Charge, Payment: in.ChargeID, MiniAppID: in.MiniAppID, UserID: in.UserID,
		Amount: money.Rupiah(in.Amount), Title: in.Title, Note: in.Payment,
	}
	err = p.DB.Write(ctx, func(tx ReferenceTx) error {
		first, found, err := tx.Transfers().Get(ctx, t.ID)
		switch {
		case err != nil:
			return err
		case found && first.State == transfer.Cancelled && first.Amount == 0: // cancelled before it came
			o = told(first)
			return nil
		case found:
			o = told(first)
			return same(first, t)
		}
		o, err = p.move(ctx, tx, t, -t.Amount, wallet.CausePaid)
		return err
	})
	return o, err
}

// refund returns a part or all of a charge once for an id. Its charge is locked, so that
// concurrent refunds never exceed it.
func (p *Reference) refund(ctx context.Context, in refundBody) (o outcome, err error) {
	err = p.DB.Write(ctx, func(tx ReferenceTx) error {
		of, charged, err := tx.Transfers().Get(ctx, in.ChargeID)
		if err != nil {
			return err
		}
		t := transfer.Transfer{
			ID: in.RefundID, Kind: transfer.Refund, Payment: in.ChargeID, ChargeID: in.ChargeID, MiniAppID: of.MiniAppID, UserID: of.UserID,
			Amount: money.Rupiah(in.Amount), Title: of.Title,
		}
		first, found, err := tx.Transfers().Get(ctx, t.ID)
		switch {
		case err != nil:
			return err
		case found:
			o = told(first)
			return same(first, t)
		case !charged || of.Kind != transfer.Charge || of.State != transfer.Done:
			o, err = p.keep(ctx, tx, t, transfer.Outcome{State: transfer.Declined, Reason: "charge_unknown"})
			return err
		}
		left, err := left(ctx, tx, of)
		if err == nil && t.Amount > left {
			o, err = p.keep(ctx, tx, t, transfer.Outcome{State: transfer.Declined, Reason: "exceeds_charge"})
			return err
		}
		if err == nil {
			o, err = p.move(ctx, tx, t, t.Amount, t.ID)
		}
		return err
	})
	return o, err
}

// left returns how much of a charge has not been refunded.
func left(ctx context.Context, tx ReferenceTx, of transfer.Transfer) (money.Rupiah, error) {
	list, err := tx.Transfers().List(ctx, of.ID)
	left := of.Amount
	for _, t := range list {
		if t.Kind == transfer.Refund && t.State == transfer.Done {
			left -= t.Amount
		}
	}
	return left, err
}

// cancel makes a later charge of an id be refused.
func (p *Reference) cancel(ctx context.Context, chargeID string) (o outcome, err error) {
	err = p.DB.Write(ctx, func(tx ReferenceTx) error {
		first, found, err := tx.Transfers().Get(ctx, chargeID)
		if err != nil || found {
			o = told(first)
			return err
		}
		t := transfer.Transfer{ID: chargeID, Kind: transfer.Charge, Payment: chargeID}
		o, err = p.keep(ctx, tx, t, transfer.Outcome{State: transfer.Cancelled, Reason: "cancelled"})
		return err
	})
	return o, err
}

// look returns what became of an id.
func (p *Reference) look(ctx context.Context, kind transfer.Kind, id string) (o outcome, found bool, err error) {
	err = p.DB.Read(ctx, func(tx ReferenceTx) error {
		var t transfer.Transfer
		t, found, err = tx.Transfers().Get(ctx, id)
		found = found && t.Kind == kind
		o = told(t)
		return err
	})
	return o, found, err
}

// move changes the wallet by a transfer and stores it. A wallet that cannot pay declines it.
func (p *Reference) move(ctx context.Context, tx ReferenceTx, t transfer.Transfer, amount money.Rupiah, cause string) (outcome, error) {
	err := wallet.Move(ctx, tx, wallet.Entry{
		ID: p.IDs.New(), UserID: t.UserID, Unit: wallet.Rupiah, Amount: amount, Title: t.Title, MiniAppID: t.MiniAppID,
		Payment: t.Payment, Cause: cause, At: p.Clock.Now().UnixMilli(),
	})
	switch {
	case problem.Is(err, problem.InsufficientFunds, problem.UserUnknown):
		return p.keep(ctx, tx, t, transfer.Outcome{State: transfer.Declined, Reason: string(problem.Of(err).Code)})
	case err != nil:
		return outcome{}, err
	}
	return p.keep(ctx, tx, t, transfer.Outcome{State: transfer.Done})
}

// keep stores a transfer with its outcome.
func (p *Reference) keep(ctx context.Context, tx ReferenceTx, t transfer.Transfer, o transfer.Outcome) (outcome, error) {
	now := p.Clock.Now().UnixMilli()
	t.State, t.Reason, t.CreatedAt, t.EndedAt = o.State, o.Reason, now, now
	return told(t), tx.Transfers().Insert(ctx, t)
}

// same returns errOtherContent if a request repeats an id with another content.
func same(first, again transfer.Transfer) error {
	if first.Kind != again.Kind || first.Amount != again.Amount || first.UserID != again.UserID || first.Payment != again.Payment || first.Note != again.Note {
		return errOtherContent
	}
	return nil
}

// told returns a transfer as answers show it.
func told(t transfer.Transfer) outcome {
	for name, state := range known[t.Kind] {
		if state == t.State {
			return outcome{name, t.Reason}
		}
	}
	return outcome{}
}
