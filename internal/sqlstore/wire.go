package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
)

// wire is a connection to PostgreSQL for database/sql: pgconn, the lower half
// of pgx, with as much above it as our SQL needs. pgx's upper half knows
// hundreds of types, of which we use three, and is four megabytes of a program
// that has thirty.
//
// Every statement with parameters is prepared once a connection; those without
// are sent as they are, and may be several in one text. Behind a pooler that
// gives each transaction another connection (PgBouncer's pool_mode =
// transaction) nothing stays prepared: the first time that shows, the statement
// runs again without, and all after it too.
type wire struct {
	on         *pgconn.PgConn
	known      map[string]*pgconn.StatementDescription
	names      int          // given to statements, also to those that failed: the server may know them
	unprepared *atomic.Bool // nothing is prepared
}

// connector makes connections.
type connector struct {
	config     *pgconn.Config
	unprepared *atomic.Bool // of all of them
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	on, err := pgconn.ConnectConfig(ctx, c.config)
	if err != nil {
		return nil, err
	}
	return &wire{on: on, known: map[string]*pgconn.StatementDescription{}, unprepared: c.unprepared}, nil
}

// Driver is asked by nobody: there are no connections by name.
func (c connector) Driver() driver.Driver { return nil }

var errUnused = errors.New("database/sql does not need this")

// Prepare is what database/sql does without where there is a Queryer.
func (w *wire) Prepare(string) (driver.Stmt, error) { return nil, errUnused }

// Begin is what database/sql does without where there is a BeginTx.
func (w *wire) Begin() (driver.Tx, error) { return nil, errUnused }

func (w *wire) Close() error { return w.on.Close(context.Background()) }

func (w *wire) IsValid() bool { return !w.on.IsClosed() }

// ResetSession refuses a connection that is gone, or that somebody has left in
// the middle of something.
func (w *wire) ResetSession(context.Context) error {
	if w.on.IsClosed() || w.on.TxStatus() != 'I' {
		return driver.ErrBadConn
	}
	return nil
}

func (w *wire) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	begin := "BEGIN"
	if sql.IsolationLevel(o.Isolation) == sql.LevelReadCommitted {
		begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
	}
	_, err := w.simple(ctx, begin)
	return transaction{w, ctx}, err
}

// transaction ends what BeginTx began.
type transaction struct {
	on    *wire
	limit context.Context
}

// Commit gives driver.ErrBadConn, or the bare error of its context, only when
// nothing was sent. Nothing that pgconn says of it later counts as that: of a
// connection that breaks while the answer is awaited, its SafeToRetry says that
// it had been closed before.
func (t transaction) Commit() error {
	if t.on.on.IsClosed() {
		return driver.ErrBadConn
	}
	if err := t.limit.Err(); err != nil {
		_ = t.on.Close() // with it ends the transaction
		return err
	}
	results, err := t.on.on.Exec(t.limit, "COMMIT").ReadAll()
	if n := len(results); err == nil && n > 0 && results[n-1].CommandTag.String() == "ROLLBACK" {
		err = fmt.Errorf("%w: a statement of it had failed", errLost)
	}
	return err
}

func (t transaction) Rollback() error {
	_, err := t.on.simple(t.limit, "ROLLBACK")
	return err
}

// simple runs statements without parameters.
func (w *wire) simple(ctx context.Context, text string) (tag pgconn.CommandTag, err error) {
	results, err := w.on.Exec(ctx, text).ReadAll()
	if n := len(results); n > 0 {
		tag = results[n-1].CommandTag
	}
	return tag, w.safely(err)
}

// safely says of a statement that never left, whose connection broke, or that
// the server knows nothing of, that another connection may try it: that changes
// nothing but in a commit.
func (w *wire) safely(err error) error {
	told, ok := errors.AsType[*pgconn.PgError](err)
	if ok && (told.Code == duplicateStatement || told.Code == noStatement) {
		w.unprepared.Store(true)
		_ = w.Close() // and with it what a transaction did before
		return driver.ErrBadConn
	}
	if err != nil && pgconn.SafeToRetry(err) {
		return driver.ErrBadConn
	}
	return err
}

func (w *wire) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		tag, err := w.simple(ctx, query)
		return driver.RowsAffected(tag.RowsAffected()), err
	}
	reader, err := w.start(ctx, query, args)
	if err != nil {
		return nil, err
	}
	tag, err := reader.Close()
	return driver.RowsAffected(tag.RowsAffected()), w.safely(err)
}

func (w *wire) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	reader, err := w.start(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return &wireRows{reader: reader, fields: reader.FieldDescriptions()}, nil
}

// name gives a new name for a statement. The text is in it: behind a pooler
// another's statement could be met, and nothing may run but what was meant.
func (w *wire) name(query string) string {
	w.names++
	sum := sha256.Sum256([]byte(query))
	return "s" + strconv.Itoa(w.names) + "_" + hex.EncodeToString(sum[:8])
}

// start sends a statement, prepared where that can be.
func (w *wire) start(ctx context.Context, query string, args []driver.NamedValue) (*pgconn.ResultReader, error) {
	values, formats, err := encoded(args)
	if err != nil {
		return nil, err
	}
	if w.unprepared.Load() {
		return w.on.ExecParams(ctx, query, values, nil, formats, nil), nil
	}
	statement := w.known[query]
	if statement == nil {
		made, err := w.on.Prepare(ctx, w.name(query), query, nil)
		if err != nil {
			return nil, w.safely(err)
		}
		statement, w.known[query] = made, made
	}
	reader := w.on.ExecPrepared(ctx, statement.Name, values, formats, resultFormats(statement.Fields))
	if len(statement.Fields) > 0 && len(reader.FieldDescriptions()) == 0 { // it has failed: a reader of rows would be told too late
		_, err := reader.Close()
		return nil, w.safely(err)
	}
	return reader, nil
}
