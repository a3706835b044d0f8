package engine

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// postgres is the engine of PostgreSQL, and of servers with its protocol. It has two
// pools of pgx: one writes, one reads.
//
// pgx prepares each statement once per connection, under a name that is a hash of its
// text. Behind a pooler that gives each transaction another connection (PgBouncer,
// pool_mode = transaction), a prepared statement may be missing, or exist already.
// After the first such error, every new connection sends statements unprepared.
type postgres struct {
	options    Options
	writing    *pgxpool.Pool
	reading    *pgxpool.Pool
	unprepared atomic.Bool
}

const (
	// connections is the size of each pool, unless Options.Pool is set.
	connections = 16
	// patience limits a transaction, a statement outside one, and the wait for a
	// connection.
	patience = 30 * time.Second
	// reach limits connecting, unless the URL has its own limit.
	reach = 10 * time.Second
	// idle is how long an unused connection stays open.
	idle = 5 * time.Minute
)

var errParameters = errors.New("the parameters of the address, behind its ?, are not understood")

func (p *postgres) open(ctx context.Context) error {
	if err := p.connect(ctx); err != nil {
		return err
	}
	return migrate(ctx, postgresSchema{p.writing}, p.options.Migrations)
}

// connect makes the pools, and checks the settings of the server.
func (p *postgres) connect(ctx context.Context) (err error) {
	p.unprepared.Store(p.options.Unprepared)
	for _, pool := range []**pgxpool.Pool{&p.writing, &p.reading} {
		config, err := p.config()
		if err != nil {
			return err
		}
		if *pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
			return err
		}
	}
	return p.promises(ctx)
}

func (p *postgres) config() (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(p.options.URL)
	if err != nil {
		return nil, errParameters // pgx quotes the address, which may contain a password
	}
	if config.ConnConfig.ConnectTimeout == 0 || config.ConnConfig.ConnectTimeout > time.Minute {
		config.ConnConfig.ConnectTimeout = reach
	}
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "selasar"
	}
	config.ConnConfig.RuntimeParams["client_encoding"] = "UTF8"
	size := p.options.Pool
	if size == 0 {
		size = connections
	}
	config.MaxConns, config.MinConns, config.MinIdleConns = int32(size), 0, 0
	config.MaxConnIdleTime, config.PingTimeout = idle, reach
	config.BeforeConnect = func(_ context.Context, c *pgx.ConnConfig) error {
		if p.unprepared.Load() {
			c.DefaultQueryExecMode = pgx.QueryExecModeExec
		}
		return nil
	}
	return config, nil
}

// prepareNothing is called after an error that shows a pooler.
func (p *postgres) prepareNothing() {
	if !p.unprepared.Swap(true) {
		p.writing.Reset()
		p.reading.Reset()
	}
}

// promises checks the settings of the server.
func (p *postgres) promises(ctx context.Context) error {
	var commit, encoding string
	if err := p.writing.QueryRow(ctx, "SHOW synchronous_commit").Scan(&commit); err != nil {
		return err
	}
	if commit == "off" {
		return errors.New("synchronous_commit is off: what was acknowledged could be lost; set it to on for this database or its user")
	}
	if err := p.writing.QueryRow(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return fmt.Errorf("its encoding is %s; make it with UTF8: createdb -T template0 -E UTF8 NAME", encoding)
	}
	return nil
}

func (p *postgres) Reads() Statements { return pooled{p} }

func (p *postgres) Close() error {
	for _, pool := range []*pgxpool.Pool{p.reading, p.writing} {
		if pool != nil {
			pool.Close()
		}
	}
	return nil
}

// borrow takes a connection from a pool. limit is the context of all statements on
// it: a caller's cancellation does not interrupt a statement, because that would
// close the connection.
func borrow(ctx context.Context, pool *pgxpool.Pool) (conn *pgxpool.Conn, limit context.Context, release func(), err error) {
	wait, stop := context.WithTimeoutCause(ctx, patience, errBusy)
	defer stop()
	if conn, err = pool.Acquire(wait); err != nil {
		if ctx.Err() == nil && wait.Err() != nil {
			err = fmt.Errorf("%w (%w)", errBusy, err)
		}
		return nil, nil, nil, err
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	return conn, limit, func() { cancel(); conn.Release() }, nil
}

// failure translates the error of a statement for its transaction: whether the time
// limit has passed, or the connection was lost. In both cases nothing of an
// uncommitted transaction is stored.
func (p *postgres) failure(conn *pgxpool.Conn, limit context.Context, err error) error {
	if errors.Is(limit.Err(), context.DeadlineExceeded) {
		return final{fmt.Errorf("%w (%w)", errSlow, err)}
	}
	told, ok := errors.AsType[*pgconn.PgError](err)
	if ok && (told.Code == duplicateStatement || told.Code == noStatement) {
		p.prepareNothing()
		_ = conn.Conn().Close(limit) // this also ends the transaction
	}
	if ok && told.Code == readOnlyTransaction {
		// A connection keeps the setting with which it began, also when the server
		// accepts writes again. So all of them are replaced.
		p.writing.Reset()
		_ = conn.Conn().Close(limit)
		return err
	}
	if conn.Conn().IsClosed() || pgconn.SafeToRetry(err) || (ok && fatal(told)) {
		return fmt.Errorf("%w (%w)", errGone, err)
	}
	return err
}
