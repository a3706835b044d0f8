package sqlstore_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/pgtest"
	"github.com/selasar/selasar/internal/testkit/ruletest"
	"github.com/selasar/selasar/internal/testkit/sendtest"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// everything is the contract of stores, and the rules on top of it.
var everything = slices.Concat(storetest.Suites, ruletest.Suites, sendtest.Suites)

// TestSQLite runs the contract of every database on SQLite.
func TestSQLite(t *testing.T) {
	storetest.Run(t, openSQLite, 1, everything...)
}

func openSQLite(t testing.TB, key *secret.Key, log *journal.Log) storetest.Database {
	t.Helper()
	return openAt(t, sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: key, Log: log})
}

// TestPostgres runs the contract on PostgreSQL, with pools smaller than the number of
// racers. It makes a quarter of the trials, except for those with a fixed number.
func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t testing.TB, key *secret.Key, log *journal.Log) storetest.Database {
		return openPostgres(t, sqlstore.Options{Key: key, Log: log})
	}, 4, everything...)
}

func openPostgres(t testing.TB, o sqlstore.Options) storetest.Database {
	t.Helper()
	o.URL = pgtest.Database(t)
	t.Cleanup(func() {
		if n := pgtest.Number(t, o.URL, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"); n > 0 {
			t.Logf("%d deadlocks", n)
		}
	})
	return openAt(t, o)
}

// Behind a pooler that gives each transaction another connection, statements cannot be
// prepared. The contract of each noun still holds.
func TestPostgres_behind_a_pooler(t *testing.T) {
	storetest.Run(t, func(t testing.TB, key *secret.Key, log *journal.Log) storetest.Database {
		return openPostgres(t, sqlstore.Options{Key: key, Log: log, Unprepared: true})
	}, 16, append(slices.Clone(storetest.Suites), ruletest.Forgetting, sendtest.Forgetting)...)
}

func openAt(t testing.TB, o sqlstore.Options) storetest.Database {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return storetest.Database{Database: sqlstore.View[storetest.Tx](db), Keeper: db}
}

// Transactions are atomic, even if the process is killed at any statement.
func TestFaults(t *testing.T) {
	inFolder := func(t testing.TB) string { return filepath.Join(t.TempDir(), "faults") }
	ruletest.Faults(t, inFolder, func(t testing.TB, place string, key *secret.Key, log *journal.Log, before func(string)) storetest.Database {
		return openAt(t, sqlstore.Options{Path: place, Key: key, Log: log, OnStatement: before})
	})
}

func TestFaultsOnPostgres(t *testing.T) {
	ruletest.Faults(t, pgtest.Database, func(t testing.TB, place string, key *secret.Key, log *journal.Log, before func(string)) storetest.Database {
		return openAt(t, sqlstore.Options{URL: place, Key: key, Log: log, OnStatement: before})
	})
}
