package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// postgres is the engine of PostgreSQL, and of what speaks its protocol. Each
// Write is a transaction on a connection of its own, at READ COMMITTED, that
// holds the rows it decides on (see locked) and is run again when others get
// in its way (see again). What reads has connections of its own, so that
// whoever reads while it writes never waits for itself.
type postgres struct {
	db         *DB
	writing    *sql.DB
	reading    *sql.DB
	unprepared atomic.Bool // see wire
}

const (
	// connections is how many write, and how many read, unless Options.Pool says otherwise.
	connections = 16
	// patience bounds everything that a database can be asked: one statement
	// outside a transaction, a transaction, or the wait for a connection.
	patience = 30 * time.Second
	// reach bounds the making of a connection, where the URL does not.
	reach = 10 * time.Second
)

func (p *postgres) open(ctx context.Context) error {
	config, err := pgconn.ParseConfig(p.db.options.URL)
	if err != nil {
		return errParameters // the driver quotes the address, and a password may stand in it
	}
	if config.ConnectTimeout == 0 || config.ConnectTimeout > time.Minute {
		config.ConnectTimeout = reach
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "selasar"
	}
	config.RuntimeParams["client_encoding"] = "UTF8"
	size := p.db.options.Pool
	if size == 0 {
		size = connections
	}
	p.writing, p.reading = p.connect(config, size), p.connect(config, size)
	if err := p.promises(ctx); err != nil {
		return err
	}
	return migrate(ctx, p.writing, schemaOfPostgres)
}

func (p *postgres) connect(config *pgconn.Config, size int) *sql.DB {
	pool := sql.OpenDB(connector{config, &p.unprepared})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool
}

// promises checks what the server is set to.
func (p *postgres) promises(ctx context.Context) error {
	var commit, encoding string
	if err := p.writing.QueryRowContext(ctx, "SHOW synchronous_commit").Scan(&commit); err != nil {
		return err
	}
	if commit == "off" {
		return errors.New("synchronous_commit is off: what was acknowledged could be lost; set it to on for this database or its user")
	}
	if err := p.writing.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return fmt.Errorf("its encoding is %s; make it with UTF8: createdb -T template0 -E UTF8 NAME", encoding)
	}
	return nil
}

func (p *postgres) reads() statements { return pooled{p.reading} }

func (p *postgres) close() error {
	var err error
	for _, pool := range []*sql.DB{p.reading, p.writing} {
		if pool != nil {
			err = errors.Join(err, pool.Close())
		}
	}
	return err
}

// write runs fn until it commits, fails for good, or has been in others' way
// too often.
func (p *postgres) write(ctx context.Context, fn func(*Tx) error) error {
	return persist(ctx, func() error {
		tx, err := p.once(ctx, fn)
		if err == nil {
			p.db.options.Log.Publish(tx.entries...)
		}
		return err
	})
}

// once runs fn in one transaction. A caller that goes away ends it before its
// next statement, not within one: that would cost the connection.
func (p *postgres) once(ctx context.Context, fn func(*Tx) error) (*Tx, error) {
	conn, limit, release, err := borrow(ctx, p.writing)
	if err != nil {
		return nil, err
	}
	defer release()
	before := p.db.options.OnStatement
	if before == nil {
		before = func(string) {}
	}
	before("BEGIN")
	begun, err := conn.BeginTx(limit, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, lost(conn, limit, err)
	}
	s := &session{on: begun, limit: limit, before: before, holds: true}
	tx := &Tx{db: p.db, run: s, writes: true}
	if err := guarded(fn, tx); err != nil || s.failed != nil {
		err = s.because(err)
		if s.failed != nil {
			err = lost(conn, limit, err)
		}
		_ = begun.Rollback() // it says nothing that err does not
		return nil, err
	}
	before("COMMIT")
	if err := begun.Commit(); err != nil {
		return nil, committing(err)
	}
	return tx, nil
}

// borrow takes a connection from a pool, with the time that may be spent on it.
func borrow(ctx context.Context, pool *sql.DB) (conn *sql.Conn, limit context.Context, release func(), err error) {
	wait, stop := context.WithTimeoutCause(ctx, patience, errBusy)
	defer stop()
	if conn, err = pool.Conn(wait); err != nil {
		if ctx.Err() == nil && wait.Err() != nil {
			err = fmt.Errorf("%w (%w)", errBusy, err)
		}
		return nil, nil, nil, err
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	return conn, limit, func() { cancel(); _ = conn.Close() }, nil
}

// lost looks whether a statement failed because its connection did, or its
// time was over. Of a transaction that was not committed nothing is kept then.
func lost(conn *sql.Conn, limit context.Context, err error) error {
	if errors.Is(limit.Err(), context.DeadlineExceeded) {
		return last{fmt.Errorf("%w (%w)", errSlow, err)}
	}
	told, ok := errors.AsType[*pgconn.PgError](err)
	closed := errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || (ok && fatal(told))
	_ = conn.Raw(func(c any) error { closed = closed || !c.(*wire).IsValid(); return nil })
	if closed {
		return fmt.Errorf("%w (%w)", errGone, err)
	}
	return err
}

// schemaOfPostgres holds the one row of a table while it migrates: advisory
// locks are not everywhere where PostgreSQL's protocol is spoken.
var schemaOfPostgres = schema{
	exists: `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_versions'`,
	prepare: func(ctx context.Context, db *sql.DB) error {
		return persist(ctx, func() error { // two that make one table at once can both fail
			if _, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS schema_lock (id BIGINT PRIMARY KEY)`); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `INSERT INTO schema_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING`)
			return err
		})
	},
	begin: sql.TxOptions{Isolation: sql.LevelReadCommitted},
	lock: func(ctx context.Context, tx *sql.Tx) error {
		var id int64
		return tx.QueryRowContext(ctx, `SELECT id FROM schema_lock WHERE id = 1 FOR UPDATE`).Scan(&id)
	},
}
