// Package bank lets a mini app's backend read the bank account that a user has
// linked. getBankAccountToken returns a token to the page, and bank-details
// accepts it once. Only the mini app's backend receives the account number.
package bank

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Life is the lifetime of a token.
const Life = 5 * time.Minute

// Kept is how long a spent token stays in the database. It is longer than Life,
// so a deleted token is refused as CodeExpired.
const Kept = Life + 24*time.Hour

const purpose = "bank token"

// Store stores the ids of spent tokens.
type Store interface {
	// Insert spends a token. It returns false when the token was spent before.
	Insert(ctx context.Context, id, miniAppID, userID string, now int64) (bool, error)
}

// Tx is the part of a transaction that Redeem uses.
type Tx interface {
	Users() user.Store
	Launches() launch.Store
	Consents() consent.Store
	BankTokens() Store
	Requests() request.Store
	Journal() journal.Appender
}

// Service issues and redeems bank account tokens.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	Key   *secret.Key
	// Directory, when set, has the accounts, instead of the database.
	Directory user.Directory
}

// Issue returns a new token for a launch. It writes nothing.
func (s *Service) Issue(launchID string) (string, error) {
	id, err := uuid.Parse(launchID)
	if err != nil {
		return "", err
	}
	return s.Key.Seal(purpose, id, s.Clock.Now(), nil), nil
}

// Redeem spends a token and returns the account of its user. Its problems:
// CodeUnknown (not a token, or another mini app's), CodeExpired,
// CodeReplayed, KeyReused, NotPermitted (the mini app may not ask for the
// consent), ConsentMissing, UserUnknown (no account is linked).
// A retry with the same Request-Id and body returns the account again. A Directory that does not answer
// is the problem Unavailable.
func (s *Service) Redeem(ctx context.Context, app miniapp.App, text string, req request.Request) (user.BankAccount, error) {
	code, ok := s.Key.Unseal(purpose, text)
	if !ok {
		return user.BankAccount{}, problem.New(problem.CodeUnknown, "account_token is not a token that getBankAccountToken returned")
	}
	account, err := s.lookUp(ctx, app, code)
	if err != nil {
		return user.BankAccount{}, err
	}
	err = s.DB.Write(ctx, func(tx Tx) error {
		l, owner, err := s.owner(ctx, tx, code, app)
		if err != nil {
			return err
		}
		if s.Directory == nil {
			account = owner.Bank
		}
		if !account.Linked() {
			return problem.New(problem.UserUnknown, "the user has no linked bank account")
		}
		return s.spend(ctx, tx, code, l, req)
	})
	return account, err
}

// lookUp reads the account of a token's user from the directory, if there is one. It comes
// before the transaction, so that an outage of the directory spends no token.
func (s *Service) lookUp(ctx context.Context, app miniapp.App, code secret.Code) (account user.BankAccount, err error) {
	if s.Directory == nil {
		return account, nil
	}
	var owner user.User
	err = s.DB.Read(ctx, func(tx Tx) (err error) {
		_, owner, err = s.owner(ctx, tx, code, app)
		return err
	})
	if err != nil {
		return account, err
	}
	return s.Directory.BankAccount(ctx, owner.ID)
}

// owner returns the launch of a token, and its user. It returns a problem when the token
// belongs to another mini app, or the consent is missing.
func (s *Service) owner(ctx context.Context, tx Tx, code secret.Code, app miniapp.App) (l launch.Launch, owner user.User, err error) {
	l, err = tx.Launches().Get(ctx, code.Launch.String())
	if err != nil || l.MiniAppID != app.ID {
		return l, owner, cmp.Or[error](notUnknown(err), problem.New(problem.CodeUnknown, "account_token belongs to another mini app, or its launch no longer exists"))
	}
	if err := app.Permits(string(consent.BankAccount)); err != nil {
		return l, owner, err
	}
	entry, err := tx.Consents().Get(ctx, l.UserID, l.MiniAppID, consent.BankAccount)
	if err != nil {
		return l, owner, err
	}
	if entry.State() != consent.StateGiven {
		return l, owner, problem.New(problem.ConsentMissing, "the user does not consent to %q (%s); ask with getConsent", consent.BankAccount, entry.State())
	}
	owner, err = tx.Users().Get(ctx, l.UserID)
	return l, owner, err
}

func (s *Service) spend(ctx context.Context, tx Tx, code secret.Code, l launch.Launch, req request.Request) error {
	if retry, err := retried(ctx, tx, req, code); err != nil || retry {
		return err
	}
	now := s.Clock.Now()
	if why := code.Stale(now, Life); why != "" {
		return problem.New(problem.CodeExpired, "account_token is no longer valid: %s; call getBankAccountToken again", why)
	}
	fresh, err := tx.BankTokens().Insert(ctx, code.ID.String(), l.MiniAppID, l.UserID, now.UnixMilli())
	if err != nil {
		return err
	}
	if !fresh { // spent before, possibly by an earlier try of this request
		if retry, err := retried(ctx, tx, req, code); err != nil || retry {
			return err
		}
		return problem.New(problem.CodeReplayed, "account_token was used before; it is valid for one request, call getBankAccountToken again")
	}
	return request.Keep(ctx, tx.Requests(), req, code.ID.String())
}

// retried reports whether req retries the call that spent the token.
func retried(ctx context.Context, tx Tx, req request.Request, code secret.Code) (bool, error) {
	first, found, err := request.Earlier(ctx, tx.Requests(), req)
	return found && first.Subject == code.ID.String(), err
}

func notUnknown(err error) error {
	if problem.Is(err, problem.LaunchUnknown) {
		return nil
	}
	return err
}
