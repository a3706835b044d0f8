package stage

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx has the stores of all nouns of a transaction, with the stage's fault before each
// store call.
type Tx struct {
	*sqlstore.Tx
	fault *fault
}

// MiniApps and the methods below return the stores of the rules, each with the
// stage's fault.
func (tx *Tx) MiniApps() miniapp.Store       { return miniApps{tx.Tx.MiniApps(), tx.fault} }
func (tx *Tx) Users() user.Store             { return users{tx.Tx.Users(), tx.fault} }
func (tx *Tx) Wallets() wallet.Store         { return wallets{tx.Tx.Wallets(), tx.fault} }
func (tx *Tx) Launches() launch.Store        { return launches{tx.Tx.Launches(), tx.fault} }
func (tx *Tx) Consents() consent.Store       { return consents{tx.Tx.Consents(), tx.fault} }
func (tx *Tx) Asks() ask.Store               { return asks{tx.Tx.Asks(), tx.fault} }
func (tx *Tx) Tokens() login.Store           { return tokens{tx.Tx.Tokens(), tx.fault} }
func (tx *Tx) BankTokens() bank.Store        { return bankTokens{tx.Tx.BankTokens(), tx.fault} }
func (tx *Tx) Requests() request.Store       { return requests{tx.Tx.Requests(), tx.fault} }
func (tx *Tx) Payments() payment.Store       { return payments{tx.Tx.Payments(), tx.fault} }
func (tx *Tx) Transfers() transfer.Store     { return transfers{tx.Tx.Transfers(), tx.fault} }
func (tx *Tx) Credentials() credential.Store { return credentials{tx.Tx.Credentials(), tx.fault} }
func (tx *Tx) Messages() message.Store       { return messages{tx.Tx.Messages(), tx.fault} }
func (tx *Tx) Journal() journal.Appender     { return entries{tx.Tx.Journal(), tx.fault} }
func (tx *Tx) Notifications() notification.Store {
	return notifications{tx.Tx.Notifications(), tx.fault}
}
func (tx *Tx) Outbox() notification.Outbox { return outbox{tx.Tx.Outbox(), tx.fault} }
func (tx *Tx) Proofs() notification.Prover { return proofs{tx.Tx.Proofs(), tx.fault} }

// Each following method is the database's own, with the fault before it.

type miniApps struct {
	miniapp.Store
	*fault
}

func (s miniApps) Put(ctx context.Context, a miniapp.App) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Put(ctx, a)
}

func (s miniApps) Get(ctx context.Context, id string) (v miniapp.App, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, id)
}

func (s miniApps) List(ctx context.Context) (v []miniapp.App, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx)
}

type users struct {
	user.Store
	*fault
}

func (s users) Insert(ctx context.Context, u user.User) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, u)
}

func (s users) Get(ctx context.Context, id string) (v user.User, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, id)
}

func (s users) List(ctx context.Context, p store.Page) (v []user.User, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, p)
}

func (s users) Change(ctx context.Context, id string, fn func(*user.User) error) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Change(ctx, id, fn)
}

type wallets struct {
	wallet.Store
	*fault
}

func (s wallets) Insert(ctx context.Context, e wallet.Entry) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, e)
}

func (s wallets) List(ctx context.Context, userID string, p store.Page) (v []wallet.Entry, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, userID, p)
}

type launches struct {
	launch.Store
	*fault
}

func (s launches) Insert(ctx context.Context, l launch.Launch) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, l)
}

func (s launches) Get(ctx context.Context, id string) (v launch.Launch, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, id)
}

func (s launches) Change(ctx context.Context, id string, fn func(*launch.Launch) error) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Change(ctx, id, fn)
}

type consents struct {
	consent.Store
	*fault
}

func (s consents) Insert(ctx context.Context, e consent.Entry) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, e)
}

func (s consents) Get(ctx context.Context, userID, miniAppID string, name consent.Name) (v consent.Entry, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, userID, miniAppID, name)
}

func (s consents) List(ctx context.Context, userID, miniAppID string, p store.Page) (v []consent.Entry, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, userID, miniAppID, p)
}
