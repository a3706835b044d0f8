package credential

import (
	"context"

	"github.com/selasar/selasar/internal/notification"
)

// Identity is whom the notifications of a mini app come from: the key that
// signs them now, and the names in their headers.
func (s *Service) Identity(ctx context.Context, miniAppID string) (notification.Identity, error) {
	key, err := s.Signer(ctx, miniAppID)
	return notification.Identity{Key: key, PartnerID: s.partnerID(miniAppID), ChannelID: s.channelID(miniAppID)}, err
}

// MerchantID is the mini app's merchantId.
func (s *Service) MerchantID(miniAppID string) string { return s.merchantID(miniAppID) }
