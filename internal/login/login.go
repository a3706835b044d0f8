// Package login logs a user in to a mini app. getAuthCode returns a code to the
// page, the mini app's backend redeems it for an auth token, and the token gives
// access to the user's profile.
//
// A code is valid for a few minutes and can be redeemed once. It is sealed, not
// stored. Only its token is stored, under an id that is derived from the code. So
// of several concurrent redemptions, only one can insert the row, and the others
// find it (RFC 6749, 4.1.2):
//
//	sealed code ──▶ token ──▶ revoked   (the code came again, not as a retry)
package login

import (
	"cmp"
	"context"
	"fmt"
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

// Token is the stored form of an auth token, with the hash of its secret part.
type Token struct {
	ID         string
	MiniAppID  string
	UserID     string
	LaunchID   string
	SecretHash []byte
	CreatedAt  int64 // ms since the epoch
	RevokedAt  int64 // 0 while it is valid
}

// Store stores tokens.
type Store interface {
	// Insert stores a token. When there is a token with the same id, its code
	// is spent: Insert stores nothing and returns false.
	Insert(ctx context.Context, t Token) (bool, error)
	// Get returns a token; found is false when there is none.
	Get(ctx context.Context, id string) (t Token, found bool, err error)
	// Revoke revokes a token at now, unless it is already revoked.
	Revoke(ctx context.Context, id string, now int64) error
}

// Tx is the part of a transaction that logins use.
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
	// Life is the lifetime of codes; zero means CodeLife.
	Life time.Duration
}

// purposes are the purposes of sealed codes. A code lives by the dialect of the call that
// issued it, whatever the mini app's generation is.
var purposes = []struct {
	name string
	of   miniapp.Generation
}{{"auth code", miniapp.Webview}, {"container auth code", miniapp.ContainerV2}}

// CodeLife returns the lifetime of a code that a dialect of a generation issued: 5 minutes for the
// MiniAppSDK (list-of-jssdks-webview-v1), 6 minutes for the containers
// (seamless-login-v2).
func CodeLife(g miniapp.Generation) time.Duration {
	if g == miniapp.Webview {
		return 5 * time.Minute
	}
	return 6 * time.Minute
}

// Kept is how long a revoked token stays in the database. Its code expires earlier,
// so the code is then refused as CodeExpired, and the token as TokenInvalid. A
// valid token stays without a limit: auth tokens do not expire (seamless-login-v2).
func (s *Service) Kept() time.Duration {
	return 24*time.Hour + max(s.Life, CodeLife(miniapp.ContainerV2))
}

// Issue returns a new code for a launch, for a call in a dialect of a generation. It
// writes nothing.
func (s *Service) Issue(launchID string, of miniapp.Generation) (string, error) {
	id, err := uuid.Parse(launchID)
	if err != nil {
		return "", err
	}
	for _, p := range purposes {
		if CodeLife(p.of) == CodeLife(of) {
			return s.Key.Seal(p.name, id, s.Clock.Now(), nil), nil
		}
	}
	return "", fmt.Errorf("no code lives as long as one of generation %q", of)
}

// unseal returns a code and the generation of the dialect that issued it.
func (s *Service) unseal(text string) (code secret.Code, of miniapp.Generation, ok bool) {
	for _, p := range purposes {
		if code, ok = s.Key.Unseal(p.name, text); ok {
			return code, p.of, true
		}
	}
	return code, "", false
}

// Granted is the result of a redeemed code.
type Granted struct {
	Token     string // auth_token
	AccountID string // gopay_account_id
	LaunchID  string // the launch in which the code was issued
}

// Redeem redeems a code for a token. Its problems: CodeUnknown (not a code, or
// another mini app's), CodeExpired, CodeReplayed (which revokes the token of the
// first redemption), KeyReused. A failed request of another mini app neither
// spends a code nor revokes its token. A retry by the same mini app with the same
// Request-Id and body returns the same token.
func (s *Service) Redeem(ctx context.Context, app miniapp.App, text string, req request.Request) (Granted, error) {
	code, of, ok := s.unseal(text)
	if !ok {
		return Granted{}, problem.New(problem.CodeUnknown, "this is not a code that getAuthCode returned; send it whole and unchanged")
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
		return Granted{}, problem.New(problem.CodeUnknown, "the launch or the user of this code no longer exists")
	case err != nil:
		return Granted{}, err
	case l.MiniAppID != app.ID:
		return Granted{}, problem.New(problem.CodeUnknown, "this code belongs to another mini app")
	}
	token := s.Key.Token(code)
	if err := s.spend(ctx, code, of, token, l, req); err != nil {
		return Granted{}, err
	}
	return Granted{Token: token.Text, AccountID: owner.AccountID, LaunchID: l.ID}, nil
}

// spend stores the token, once. It returns the problem of a replay only after the
// commit, because the transaction of a replay revokes the token.
func (s *Service) spend(ctx context.Context, code secret.Code, of miniapp.Generation, token secret.Token, l launch.Launch, req request.Request) error {
	var verdict error
	err := s.DB.Write(ctx, func(tx Tx) error {
		verdict = nil
		if retry, err := retried(ctx, tx, req, token.ID.String()); err != nil {
			return err
		} else if retry {
			return stillLives(ctx, tx, token.ID.String())
		}
		now := s.Clock.Now()
		if expired := s.expired(code, of, now); expired != nil {
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
		if !fresh { // redeemed before, possibly by an earlier try of this request
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

// retried reports whether req retries the call that redeemed the code.
func retried(ctx context.Context, tx Tx, req request.Request, tokenID string) (bool, error) {
	first, found, err := request.Earlier(ctx, tx.Requests(), req)
	return found && first.Subject == tokenID, err
}

func replayed() error {
	return problem.New(problem.CodeReplayed, "this code was redeemed before; the token of its first redemption is now revoked. "+
		"To retry a request, send the same Request-Id and body; to log in again, call getAuthCode")
}

func (s *Service) expired(code secret.Code, of miniapp.Generation, now time.Time) error {
	life := s.Life
	if life == 0 {
		life = CodeLife(of)
	}
	if why := code.Stale(now, life); why != "" {
		return problem.New(problem.CodeExpired, "this code is no longer valid: %s; call getAuthCode again", why)
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
