// Package credential makes, checks and rotates the credentials of a mini app's
// backend: the Basic pair of the mini-app APIs, the client key, secret and RSA pair
// of BI-SNAP, and the keys of Snap Checkout. It also holds the key that signs
// notifications to the backend.
//
//	generation 1 ──rotate──▶ generation 2 ──rotate──▶ ...
//	                         (1 stays valid for 24 h, unless it is revoked)
//
// Names, such as client ids, are derived from the master key and the mini app's id.
// They never change, and contain the id, so that no look-up is needed. Secrets are
// also derived from the generation, and are not stored. RSA keys are random, and
// stored encrypted with the master key.
package credential

import (
	"context"
	"crypto/rsa"
	"sync"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Set is the credentials of one mini app, in the form for its developer.
type Set struct {
	ClientID              string   `json:"client_id"`
	ClientSecret          string   `json:"client_secret"`
	PopID                 string   `json:"pop_id"` // pointOfPurchaseId
	MerchantID            string   `json:"merchant_id"`
	NotificationPublicKey string   `json:"notification_public_key"` // PEM, SPKI
	Snap                  Snap     `json:"snap"`
	Checkout              Checkout `json:"checkout"`
	Generation            int      `json:"generation"` // counts rotations, from 1
	MadeAt                int64    `json:"made_at"`    // ms since the epoch
	// PreviousUntil is when the previous generation becomes invalid; 0 when it
	// is already invalid.
	PreviousUntil int64 `json:"previous_until"`
}

// Snap holds the credentials of BI-SNAP (getting-started-1).
type Snap struct {
	ClientKey    string `json:"client_key"` // X-CLIENT-KEY
	ClientSecret string `json:"client_secret"`
	PrivateKey   string `json:"private_key"` // PEM, PKCS #8
	PublicKey    string `json:"public_key"`  // PEM, SPKI
	PartnerID    string `json:"partner_id"`  // X-PARTNER-ID
	ChannelID    string `json:"channel_id"`  // CHANNEL-ID, five digits
}

// Checkout holds the keys of Snap Checkout (miniapp-x-snap-checkout-payment).
type Checkout struct {
	ServerKey string `json:"server_key"`
	ClientKey string `json:"client_key"` // for the page; not secret
}

// Environment returns the set as environment variables for the mini app's backend,
// KEY=value.
func (s Set) Environment() []string {
	return []string{
		"SELASAR_CLIENT_ID=" + s.ClientID,
		"SELASAR_CLIENT_SECRET=" + s.ClientSecret,
		"SELASAR_POP_ID=" + s.PopID,
		"SELASAR_MERCHANT_ID=" + s.MerchantID,
		"SELASAR_NOTIFICATION_PUBLIC_KEY=" + s.NotificationPublicKey,
		"SELASAR_SNAP_CLIENT_KEY=" + s.Snap.ClientKey,
		"SELASAR_SNAP_CLIENT_SECRET=" + s.Snap.ClientSecret,
		"SELASAR_SNAP_PRIVATE_KEY=" + s.Snap.PrivateKey,
		"SELASAR_SNAP_PARTNER_ID=" + s.Snap.PartnerID,
		"SELASAR_SNAP_CHANNEL_ID=" + s.Snap.ChannelID,
		"SELASAR_CHECKOUT_SERVER_KEY=" + s.Checkout.ServerKey,
		"SELASAR_CHECKOUT_CLIENT_KEY=" + s.Checkout.ClientKey,
	}
}

// Record is the stored part of a mini app's credentials.
type Record struct {
	MiniAppID     string
	Generation    int
	PrivateKey    []byte // RSA key of the mini app's backend, encrypted
	NotifyKey     []byte // RSA key that signs its notifications, encrypted
	Previous      []byte // RSA public key of the previous generation, encrypted; empty when that is invalid
	PreviousUntil int64  // ms since the epoch; 0 when Previous is empty
	MadeAt        int64  // ms since the epoch
}

// Store stores records.
type Store interface {
	// Insert stores a mini app's first record. An existing record stays
	// unchanged.
	Insert(ctx context.Context, r Record) error
	// Get returns a record; found is false when there is none.
	Get(ctx context.Context, miniAppID string) (r Record, found bool, err error)
	// Change changes an existing record.
	Change(ctx context.Context, miniAppID string, fn func(*Record) error) error
}

// Tx is the part of a transaction that credentials use.
type Tx interface {
	Credentials() Store
	MiniApps() miniapp.Store
	Journal() journal.Appender
}

// Service makes, checks and rotates credentials.
type Service struct {
	DB    store.Database[Tx]
	Key   *secret.Key
	Clock clock.Clock
	// NewKey makes an RSA key; nil makes a random one of 2048 bits.
	NewKey func() (*rsa.PrivateKey, error)

	making sync.Mutex // held while the first keys of a mini app are made
	opened ring
}

// Of returns a mini app's credentials. The first call makes them, which takes about
// 0.05 s.
func (s *Service) Of(ctx context.Context, miniAppID string) (Set, error) {
	r, err := s.ensured(ctx, miniAppID)
	if err != nil {
		return Set{}, err
	}
	keys, err := s.open(r)
	if err != nil {
		return Set{}, err
	}
	set := Set{
		ClientID: s.clientID(miniAppID), ClientSecret: s.clientSecret(miniAppID, r.Generation),
		PopID: s.popID(miniAppID), MerchantID: s.merchantID(miniAppID), NotificationPublicKey: publicPEM(&keys.notify.PublicKey),
		Snap: Snap{
			ClientKey: s.clientKey(miniAppID), ClientSecret: s.snapSecret(miniAppID, r.Generation),
			PrivateKey: privatePEM(keys.private), PublicKey: publicPEM(&keys.private.PublicKey),
			PartnerID: s.partnerID(miniAppID), ChannelID: s.channelID(miniAppID),
		},
		Checkout:   Checkout{ServerKey: s.serverKey(miniAppID, r.Generation), ClientKey: s.checkoutClientKey(miniAppID)},
		Generation: r.Generation, MadeAt: r.MadeAt,
	}
	if s.previousTaken(r) {
		set.PreviousUntil = r.PreviousUntil
	}
	return set, nil
}

// record returns the stored record; found is false when there is none.
func (s *Service) record(ctx context.Context, miniAppID string) (r Record, found bool, err error) {
	err = s.DB.Read(ctx, func(tx Tx) (err error) {
		r, found, err = tx.Credentials().Get(ctx, miniAppID)
		return err
	})
	return r, found, err
}

// previousTaken reports whether the previous generation is still valid.
func (s *Service) previousTaken(r Record) bool {
	return s.Clock.Now().UnixMilli() < r.PreviousUntil
}

// taken returns the valid generations, newest first. Before the first keys are made
// it returns generation 1, so that credentials without RSA keys work at once.
func (s *Service) taken(ctx context.Context, miniAppID string) ([]int, error) {
	r, found, err := s.record(ctx, miniAppID)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return []int{1}, nil
	case s.previousTaken(r):
		return []int{r.Generation, r.Generation - 1}, nil
	default:
		return []int{r.Generation}, nil
	}
}
