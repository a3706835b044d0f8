// Package login signs a user in to a mini app: getAuthCode gives the page a
// code, the mini app's backend exchanges it for an auth token, and the token
// reads the user's profile.
//
// A code is valid for a few minutes and redeemed once. It is sealed rather
// than stored; what is stored is the token it was redeemed for, under an id
// that follows from the code, so that a second redemption meets the first
// one's row in the same transaction, however many race (RFC 6749, 4.1.2):
//
//	sealed code ──▶ token ──▶ revoked   (the code came again, not as a retry)
package login

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Token is an auth token as it is kept: its secret part as a hash.
type Token struct {
	ID         string
	MiniAppID  string
	UserID     string
	LaunchID   string
	SecretHash []byte
	CreatedAt  int64 // ms since the epoch
	RevokedAt  int64 // 0 while it lives
}

// Store keeps tokens.
type Store interface {
	// Insert keeps a token; it gives false, and keeps nothing, when there is
	// one of the same id: its code was spent.
	Insert(ctx context.Context, t Token) (bool, error)
	// Get gives a token; found is false when there is none.
	Get(ctx context.Context, id string) (t Token, found bool, err error)
	// Revoke ends a token's life at now, if it still lives.
	Revoke(ctx context.Context, id string, now int64) error
}

// Tx is what logging in touches.
type Tx interface {
	MiniApps() miniapp.Store
	Users() user.Store
	Launches() launch.Store
	Consents() consent.Store
	Tokens() Store
	Requests() request.Store
	Journal() journal.Appender
}

// Service issues and redeems codes.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	Key   *secret.Key
	// Life overrides how long codes live; zero leaves it to the generation.
	Life time.Duration
}

const purpose = "auth code"

// CodeLife is how long a code of a generation lives: 5 minutes for the
// MiniAppSDK (list-of-jssdks-webview-v1), 6 for the containers
// (seamless-login-v2).
func CodeLife(g miniapp.Generation) time.Duration {
	if g == miniapp.Webview {
		return 5 * time.Minute
	}
	return 6 * time.Minute
}

// Kept is how long a token is kept once it is revoked. By then its code has
// long expired: the two stay refused, as CodeExpired and TokenInvalid. A token
// that lives is kept for ever: auth tokens do not expire (seamless-login-v2).
func (s *Service) Kept() time.Duration {
	return 24*time.Hour + max(s.Life, CodeLife(miniapp.ContainerV2))
}

// Issue makes a code for a launch. Nothing is written.
func (s *Service) Issue(launchID string) (string, error) {
	id, err := uuid.Parse(launchID)
	if err != nil {
		return "", err
	}
	return s.Key.Seal(purpose, id, s.Clock.Now(), nil), nil
}

// Granted is what a mini app's backend gets for a code.
type Granted struct {
	Token     string // auth_token
	AccountID string // gopay_account_id
	LaunchID  string // that the code was given out in
}

// Redeem exchanges a code for a token. Its problems: CodeUnknown (not a code,
// or another mini app's), CodeExpired, CodeReplayed (which revokes the token
// of the first redemption), KeyReused. A problem about somebody else's code
// neither spends nor harms it. A retry, the same client with the same
// Request-Id and body, gets the same answer.
func (s *Service) Redeem(ctx context.Context, app miniapp.App, text string, req request.Request) (Granted, error) {
	code, ok := s.Key.Unseal(purpose, text)
	if !ok {
		return Granted{}, problem.New(problem.CodeUnknown, "this is not a code that getAuthCode gave out; send it whole and unchanged")
	}
	var l launch.Launch
	var owner user.User
	err := s.DB.Read(ctx, func(tx Tx) (err error) {
		if l, err = tx.Launches().Get(ctx, code.Launch.String()); err != nil {
			return err
		}
		owner, err = tx.Users().Get(ctx, l.UserID)
		return err
	})
	switch {
	case problem.Is(err, problem.LaunchUnknown, problem.UserUnknown):
		return Granted{}, problem.New(problem.CodeUnknown, "the launch or the user of this code is gone")
	case err != nil:
		return Granted{}, err
	case l.MiniAppID != app.ID:
		return Granted{}, problem.New(problem.CodeUnknown, "this code was given to another mini app")
	}
	token := s.Key.Token(code)
	if err := s.spend(ctx, code, token, l, app, req); err != nil {
		return Granted{}, err
	}
	return Granted{Token: token.Text, AccountID: owner.AccountID, LaunchID: l.ID}, nil
}

