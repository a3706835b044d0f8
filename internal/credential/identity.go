package credential

import (
	"context"

	"github.com/selasar/selasar/internal/notification"
)

// Identity returns the sender of a mini app's notifications: the current signing
// key, and the names in the headers.
func (s *Service) Identity(ctx context.Context, miniAppID string) (notification.Identity, error) {
	key, err := s.Signer(ctx, miniAppID)
	return notification.Identity{Key: key, PartnerID: s.partnerID(miniAppID), ChannelID: s.channelID(miniAppID)}, err
}

// MerchantID returns the mini app's merchantId.
func (s *Service) MerchantID(miniAppID string) string { return s.merchantID(miniAppID) }
