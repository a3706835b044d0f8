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

// Options say how to open a database.
type Options struct {
	Place
	Key *secret.Key // the database belongs to it
	// Migrations is a folder of files NNNN_name.sql (see migrate). The first
	// creates the tables schema_versions (version) and master_key (id, proof).
	Migrations fs.FS
	// Pool bounds the connections to PostgreSQL that write, and as many again
	// that read. Zero is 16.
	Pool int
	// Unprepared keeps no statement prepared, as behind a pooler that gives each
	// transaction another connection. Without it, that is noticed by itself.
	Unprepared bool
	// OnStatement, when set, is called before each statement that writes: a
	// place for tests to fail or die at.
	OnStatement func(query string)
	// OnGroup, when set, is called by SQLite's writer after each group of
	// transactions, whether it was committed or not, before callers are told.
	OnGroup func()
}

// Engine is an open database.
type Engine interface {
	// Write runs fn in a transaction; fn may run more than once. After the
	// commit it calls committed, in the order of the commits.
	Write(ctx context.Context, fn func(Statements) error, committed func()) error
	// Reads returns the statements outside transactions. They only read.
	Reads() Statements
	// Close waits for what is being written and closes the database.
	Close() error
}

// Statements runs SQL: in a transaction, or outside one where it only reads.
// Arguments are strings, []byte, whole numbers and booleans, or types of those.
type Statements interface {
	// Exec runs a statement and returns how many rows it touched.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// One reads a single row; sql.ErrNoRows when there is none.
	One(ctx context.Context, scan func(Row) error, query string, args ...any) error
	// All reads every row.
	All(ctx context.Context, scan func(Row) error, query string, args ...any) error
	// Locked makes a query hold the rows that it returns until the transaction
	// ends, so that a decision on them still holds when it commits.
	Locked(query string) string
	// SkipLocked is Locked, and leaves out rows that another transaction holds.
	SkipLocked(query string) string
}

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// ErrTaken says that a unique key was found taken: another transaction has
// inserted the row since this one looked, so the transaction runs again.
var ErrTaken = errors.New("another transaction has inserted this row meanwhile")

// opener is an engine before it is open.
type opener interface {
	Engine
	// open connects, checks that the database is durable, and runs the
	// migrations. Close must work after it has failed.
	open(ctx context.Context) error
}

// Open opens a database and brings its schema up to date. A database that is
// damaged, that comes from a newer Selasar, or that belongs to another master
// key is refused with an error that says so, and stays as it is.
func Open(ctx context.Context, o Options) (Engine, error) {
	var e opener = &sqlite{options: o}
	if o.URL != "" {
		e = &postgres{options: o}
	}
	err := e.open(ctx)
	if err == nil {
		err = own(ctx, e, o.Key)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", o.Place, explain(err)), e.Close())
	}
	return e, nil
}

// guarded keeps a panic in one transaction from taking others down.
func guarded(fn func(Statements) error, run Statements) (err error) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("panic in a transaction", "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic in a transaction: %v", r)
		}
	}()
	return fn(run)
}

// reads reports whether a statement changes nothing.
func reads(query string) bool { return len(query) > 6 && query[:6] == "SELECT" }