// spend keeps the token, once. What it finds out about the code it gives as a
// problem after the transaction, because a replay has to be written down.
func (s *Service) spend(ctx context.Context, code secret.Code, token secret.Token, l launch.Launch, app miniapp.App, req request.Request) error {
	var verdict error
	err := s.DB.Write(ctx, func(tx Tx) error {
		verdict = nil
		if retry, err := retried(ctx, tx, req, token.ID.String()); err != nil {
			return err
		} else if retry {
			return stillLives(ctx, tx, token.ID.String())
		}
		now := s.Clock.Now()
		if expired := s.expired(code, app, now); expired != nil {
			_, spent, err := tx.Tokens().Get(ctx, token.ID.String())
			if err != nil || !spent {
				return cmp.Or(err, expired)
			}
			verdict = replayed()
			return s.revoke(ctx, tx, token.ID.String(), l, now)
		}
		fresh, err := tx.Tokens().Insert(ctx, Token{
			ID: token.ID.String(), MiniAppID: l.MiniAppID, UserID: l.UserID, LaunchID: l.ID,
			SecretHash: secret.Hash(token.Secret), CreatedAt: now.UnixMilli(),
		})
		if err != nil {
			return err
		}
		if !fresh { // it was redeemed before, or while we looked, and perhaps by this very request
			if retry, err := retried(ctx, tx, req, token.ID.String()); err != nil {
				return err
			} else if retry {
				return stillLives(ctx, tx, token.ID.String())
			}
			verdict = replayed()
			return s.revoke(ctx, tx, token.ID.String(), l, now)
		}
		return request.Keep(ctx, tx.Requests(), req, token.ID.String())
	})
	return cmp.Or(err, verdict)
}

// retried says whether a token was given for a call that this one retries.
func retried(ctx context.Context, tx Tx, req request.Request, tokenID string) (bool, error) {
	first, found, err := request.Earlier(ctx, tx.Requests(), req)
	return found && first.Subject == tokenID, err
}

func replayed() error {
	return problem.New(problem.CodeReplayed, "this code was redeemed before; the token of its first redemption is revoked now. "+
		"To retry a request, send the same Request-Id and body; to log in again, call getAuthCode")
}

func (s *Service) expired(code secret.Code, app miniapp.App, now time.Time) error {
	life := s.Life
	if life == 0 {
		life = CodeLife(app.Generation)
	}
	if why := code.Stale(now, life); why != "" {
		return problem.New(problem.CodeExpired, "this code is not taken any more: %s; call getAuthCode again", why)
	}
	return nil
}

func (s *Service) revoke(ctx context.Context, tx Tx, tokenID string, l launch.Launch, now time.Time) error {
	if err := tx.Tokens().Revoke(ctx, tokenID, now.UnixMilli()); err != nil {
		return err
	}
	return tx.Journal().Append(ctx, event.CodeReplayed.Entry(
		event.Scope{MiniAppID: l.MiniAppID, UserID: l.UserID, LaunchID: l.ID}, event.None{},
	))
}

func stillLives(ctx context.Context, tx Tx, tokenID string) error {
	t, found, err := tx.Tokens().Get(ctx, tokenID)
	if err == nil && (!found || t.RevokedAt != 0) {
		err = replayed()
	}
	return err
}
