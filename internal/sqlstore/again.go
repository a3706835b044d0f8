package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// SQLSTATEs that are not the fault of whoever meets them (PostgreSQL,
// appendix A; CockroachDB and YugabyteDB use the same).
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	uniqueViolation      = "23505"
	foreignKeyViolation  = "23503"
	duplicateTable       = "42P07"
	duplicateStatement   = "42P05"
	noStatement          = "26000"
	duplicateObject      = "42710"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
)

// again gives how often something may be tried in all that failed so.
//
// A row that violates a constraint is tried again, too: the other one came
// from a transaction that has committed meanwhile, and rules that look before
// they insert see it now. Where nobody was in the way it fails once more.
func again(err error) int {
	if _, ok := errors.AsType[last](err); ok {
		return 1
	}
	const (
		violated  = 5
		restarted = 2 * connections // each that a server has left behind
	)
	if errors.Is(err, errGone) {
		return restarted
	}
	if errors.Is(err, errTaken) {
		return violated
	}
	told, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return 1
	}
	switch told.Code {
	case serializationFailure, deadlockDetected:
		return 15
	case uniqueViolation, foreignKeyViolation, duplicateTable, duplicateObject:
		return violated
	case adminShutdown, crashShutdown, cannotConnectNow:
		return restarted
	default:
		return 1
	}
}

// persist tries something until it succeeds, fails for good, or has failed too
// often. Its error is explained.
func persist(ctx context.Context, try func() error) error {
	for n := 1; ; n++ {
		err := try()
		switch most := again(err); {
		case err == nil || most == 1:
			return explain(err)
		case n >= most:
			return fmt.Errorf("tried %d times: %w", n, explain(err))
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
}

// pause waits longer each time, and seldom as long as whoever is in the way.
func pause(ctx context.Context, n int) error {
	most := min(2*time.Millisecond<<n, 100*time.Millisecond)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(most/2 + rand.N(most/2)):
		return nil
	}
}

// last is an error of something that must not be tried again.
type last struct{ error }

func (l last) Unwrap() error { return l.error }

// fatal says whether an error has ended its connection.
func fatal(told *pgconn.PgError) bool {
	return cmp.Or(told.SeverityUnlocalized, told.Severity) != "ERROR"
}

// committing says what the failure of a commit means. Unless the server itself
// has refused it, it may have happened.
func committing(err error) error {
	if err == context.DeadlineExceeded || errors.Is(err, sql.ErrTxDone) { // nothing was sent
		return last{fmt.Errorf("%w (%w)", errSlow, err)}
	}
	if told, ok := errors.AsType[*pgconn.PgError](err); ok && !fatal(told) {
		return err
	}
	if errors.Is(err, driver.ErrBadConn) { // it never left
		return fmt.Errorf("%w (%w)", errGone, err)
	}
	return last{fmt.Errorf("%w (%w)", errUnsure, err)}
}
