package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// SQLSTATEs that other processes cause (PostgreSQL, appendix A; the same in
// CockroachDB and YugabyteDB).
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
	readOnlyTransaction  = "25006"
)

// The largest number of attempts, the first one included.
const (
	triesOfConflict  = 15
	triesOfViolation = 5
	triesOfReadOnly  = 3               // the second one has a new connection; it may also be an old one of another caller
	triesOfLoss      = 2 * connections // every connection of a restarted server may be lost
)

// tries returns the largest number of attempts after an error.
//
// A violated constraint is also retried: another transaction has committed the
// conflicting row, and a rule that looks before it inserts now sees it. A violation
// without such a transaction fails again.
func tries(err error) int {
	if _, ok := errors.AsType[final](err); ok {
		return 1
	}
	if errors.Is(err, errGone) {
		return triesOfLoss
	}
	if errors.Is(err, ErrTaken) {
		return triesOfViolation
	}
	told, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return 1
	}
	switch told.Code {
	case serializationFailure, deadlockDetected:
		return triesOfConflict
	case uniqueViolation, foreignKeyViolation, duplicateTable, duplicateObject:
		return triesOfViolation
	case readOnlyTransaction:
		return triesOfReadOnly
	case adminShutdown, crashShutdown, cannotConnectNow:
		return triesOfLoss
	default:
		return 1
	}
}

// retry repeats try until it succeeds, fails with a final error, or has used all
// attempts. The error is explained.
func retry(ctx context.Context, try func() error) error {
	for n := 1; ; n++ {
		err := try()
		switch most := tries(err); {
		case err == nil || most == 1:
			return explain(err)
		case n >= most:
			return fmt.Errorf("tried %d times: %w", n, explain(err))
		}
		if err := backoff(ctx, n); err != nil {
			return err
		}
	}
}

// backoff waits 2 to 100 ms, doubling, with jitter, so that two colliding
// transactions do not retry together.
func backoff(ctx context.Context, n int) error {
	most := min(2*time.Millisecond<<n, 100*time.Millisecond)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(most/2 + rand.N(most/2)):
		return nil
	}
}

// final is an error that must not be retried.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// fatal reports whether an error has ended its connection.
func fatal(told *pgconn.PgError) bool {
	return cmp.Or(told.SeverityUnlocalized, told.Severity) != "ERROR"
}
