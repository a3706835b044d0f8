package payment

import "github.com/selasar/selasar/internal/notification"

// Latest is a latestTransactionStatus: the state of a payment in status answers and
// notifications of BI-SNAP.
type Latest = notification.Status

// The statuses that payments on this platform have.
const (
	LatestSuccess   = notification.Success
	LatestPending   = notification.Pending
	LatestRefunded  = notification.Refunded
	LatestCancelled = notification.Cancelled
	LatestFailed    = notification.Failed
	LatestNotFound  = notification.NotFound
	LatestExpired   = notification.Expired
)

// Latest returns the status of the payment.
func (p Payment) Latest() Latest {
	switch {
	case p.State == Paid && p.Refunded > 0:
		return LatestRefunded
	case p.State == Paid:
		return LatestSuccess
	case p.State == Cancelled:
		return LatestCancelled
	case p.State == Failed:
		return LatestFailed
	case p.State == Expired:
		return LatestExpired
	default:
		return LatestPending
	}
}

// Fraud returns the result of the fraud check (get-transaction-status-api): deny for a
// payment that was denied, and empty for one that ended without being processed.
func (p Payment) Fraud() string {
	switch p.State {
	case Failed:
		return "deny"
	case Cancelled, Expired:
		return ""
	default:
		return "accept"
	}
}
