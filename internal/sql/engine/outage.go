package engine

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	lib "modernc.org/sqlite/lib"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sql/sqlite"
)

// outage is a fault of the storage that a caller cannot cause. The same request can
// succeed later.
type outage struct {
	says      string // to the caller, without an address
	sqlite    []int  // primary result codes of SQLite
	sqlstates []string
	errors    []error
}

// outages are all outages. Every dialect answers them with its own form of
// "unavailable".
var outages = []outage{
	{
		says:   "the disk of the database is full, and nothing was written; free some space, then send the request again",
		sqlite: []int{lib.SQLITE_FULL}, sqlstates: []string{"53100"},
	}, {
		says:   "the database only reads at the moment; it is a standby, or somebody has set it so",
		sqlite: []int{lib.SQLITE_READONLY}, sqlstates: []string{readOnlyTransaction},
	}, {
		says:   "the database's disk fails, and nothing was written; look at the disk and at Selasar's log",
		sqlite: []int{lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN}, sqlstates: []string{"58030"},
	}, {
		says:      "the database is busy; send the request again",
		sqlite:    []int{lib.SQLITE_BUSY, lib.SQLITE_LOCKED},
		sqlstates: []string{serializationFailure, deadlockDetected, "53300", "55P03"},
		errors:    []error{errBusy, errSlow},
	}, {
		says:      "the database does not answer at the moment; send the request again",
		sqlstates: []string{adminShutdown, crashShutdown, cannotConnectNow, "08000", "08001", "08003", "08004", "08006"},
		errors:    []error{errGone},
	},
}

// unavailable returns the problem of an outage for the caller, or nil for another error.
// A commit with an unknown outcome is none, because the request may have succeeded.
func unavailable(err, explanation error) *problem.Problem {
	if errors.Is(err, errUnsure) {
		return nil
	}
	at := slices.IndexFunc(outages, func(o outage) bool { return o.is(err) })
	if _, unconnected := errors.AsType[*pgconn.ConnectError](err); unconnected && at < 0 {
		at = len(outages) - 1
	}
	if at < 0 {
		return nil
	}
	return &problem.Problem{Code: problem.Unavailable, Message: outages[at].says, Err: explanation}
}

func (o outage) is(err error) bool {
	if coded, ok := errors.AsType[*sqlite.Error](err); ok {
		return slices.Contains(o.sqlite, coded.Primary())
	}
	if told, ok := errors.AsType[*pgconn.PgError](err); ok && slices.Contains(o.sqlstates, told.Code) {
		return true
	}
	return slices.ContainsFunc(o.errors, func(one error) bool { return errors.Is(err, one) })
}
