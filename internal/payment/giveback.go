package payment

import (
	"context"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/transfer"
)

// With a provider, a refund has two transactions too: Refund reserves its amount in the
// payment and stores the transfer, and TransferEnded makes it a refund of the payment, or
// releases the amount.

// pendingRefund returns the refund under way with a partnerRefundNo.
func pendingRefund(ctx context.Context, tx Tx, r Refund) (first Refund, found bool, err error) {
	list, err := tx.Transfers().List(ctx, r.Payment)
	for _, t := range list {
		if t.Kind == transfer.Refund && t.State == transfer.Sending && t.PartnerNo == r.PartnerNo {
			return refundOf(t, t.CreatedAt), true, nil
		}
	}
	return Refund{}, false, err
}

func refundOf(t transfer.Transfer, at int64) Refund {
	return Refund{No: t.ID, Payment: t.Payment, PartnerNo: t.PartnerNo, Amount: t.Amount, Reason: t.Note, At: at}
}

// sendRefund stores the transfer of a refund.
func (s *Service) sendRefund(ctx context.Context, tx Tx, p Payment, r Refund) error {
	list, err := tx.Transfers().List(ctx, p.Ref)
	if err != nil {
		return err
	}
	t := transfer.Transfer{
		ID: r.No, Kind: transfer.Refund, Payment: p.Ref, MiniAppID: p.MiniAppID, UserID: p.UserID, Amount: r.Amount, Title: p.Title,
		PartnerNo: r.PartnerNo, Note: r.Reason, State: transfer.Sending, NextAt: s.Transfers.Machine.Now().UnixMilli(), CreatedAt: r.At,
	}
	for _, one := range list {
		if one.Kind == transfer.Charge && one.State == transfer.Done {
			t.ChargeID = one.ID
		}
	}
	if t.ChargeID == "" {
		return problem.New(problem.NotRefundable, "payment %q was paid before this platform had a provider; refund it by hand", p.Ref)
	}
	return tx.Transfers().Insert(ctx, t)
}

// Refunding waits for the outcome of a refund that Refund returned, after its commit.
// Without a provider it returns nil at once. Its problems: RefundPending (the outcome is
// not known yet), InsufficientFunds and NotRefundable (the provider declined).
func (s *Service) Refunding(ctx context.Context, refundNo string) error {
	if s.Transfers == nil {
		return nil
	}
	t, err := s.Transfers.Await(ctx, refundNo)
	switch {
	case problem.Is(err, problem.NotFound):
		return nil // it was made before the platform had a provider
	case err != nil || t.State == transfer.Done:
		return err
	case t.State == transfer.Sending:
		return problem.New(problem.RefundPending, "the refund %s is under way; ask for the status, or send the same request again", refundNo)
	case t.Reason == transfer.InsufficientFunds:
		return problem.New(problem.InsufficientFunds, "the merchant's balance is too small for the refund %s", refundNo)
	default:
		return problem.New(problem.NotRefundable, "the provider declined the refund %s (%s)", refundNo, t.Reason)
	}
}

func (s *Service) refundEnded(ctx context.Context, tx Tx, p Payment, t transfer.Transfer, o transfer.Outcome) error {
	if o.State != transfer.Done {
		return tx.Journal().Append(ctx, declinedEntry(t, o))
	}
	r := refundOf(t, s.Clock.Now().UnixMilli())
	if err := tx.Payments().InsertRefund(ctx, r); err != nil {
		return err
	}
	return s.toldRefund(ctx, tx, p, r)
}

func declinedEntry(t transfer.Transfer, o transfer.Outcome) journal.Entry {
	data := event.Transfer{ReferenceNo: t.Payment, TransferID: t.ID, Amount: t.Amount, Reason: o.Reason}
	which := event.PaymentDeclined
	if t.Kind == transfer.Refund {
		which = event.RefundDeclined
	}
	return which.Entry(transferScope(t), data)
}

// UnclearEntry returns the journal entry of a transfer whose outcome is not known.
func UnclearEntry(t transfer.Transfer, why error) journal.Entry {
	return event.TransferUnclear.Entry(transferScope(t), event.Transfer{ReferenceNo: t.Payment, TransferID: t.ID, Amount: t.Amount, Reason: why.Error()})
}

func transferScope(t transfer.Transfer) event.Scope {
	return event.Scope{MiniAppID: t.MiniAppID, UserID: t.UserID, Payment: t.Payment}
}
