package sqlstore

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
)

// engine is what each kind of database does in its own way. Everything else,
// every store and every statement, is the same for all.
type engine interface {
	// open connects, checks what was promised of durability, and brings the
	// schema up to date.
	open(ctx context.Context) error
	// write runs fn in a transaction, and shows its entries once it has committed.
	write(ctx context.Context, fn func(*Tx) error) error
	// reads are the statements outside transactions.
	reads() statements
	close() error
}

// statements runs SQL: in a transaction, or outside one where it only reads.
type statements interface {
	// exec runs a statement and gives how many rows it touched.
	exec(ctx context.Context, query string, args ...any) (int64, error)
	// one reads a single row; sql.ErrNoRows when there is none.
	one(ctx context.Context, scan func(scanner) error, query string, args ...any) error
	// all reads every row.
	all(ctx context.Context, scan func(scanner) error, query string, args ...any) error
	// locked makes a query hold the rows that it gives until the transaction
	// ends, so that what was decided on them still holds when it commits.
	locked(query string) string
	// free makes a query hold its rows likewise, and step over those that
	// others hold instead of waiting for them.
	free(query string) string
}

// scanner is one row.
type scanner interface{ Scan(dest ...any) error }

// guarded keeps a panic in one transaction from taking others down.
func guarded(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("panic in a transaction", "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic in a transaction: %v", r)
		}
	}()
	return fn(tx)
}
