package engine

import (
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	lib "modernc.org/sqlite/lib"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sql/sqlite"
)

var (
	errDamaged = errors.New("the file is damaged; restore it from a backup, or remove it to start afresh")
	errBusy    = errors.New("no connection to the database came free in time")
	errGone    = errors.New("the connection to the database was lost")
	errUnsure  = errors.New("the connection was lost while committing: it is not known whether it was kept")
	errSlow    = fmt.Errorf("the database took too long; perhaps another program holds what was needed, or a pooler before it has fewer connections than Selasar uses (%d)", 2*connections)
)

// explained is an error with an explanation for the operator, and for an outage with
// the problem that the caller gets.
type explained struct {
	error
	outage *problem.Problem
}

// Unwrap returns the error, and the problem if there is one.
func (e explained) Unwrap() []error {
	if e.outage == nil {
		return []error{e.error}
	}
	return []error{e.error, e.outage}
}

// explain adds an explanation for the operator to an error of the database, once. It
// returns an error that it does not know unchanged.
func explain(err error) error {
	if _, done := errors.AsType[explained](err); done || err == nil {
		return err
	}
	said := translate(err)
	outage := unavailable(err, said)
	if said == err && outage == nil {
		return err
	}
	return explained{said, outage}
}

func translate(err error) error {
	if coded, ok := errors.AsType[*sqlite.Error](err); ok {
		return explainSQLite(coded, err)
	}
	failed, unconnected := errors.AsType[*pgconn.ConnectError](err)
	if told, ok := errors.AsType[*pgconn.PgError](err); ok {
		if unconnected {
			err = told // pgx repeats it for each attempt
		}
		return explainPostgres(told, err)
	}
	if unconnected {
		return fmt.Errorf("PostgreSQL does not answer on %s, port %d; is it running, and is the address right? (%w)", failed.Config.Host, failed.Config.Port, reason(err))
	}
	return err
}

// reason returns the network error that prevented a connection.
func reason(err error) error {
	if unknown, ok := errors.AsType[*net.DNSError](err); ok {
		return unknown
	}
	if refused, ok := errors.AsType[*net.OpError](err); ok {
		return refused
	}
	return err
}

// held reports whether another process has locked the file.
func held(err error) bool {
	coded, ok := errors.AsType[*sqlite.Error](err)
	return ok && busy(coded)
}

func busy(coded *sqlite.Error) bool {
	return coded.Primary() == lib.SQLITE_BUSY || coded.Primary() == lib.SQLITE_LOCKED
}

func explainSQLite(coded *sqlite.Error, err error) error {
	if busy(coded) {
		return fmt.Errorf("another program holds the database; stop it first (%w)", err)
	}
	switch coded.Primary() {
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return fmt.Errorf("%w (%w)", errDamaged, err)
	case lib.SQLITE_CANTOPEN:
		return fmt.Errorf("it cannot be opened; does the folder exist, and may you write to it? (%w)", err)
	case lib.SQLITE_READONLY:
		return fmt.Errorf("it may not be written to; check its permissions (%w)", err)
	case lib.SQLITE_FULL:
		return fmt.Errorf("the disk is full; nothing was written (%w)", err)
	case lib.SQLITE_IOERR:
		return fmt.Errorf("the disk fails, or is full (%w)", err)
	default:
		return err
	}
}

// postgresSays explains SQLSTATEs (PostgreSQL, appendix A).
var postgresSays = map[string]string{
	"28P01":              "it refuses this user and password; check the address, and pg_hba.conf",
	"28000":              "it refuses this user and password; check the address, and pg_hba.conf",
	"3D000":              "there is no such database; make it with createdb",
	"42501":              "this user may not do that; make the user the owner of the database",
	"53300":              "it has no connection left; raise max_connections, or stop what uses it",
	"57P03":              "it is starting or stopping; try again in a moment",
	"53100":              "its disk is full; nothing was written",
	readOnlyTransaction:  "it only reads: it is a standby, or set to",
	serializationFailure: "other transactions got in the way; try again",
	deadlockDetected:     "other transactions got in the way; try again",
}

func explainPostgres(told *pgconn.PgError, err error) error {
	says, known := postgresSays[told.Code]
	if !known {
		return err
	}
	return fmt.Errorf("%s (%w)", says, err)
}
