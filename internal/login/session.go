package login

import (
	"bytes"
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/user"
)

// Session is the user, the mini app and the launch of an auth token.
type Session struct {
	App      miniapp.App
	User     user.User
	LaunchID string // the launch in which its code was issued
}

// Authenticate returns the session of an auth token. Its problems: TokenInvalid
// (never issued, or revoked), UserUnknown, MiniAppUnknown, MiniAppSuspended.
func (s *Service) Authenticate(ctx context.Context, text string) (Session, error) {
	token, ok := secret.ParseToken(text)
	if !ok {
		return Session{}, problem.New(problem.TokenInvalid, "the Bearer token is not an auth_token of this platform")
	}
	var session Session
	err := s.DB.Read(ctx, func(tx Tx) error {
		kept, found, err := tx.Tokens().Get(ctx, token.ID.String())
		switch {
		case err != nil:
			return err
		case !found || !bytes.Equal(kept.SecretHash, secret.Hash(token.Secret)):
			return problem.New(problem.TokenInvalid, "the Bearer token is not an auth_token of this platform")
		case kept.RevokedAt != 0:
			return problem.New(problem.TokenInvalid, "the auth_token is revoked; log the user in again with getAuthCode")
		}
		if session.App, err = tx.MiniApps().Get(ctx, kept.MiniAppID); err != nil {
			return err
		}
		if err := session.App.Runs(); err != nil {
			return err
		}
		session.LaunchID = kept.LaunchID
		session.User, err = tx.Users().Get(ctx, kept.UserID)
		return err
	})
	return session, err
}

// Allowed returns nil when the session's user has given a consent. Its problems:
// NotPermitted (the mini app may not ask for it), ConsentMissing (the user has not
// given it).
func (s *Service) Allowed(ctx context.Context, session Session, name consent.Name) error {
	if err := session.App.Permits(string(name)); err != nil {
		return err
	}
	return s.DB.Read(ctx, func(tx Tx) error {
		entry, err := tx.Consents().Get(ctx, session.User.ID, session.App.ID, name)
		if err == nil && entry.State() != consent.StateGiven {
			err = problem.New(problem.ConsentMissing, "the user has not given the consent %q (%s); ask with getConsent(%q)", name, entry.State(), name)
		}
		return err
	})
}
