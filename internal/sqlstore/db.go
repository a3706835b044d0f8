// Package sqlstore stores every noun of the rules in SQL. Each statement is written
// once, in the part of SQL that SQLite and PostgreSQL share; one folder of migrations
// serves both.
//
// In it: a file for each noun, the migrations, the reset, pruning, and the cache of
// rows. Not in it: how transactions run and survive failures, which is sql/engine.
package sqlstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/sqlstore/ledger"
)

// Options configure Open.
type Options struct {
	Path string      // of the SQLite file
	URL  string      // of a PostgreSQL database, instead of Path
	Key  *secret.Key // the master key: it encrypts secrets, and owns the database
	// Wrapped makes a root key for the database, so that the master key can change.
	Wrapped bool
	// Previous is the master key before Key, while it changes. Nil: none.
	Previous *secret.Key
	Log      *journal.Log
	// Shared reports that other processes write to the database too; then no row is
	// cached (see recent). PostgreSQL always counts as shared.
	Shared bool
	// Pool bounds the connections to PostgreSQL that write, and as many again
	// that read. Zero is 16.
	Pool int
	// Unprepared prepares no statement (see engine.Options).
	Unprepared bool
	// OnStatement, when set, is called before each statement that writes. Tests fail
	// or exit there.
	OnStatement func(query string)
}

// Locate parses the location of a database: sqlite:PATH or postgres://USER@HOST/NAME.
// It returns Options with only the location set.
func Locate(text string) (Options, error) {
	place, err := engine.Locate(text)
	return Options{Path: place.Path, URL: place.URL}, err
}

// DB is an open database.
type DB struct {
	options Options
	engine  engine.Engine
	reads   engine.Statements
	recent  remembered
	chains  ledger.Chains
}

// Open opens a database and migrates its schema. It refuses what engine.Open refuses.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{options: o, recent: newRemembered(o.Shared || o.URL != "")}
	opened, err := engine.Open(ctx, engine.Options{
		Place: engine.Place{Path: o.Path, URL: o.URL}, Key: o.Key, Root: db.root, Migrations: schema(), Pool: o.Pool, Unprepared: o.Unprepared,
		OnStatement: o.OnStatement, OnGroup: db.recent.settled,
	})
	if err != nil {
		return nil, err
	}
	db.engine, db.reads, db.chains = opened, opened.Reads(), ledger.New(db.options.Key)
	if err := db.begin(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("beginning the ledgers: %w", err), db.Close())
	}
	return db, nil
}

// root finds the root key, which replaces the master key in the options.
func (db *DB) root(ctx context.Context, e engine.Engine) (key *secret.Key, err error) {
	key, err = db.options.root(ctx, e)
	db.options.Key = key
	return key, err
}

// begin begins the ledgers of a database that has none yet.
func (db *DB) begin(ctx context.Context) error {
	begun, err := db.chains.Begun(ctx, db.reads)
	if err != nil || begun {
		return err
	}
	return db.engine.Write(ctx, func(run engine.Statements) error { return db.chains.Begin(ctx, run) }, func() {})
}

// Inspect returns the version of a database's schema, and the newest one that this program
// knows. It changes nothing (see engine.Inspect).
func Inspect(ctx context.Context, o Options) (have, want int, err error) {
	return engine.Inspect(ctx, engine.Options{Place: engine.Place{Path: o.Path, URL: o.URL}, Migrations: schema()})
}

// Write runs fn in a transaction. It may run more than once (see store.Database). The
// journal shows the entries of fn after the commit.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	var tx *Tx
	return db.engine.Write(ctx, func(run engine.Statements) error {
		tx = &Tx{db: db, run: run, writes: true}
		return fn(tx)
	}, func() { db.options.Log.Publish(tx.entries...) })
}

// Read runs fn on other connections than those of Write.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return fn(&Tx{db: db, run: db.reads})
}

// Probe writes a row, and returns the problem of a database that cannot write.
func (db *DB) Probe(ctx context.Context) error { return db.engine.Probe(ctx) }

// Close waits for running writes and closes the database.
func (db *DB) Close() error { return db.engine.Close() }

// The files in migrations create the schema. They run in the order of the numbers in
// their names. A released file never changes.
//
//go:embed migrations
var migrations embed.FS

// schema returns the folder of migrations.
func schema() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
