package sqlstore_test

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// onPostgres returns the options to open a database, with a new key.
func onPostgres(address string) sqlstore.Options {
	now := clock.NewSystem()
	return sqlstore.Options{URL: address, Key: secret.Random(), Log: journal.NewLog(now, id.NewSource(now, nil))}
}

// The error for a database that cannot be opened has the reason and the remedy, but not
// the password.
func TestOpening_error_names_the_reason_and_the_remedy(t *testing.T) {
	guarded := func(address string) string { return pgtest.As(address, pgtest.Guarded, pgtest.Password) }
	for _, one := range []struct {
		name    string
		prepare func(t *testing.T, address string) string
		want    string
	}{
		{"a wrong password", func(_ *testing.T, address string) string {
			return pgtest.As(address, pgtest.Guarded, pgtest.Password+"x")
		}, "refuses this user and password"},
		{"an unknown user", func(_ *testing.T, address string) string {
			return pgtest.As(address, "nobody at all", pgtest.Password)
		}, "refuses this user and password"},
		{"no such database", func(_ *testing.T, address string) string {
			return strings.Replace(guarded(address), "/test_", "/no_such_", 1)
		}, "make it with createdb"},
		{"nothing there", func(*testing.T, string) string {
			return pgtest.As("postgres://127.0.0.1:1/kopi", "somebody", pgtest.Password)
		}, "does not answer on 127.0.0.1, port 1"},
		{"an unknown parameter", func(_ *testing.T, address string) string {
			return guarded(address) + "&connect_timeout=" + pgtest.Password
		}, "parameters of the address"},
		{"a user that may not create tables", func(_ *testing.T, address string) string {
			return guarded(address)
		}, "the owner of the database"},
		{"a database with synchronous_commit off", func(t *testing.T, address string) string {
			pgtest.Super(t, address, "ALTER ROLE "+pgtest.Guarded+" SET synchronous_commit = off")
			t.Cleanup(func() { pgtest.Super(t, address, "ALTER ROLE "+pgtest.Guarded+" RESET ALL") })
			return guarded(address)
		}, "synchronous_commit is off"},
		{"a newer schema", func(t *testing.T, address string) string {
			opened(t, onPostgres(address))
			pgtest.Super(t, address, "INSERT INTO schema_versions (version) VALUES (99999)")
			return address
		}, "newer Selasar"},
		{"a database of another master key", func(t *testing.T, address string) string {
			opened(t, onPostgres(address))
			return address
		}, "another master key"},
	} {
		t.Run(one.name, func(t *testing.T) {
			address := one.prepare(t, pgtest.Database(t))
			db, err := sqlstore.Open(t.Context(), onPostgres(address))
			if err == nil {
				_ = db.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), one.want) || strings.Contains(err.Error(), "pass@word") || strings.Contains(err.Error(), "pass%40word") {
				t.Errorf("got %v, want %q and no password", err, one.want)
			}
		})
	}
}

// opened opens a database and closes it.
func opened(t *testing.T, o sqlstore.Options) {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), o)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// When processes open one empty database concurrently, the migrations run once.
func TestOpening_concurrently(t *testing.T) {
	o := onPostgres(pgtest.Database(t))
	openAtOnce(t, o)
	if n := pgtest.Number(t, o.URL, "SELECT count(*) FROM schema_versions"); n == 0 || n != pgtest.Number(t, o.URL, "SELECT max(version) FROM schema_versions") {
		t.Errorf("%d migrations ran", n)
	}
}

// A server's default isolation level may be stricter than READ COMMITTED.
func TestOpening_concurrently_with_another_default_isolation(t *testing.T) {
	o := onPostgres(pgtest.Database(t))
	o.URL += "&default_transaction_isolation=repeatable%20read"
	openAtOnce(t, o)
}

func TestOpening_concurrently_on_SQLite(t *testing.T) {
	o := onPostgres("")
	o.Path = t.TempDir() + "/selasar.db"
	openAtOnce(t, o)
}

func openAtOnce(t *testing.T, o sqlstore.Options) {
	t.Helper()
	var openers sync.WaitGroup
	for range 8 {
		openers.Go(func() {
			db, err := sqlstore.Open(context.Background(), o)
			if err == nil {
				err = db.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	openers.Wait()
}

func TestOpening_refuses_a_SQLite_file_of_a_newer_version(t *testing.T) {
	o := onPostgres("")
	o.Path = t.TempDir() + "/selasar.db"
	opened(t, o)
	db, err := sql.Open("sqlite", o.Path)
	if err == nil {
		_, err = db.Exec("INSERT INTO schema_versions (version) VALUES (99999)")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlstore.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "newer Selasar") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

func TestOpening_refuses_a_SQLite_file_of_another_key(t *testing.T) {
	o := onPostgres("")
	o.Path = t.TempDir() + "/selasar.db"
	opened(t, o)
	opened(t, o)
	o.Key = secret.Random()
	if _, err := sqlstore.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "another master key") {
		t.Errorf("got %v", err)
	}
}

func TestLocate(t *testing.T) {
	for _, one := range []struct{ text, path, url, wrong string }{
		{text: "sqlite:kept.db", path: "kept.db"},
		{text: "sqlite:/var/lib/a b.db", path: "/var/lib/a b.db"},
		{text: "postgres://u:geheim@h:5432/kopi?sslmode=require", url: "postgres://u:geheim@h:5432/kopi?sslmode=require"},
		{text: "postgresql:///kopi?host=/run/postgresql", url: "postgresql:///kopi?host=/run/postgresql"},
		{text: "postgres:///?dbname=kopi", url: "postgres:///?dbname=kopi"},
		{text: "sqlite:", wrong: "sqlite:PATH or postgres://"},
		{text: "sqlite:///kept.db", wrong: "without slashes of its own"},
		{text: "kept.db", wrong: "sqlite:PATH or postgres://"},
		{text: "mysql://u:geheim@h/kopi", wrong: "sqlite:PATH or postgres://"},
		{text: "postgres:kopi", wrong: "postgres://USER:PASSWORD@HOST"},
		{text: "postgres://u:geheim@h", wrong: "names no database"},
		{text: "postgres://u:ge%heim@h/kopi", wrong: "escaped"},
		{text: "postgres://u:ge heim@h/kopi", wrong: "escaped"},
	} {
		o, err := sqlstore.Locate(one.text)
		if o.Path != one.path || o.URL != one.url {
			t.Errorf("%s is %q, %q", one.text, o.Path, o.URL)
		}
		if (err != nil) != (one.wrong != "") || (err != nil && (!strings.Contains(err.Error(), one.wrong) || strings.Contains(err.Error(), "heim"))) {
			t.Errorf("%s: %v, want %q", one.text, err, one.wrong)
		}
	}
}
