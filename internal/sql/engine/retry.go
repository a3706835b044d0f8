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

// SQLSTATEs that another process causes (PostgreSQL, appendix A; CockroachDB
// and YugabyteDB use the same).
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

// How often something is tried in all.
const (
	triesOfConflict  = 15
	triesOfViolation = 5
	triesOfLoss      = 2 * connections // each connection that a restarted server has left behind
)

// tries returns how often something that failed so may be tried in all.
//
// A violated constraint is tried again, too: the row in the way came from a
// transaction that has committed meanwhile, and a rule that looks before it
// inserts sees it now. Without such a transaction it fails once more.
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
	case adminShutdown, crashShutdown, cannotConnectNow:
		return triesOfLoss
	default:
		return 1
	}
}

// retry tries something until it succeeds, fails for good, or has failed too
// often. Its error is explained.
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

// backoff waits 2 to 100 ms, doubling, with jitter, so that two transactions
// that collide do not retry together.
func backoff(ctx context.Context, n int) error {
	most := min(2*time.Millisecond<<n, 100*time.Millisecond)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(most/2 + rand.N(most/2)):
		return nil
	}
}

// final is an error after which nothing may be tried again.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// fatal reports whether an error has ended its connection.
func fatal(told *pgconn.PgError) bool {
	return cmp.Or(told.SeverityUnlocalized, told.Severity) != "ERROR"
}
