package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/sqlstore/ledger"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// How a store is written, so that it is right on SQLite, where one transaction
// writes at a time, and on PostgreSQL at READ COMMITTED, where many do:
//
//   - One text of SQL: $1 parameters, no casts, no now(); TEXT, BIGINT, BYTEA.
//     A []byte that may be nil is written as append([]byte{}, b...).
//   - A Get on which a Write decides, and the Get inside a Change, wraps its query in
//     run.Locked, so that no other transaction changes the row before the commit. On
//     SQLite, and outside a Write, run.Locked does nothing.
//   - An effect that may happen once is a conditional UPDATE, or an INSERT with ON
//     CONFLICT DO NOTHING, whose row count is the answer. Or it is an INSERT with a
//     unique key: after a violation, the whole Write is retried and sees the row of
//     the other transaction. So a Write assigns its results anew in each run, and has
//     no effect outside.
//   - Lock order: launch, ask, payment, transfer, notification, user, head of a chain. Rows of one
//     kind are locked in a fixed order. Another order could deadlock; the server would notice that
//     after a second, and one transaction would be retried.
//   - Two statements of a Read may see different states of the database.

// Tx has a store for each noun. It belongs to a transaction that writes, or only
// reads.
type Tx struct {
	db      *DB
	run     engine.Statements
	writes  bool
	entries []journal.Entry // published when the transaction has committed
}

// Tx implements the Tx interface of each rule package.
var (
	_ jsapi.Tx      = (*Tx)(nil)
	_ launch.Tx     = (*Tx)(nil)
	_ login.Tx      = (*Tx)(nil)
	_ bank.Tx       = (*Tx)(nil)
	_ blob.Tx       = (*Tx)(nil)
	_ payment.Tx    = (*Tx)(nil)
	_ setting.Tx    = (*Tx)(nil)
	_ credential.Tx = (*Tx)(nil)
	_ message.Tx    = (*Tx)(nil)
	_ reward.Tx     = (*Tx)(nil)
	_ audit.Tx      = (*Tx)(nil)
	_ transfer.Tx   = (*Tx)(nil)
	_ apikey.Tx     = (*Tx)(nil)
	_ registry.Tx   = (*Tx)(nil)

	_ consent.LedgerTx = (*Tx)(nil)

	_ notification.SenderTx = (*Tx)(nil)
)

func (tx *Tx) Settings() setting.Store       { return settings{tx.run} }
func (tx *Tx) MiniApps() miniapp.Store       { return miniApps{tx} }
func (tx *Tx) Users() user.Store             { return users{tx} }
func (tx *Tx) Wallets() wallet.Store         { return wallets{tx.run} }
func (tx *Tx) Launches() launch.Store        { return launches{tx} }
func (tx *Tx) Consents() consent.Store       { return tx.consents() }
func (tx *Tx) Ledger() consent.Ledger        { return tx.consents() }
func (tx *Tx) Asks() ask.Store               { return asks{tx.run} }
func (tx *Tx) Blobs() blob.Store             { return blobs{tx.run} }
func (tx *Tx) Tokens() login.Store           { return tokens{tx.run} }
func (tx *Tx) BankTokens() bank.Store        { return bankTokens{tx.run} }
func (tx *Tx) Requests() request.Store       { return requests{tx.run} }
func (tx *Tx) Payments() payment.Store       { return payments{tx.run} }
func (tx *Tx) Transfers() transfer.Store     { return transfers{tx.run} }
func (tx *Tx) Credentials() credential.Store { return credentials{tx} }
func (tx *Tx) Messages() message.Store       { return messages{tx.run} }
func (tx *Tx) Keys() apikey.Store            { return apiKeys{tx} }
func (tx *Tx) Registrations() registry.Store { return registrations{tx} }
func (tx *Tx) Journal() journal.Appender     { return entries{tx} }
func (tx *Tx) Audit() audit.Store {
	return auditLog{ledger.Audit{Run: tx.run, Chain: tx.db.chains.Audit}}
}

func (tx *Tx) Notifications() notification.Store { return notifications{tx} }
func (tx *Tx) Outbox() notification.Outbox       { return notifications{tx} }
func (tx *Tx) Proofs() notification.Prover       { return payments{tx.run} }

func (tx *Tx) consents() consents {
	return consents{tx, ledger.Consents{Run: tx.run, Chain: tx.db.chains.Consents}}
}

// get returns a row of a cached kind. A writer sees its own changes: it reads from
// memory only rows that its transaction has not changed. It adds no row to the cache,
// because a rollback may undo the row.
func get[T any](tx *Tx, recent *recent[T], key string, read func() (T, error)) (T, error) {
	if !tx.writes {
		return recent.get(key, read)
	}
	if row, ok := recent.peek(key); ok {
		return row, nil
	}
	return read()
}

// view passes the database to rules with the smaller Tx that they declare.
type view[T any] struct{ db *DB }

// View returns the database for a rule with transactions of type T, which *Tx must
// implement.
func View[T any](db *DB) store.Database[T] { return view[T]{db} }

func (v view[T]) Write(ctx context.Context, fn func(T) error) error {
	return v.db.Write(ctx, func(tx *Tx) error { return fn(any(tx).(T)) })
}

func (v view[T]) Read(ctx context.Context, fn func(T) error) error {
	return v.db.Read(ctx, func(tx *Tx) error { return fn(any(tx).(T)) })
}

// orElse returns otherwise for a missing row, and err for another error. It is a
// function, because most rows exist, and the text of an error takes longer than a read
// from the cache.
func orElse(err error, otherwise func() error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return otherwise()
	}
	return err
}
