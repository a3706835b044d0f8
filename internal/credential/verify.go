package credential

import (
	"context"
	"crypto/rsa"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
)

// VerifyBasic returns the mini app of a client id and secret, or the problem
// Unauthorized.
func (s *Service) VerifyBasic(ctx context.Context, id, password string) (miniAppID string, err error) {
	miniAppID, ok := s.ofClientID(id)
	if !ok {
		return "", problem.New(problem.Unauthorized, "the client id is not one of this platform; use SELASAR_CLIENT_ID and SELASAR_CLIENT_SECRET")
	}
	return miniAppID, s.match(ctx, miniAppID, s.clientSecret, password,
		"client id and secret do not belong together; use SELASAR_CLIENT_ID and SELASAR_CLIENT_SECRET")
}

// VerifyServerKey returns the mini app of a server key of Snap Checkout, or the
// problem Unauthorized.
func (s *Service) VerifyServerKey(ctx context.Context, serverKey string) (miniAppID string, err error) {
	const what = "the server key is not one of this platform; use SELASAR_CHECKOUT_SERVER_KEY"
	miniAppID, ok := ofServerKey(serverKey)
	if !ok {
		return "", problem.New(problem.Unauthorized, what)
	}
	return miniAppID, s.match(ctx, miniAppID, s.serverKey, serverKey, what)
}

// match checks a secret against the valid generations.
func (s *Service) match(ctx context.Context, miniAppID string, of func(string, int) string, given, otherwise string) error {
	taken, err := s.taken(ctx, miniAppID)
	if err != nil {
		return err
	}
	for _, generation := range taken {
		if secret.Equal(of(miniAppID, generation), given) {
			return nil
		}
	}
	if before := taken[len(taken)-1] - 1; before > 0 && secret.Equal(of(miniAppID, before), given) {
		return problem.New(problem.Unauthorized, "these credentials were rotated and are no longer valid; use those of generation %d", taken[0])
	}
	return problem.New(problem.Unauthorized, "%s", otherwise)
}

// Party is a caller by BI-SNAP, with the credentials that may authenticate it.
type Party struct {
	MiniAppID   string
	Generations []Generation // the valid ones, newest first
}

// Generation holds the credentials of one generation that authenticate a party.
type Generation struct {
	Number       int
	ClientSecret string
	PublicKey    *rsa.PublicKey
}

// ByClientKey returns the party of X-CLIENT-KEY, or the problem Unauthorized.
func (s *Service) ByClientKey(ctx context.Context, clientKey string) (Party, error) {
	named, ok := strings.CutSuffix(clientKey, clientKeyEnd)
	miniAppID, known := s.ofPartner(named)
	if !ok || !known {
		return Party{}, problem.New(problem.Unauthorized, "X-CLIENT-KEY is not one of this platform; use SELASAR_SNAP_CLIENT_KEY")
	}
	return s.party(ctx, miniAppID)
}

// ByPartner returns the party of X-PARTNER-ID, or the problem Unauthorized.
func (s *Service) ByPartner(ctx context.Context, partnerID string) (Party, error) {
	miniAppID, ok := s.ofPartner(partnerID)
	if !ok {
		return Party{}, problem.New(problem.Unauthorized, "X-PARTNER-ID is not one of this platform; use SELASAR_SNAP_PARTNER_ID")
	}
	return s.party(ctx, miniAppID)
}

func (s *Service) party(ctx context.Context, miniAppID string) (Party, error) {
	r, err := s.ensured(ctx, miniAppID)
	if err != nil {
		return Party{}, err
	}
	keys, err := s.open(r)
	if err != nil {
		return Party{}, err
	}
	p := Party{miniAppID, []Generation{{r.Generation, s.snapSecret(miniAppID, r.Generation), &keys.private.PublicKey}}}
	if s.previousTaken(r) {
		p.Generations = append(p.Generations, Generation{r.Generation - 1, s.snapSecret(miniAppID, r.Generation-1), keys.previous})
	}
	return p, nil
}

// IsPop reports whether a pointOfPurchaseId is a mini app's. It follows from the
// mini app's id, so nothing is looked up.
func (s *Service) IsPop(miniAppID, popID string) bool {
	return strings.EqualFold(s.popID(miniAppID), popID)
}

// ByPop returns the mini app of a pointOfPurchaseId, or the problem MiniAppUnknown.
// The UUID does not contain the mini app's id, so ByPop compares it with those of
// all registered mini apps.
func (s *Service) ByPop(ctx context.Context, popID string) (miniAppID string, err error) {
	err = s.DB.Read(ctx, func(tx Tx) error {
		apps, err := tx.MiniApps().List(ctx)
		if err != nil {
			return err
		}
		for _, app := range apps {
			if s.IsPop(app.ID, popID) {
				miniAppID = app.ID
				return nil
			}
		}
		return problem.New(problem.MiniAppUnknown, "pointOfPurchaseId belongs to no mini app of this platform; use SELASAR_POP_ID")
	})
	return miniAppID, err
}
