package payment

import "github.com/selasar/selasar/internal/notification"

// Latest is a latestTransactionStatus: how a payment stands in the words of
// BI-SNAP, in status answers and notifications alike.
type Latest = notification.Status

// The statuses that payments here come to.
const (
	LatestSuccess   = notification.Success
	LatestPending   = notification.Pending
	LatestRefunded  = notification.Refunded
	LatestCancelled = notification.Cancelled
	LatestFailed    = notification.Failed
	LatestNotFound  = notification.NotFound
	LatestExpired   = notification.Expired
)

// Latest is how the payment stands.
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
