// Package sqlstore keeps every noun of the rules in SQL: one text of it, in
// the part of the language that SQLite and PostgreSQL share, with one folder
// of migrations for both.
//
// What differs is in an engine (see engine.go). SQLite has one writer, which
// folds the transactions that wait into one commit; PostgreSQL runs each on a
// connection of its own, and holds the rows that it decides on. Either way,
// what was acknowledged survives a power cut.
package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
)

// Options say how to open a database.
type Options struct {
	Path string      // of the SQLite file
	URL  string      // of a PostgreSQL database, instead of Path
	Key  *secret.Key // seals what must not stand in the clear
	Log  *journal.Log
	// Shared says that other processes write to the database too; then no row
	// is remembered (see recent). Of PostgreSQL it is always taken for true.
	Shared bool
	// Pool bounds the connections to PostgreSQL that write, and as many again
	// that read. Zero is 16.
	Pool int
	// OnStatement, when set, is told of each statement before it writes: a
	// place for tests to fail or die at.
	OnStatement func(query string)
}

// DB is an open database.
type DB struct {
	options Options
	engine  engine
	reads   statements
	recent  remembered
}

// Open opens a database and brings its schema up to date. One that is none, is
// damaged, comes from a newer Selasar, or belongs to another master key gives
// an error that says so, and is not touched.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{options: o, recent: newRemembered(o.Shared || o.URL != "")}
	place := o.Path
	if o.URL != "" {
		db.engine, place = &postgres{db: db}, shown(o.URL)
	} else {
		db.engine = &sqlite{db: db}
	}
	err := db.engine.open(ctx)
	if err == nil {
		db.reads = db.engine.reads()
		err = db.own(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", place, explain(err)), db.engine.close())
	}
	return db, nil
}

// Write runs fn in a transaction. It may run more than once (see store.Database).
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	return db.engine.write(ctx, fn)
}

// Read runs fn on connections that are not those of Write.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return fn(&Tx{db: db, run: db.reads})
}

// Close waits for what is being written and closes the database.
func (db *DB) Close() error { return db.engine.close() }
