// Package sqlstore keeps every noun of the rules in SQL: one text of it, in
// the part of the language that SQLite and PostgreSQL share, with one folder
// of migrations for both.
//
// In it: a file for each noun, the migrations, the reset, what is forgotten,
// and the rows that readers remember. Not in it: how transactions run and how
// they survive, which is sql/engine.
package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
)

// Options say how to open a database.
type Options struct {
	Path string      // of the SQLite file
	URL  string      // of a PostgreSQL database, instead of Path
	Key  *secret.Key // encrypts secrets, and owns the database
	Log  *journal.Log
	// Shared says that other processes write to the database too; then no row
	// is remembered (see recent). PostgreSQL is always taken to be shared.
	Shared bool
	// Pool bounds the connections to PostgreSQL that write, and as many again
	// that read. Zero is 16.
	Pool int
	// Unprepared keeps no statement prepared (see engine.Options).
	Unprepared bool
	// OnStatement, when set, is called before each statement that writes: a
	// place for tests to fail or die at.
	OnStatement func(query string)
}

// Locate reads where a database is: sqlite:PATH or postgres://USER@HOST/NAME.
// It returns Options with the place and nothing else.
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
}

// Open opens a database and brings its schema up to date. It refuses what
// engine.Open refuses.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{options: o, recent: newRemembered(o.Shared || o.URL != "")}
	opened, err := engine.Open(ctx, engine.Options{
		Place: engine.Place{Path: o.Path, URL: o.URL}, Key: o.Key, Migrations: schema(), Pool: o.Pool, Unprepared: o.Unprepared,
		OnStatement: o.OnStatement, OnGroup: db.recent.settled,
	})
	if err != nil {
		return nil, err
	}
	db.engine, db.reads = opened, opened.Reads()
	return db, nil
}

// Write runs fn in a transaction. It may run more than once (see store.Database).
// The journal shows its entries once the transaction has committed.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	var tx *Tx
	return db.engine.Write(ctx, func(run engine.Statements) error {
		tx = &Tx{db: db, run: run, writes: true}
		return fn(tx)
	}, func() { db.options.Log.Publish(tx.entries...) })
}

// Read runs fn on connections that are not those of Write.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return fn(&Tx{db: db, run: db.reads})
}

// Close waits for what is being written and closes the database.
func (db *DB) Close() error { return db.engine.Close() }
