package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime/debug"

	"github.com/selasar/selasar/internal/secret"
)

// Options configure Open.
type Options struct {
	Place
	Key *secret.Key // the key that the database belongs to
	// Root, when set, returns that key from the migrated database, instead of Key.
	Root func(ctx context.Context, e Engine) (*secret.Key, error)
	// Migrations is a folder of files NNNN_name.sql (see migrate). The first
	// creates the tables schema_versions (version) and master_key (id, proof).
	Migrations fs.FS
	// Pool bounds the connections to PostgreSQL that write, and as many again
	// that read. Zero is 16.
	Pool int
	// Unprepared prepares no statement, for a pooler that gives each transaction
	// another connection. Without it, the engine detects such a pooler.
	Unprepared bool
	// OnStatement, when set, is called before each statement that writes. Tests fail
	// or exit there.
	OnStatement func(query string)
	// OnGroup, when set, is called by SQLite's writer after each group of
	// transactions, committed or not, before the callers get their results.
	OnGroup func()
}

// Engine is an open database.
type Engine interface {
	// Write runs fn in a transaction; fn may run more than once. After the commit it
	// calls committed, in commit order.
	Write(ctx context.Context, fn func(Statements) error, committed func()) error
	// Reads returns the statements outside transactions. They are read-only.
	Reads() Statements
	// Probe writes a row, and returns the error of a database that cannot write.
	Probe(ctx context.Context) error
	// Empty empties tables without deleting row by row, and frees their disk space. A
	// table precedes the tables that it refers to. It calls begin when no other write of
	// this process runs, and calls OnGroup at its end. fill inserts rows that the empty
	// database needs; nobody sees it without them.
	Empty(ctx context.Context, tables []string, begin func(), fill func(Statements) error) error
	// Close waits for running writes and closes the database.
	Close() error
}

// Statements runs SQL: in a transaction, or outside one where it only reads.
// Arguments are strings, []byte, whole numbers and booleans, or types of those.
type Statements interface {
	// Exec runs a statement and returns the number of rows that it changed.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// One reads a single row. The error is sql.ErrNoRows if it does not exist.
	One(ctx context.Context, scan func(Row) error, query string, args ...any) error
	// All reads every row.
	All(ctx context.Context, scan func(Row) error, query string, args ...any) error
	// Locked makes a query lock the rows that it returns until the transaction ends,
	// so that a decision on them is still true at the commit.
	Locked(query string) string
	// SkipLocked is Locked, but omits rows that another transaction has locked.
	SkipLocked(query string) string
}

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// ErrTaken is a violation of a unique key: another transaction has inserted the row
// since this one looked. The transaction is retried.
var ErrTaken = errors.New("another transaction has inserted this row meanwhile")

// opener is an engine that is not open yet.
type opener interface {
	Engine
	// open connects, checks that the database is durable, and runs the
	// migrations. Close must work after it has failed.
	open(ctx context.Context) error
}

// Open opens a database and migrates its schema. It refuses a database that is
// damaged, that a newer Selasar wrote, or that belongs to another master key. The
// error says which, and the database is unchanged.
func Open(ctx context.Context, o Options) (Engine, error) {
	var e opener = &file{options: o}
	if o.URL != "" {
		e = &postgres{options: o}
	}
	err := e.open(ctx)
	if err == nil {
		err = o.own(ctx, e)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", o.Place, explain(err)), e.Close())
	}
	return e, nil
}

func (o Options) own(ctx context.Context, e Engine) (err error) {
	key := o.Key
	if o.Root != nil {
		if key, err = o.Root(ctx, e); err != nil {
			return err
		}
	}
	return own(ctx, e, key)
}

// guarded turns a panic in one transaction into its error, so that other transactions
// go on.
func guarded(fn func(Statements) error, run Statements) (err error) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("panic in a transaction", "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic in a transaction: %v", r)
		}
	}()
	return fn(run)
}

// reads reports whether a statement only reads.
func reads(query string) bool { return len(query) > 6 && query[:6] == "SELECT" }
