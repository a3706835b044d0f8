package sqlstore_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/sqlite"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// A server that becomes read-only and then accepts writes again: writes fail as
// unavailable in between, the probe says so, and afterwards every write succeeds.
func TestOutage_read_only_server(t *testing.T) {
	address := pgtest.Database(t)
	db := peopled(t, onPostgres(address), "Sari")
	only := func(setting string) {
		pgtest.Super(t, address, "DO $$ BEGIN EXECUTE format('ALTER ROLE "+pgtest.User+" IN DATABASE %I "+setting+"', current_database()); END $$")
	}
	t.Cleanup(func() { only("RESET default_transaction_read_only") })
	only("SET default_transaction_read_only = on")
	pgtest.Super(t, address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	for range 20 { // more than the pool has connections
		if err := add(t.Context(), db, "Sari", 1, nil); !problem.Is(err, problem.Unavailable) {
			t.Fatalf("a write to a read-only server: %v", err)
		}
	}
	if err := db.Probe(t.Context()); !problem.Is(err, problem.Unavailable) {
		t.Errorf("the probe of a read-only server: %v", err)
	}
	only("RESET default_transaction_read_only") // for new connections; the open ones keep their setting
	for range 20 {
		if err := add(t.Context(), db, "Sari", 1, nil); err != nil {
			t.Fatalf("a write after the server accepts writes again: %v", err)
		}
	}
	if err := db.Probe(t.Context()); err != nil || holds(t, db, "Sari") != 20 {
		t.Errorf("the probe: %v; Sari holds %d", err, holds(t, db, "Sari"))
	}
}

// An unreachable server is an outage for reads, writes and the probe.
func TestOutage_server_away(t *testing.T) {
	l, address := lineTo(t, pgtest.Database(t))
	db := over(t, address, nil)
	l.down()
	defer l.up()
	read := func(ctx context.Context) error {
		return db.Read(ctx, func(tx *sqlstore.Tx) error { _, err := tx.Users().Get(ctx, "Sari"); return err })
	}
	for name, try := range map[string]func(context.Context) error{
		"a write": func(ctx context.Context) error { return add(ctx, db, "Sari", 1, nil) }, "a read": read, "the probe": db.Probe,
	} {
		if err := try(t.Context()); !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A reset leaves nothing but the credentials, gives the space of the file back, and the
// database goes on. It is the same while another program reads the file.
func TestReset_gives_the_space_back(t *testing.T) {
	for name, other := range map[string]bool{"alone": false, "with another program": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "selasar.db")
			clk := clock.NewSystem()
			db, err := sqlstore.Open(t.Context(), sqlstore.Options{Path: path, Key: secret.Random(), Log: journal.NewLog(clk, id.NewSource(clk, nil))})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}()
			entries := make([]journal.Entry, 20_000)
			ids := id.NewSource(clk, nil)
			for i := range entries {
				entries[i] = journal.Entry{ID: ids.New(), Title: "an entry of some length that fills the file", Kind: journal.Page}
			}
			if err := db.SaveTraces(t.Context(), entries); err != nil {
				t.Fatal(err)
			}
			if other {
				reader, err := sqlite.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer reader.Close()
				if _, err := reader.Exec("SELECT count(*) FROM journal"); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				if err := db.Clear(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			list, err := db.LoadJournal(t.Context(), store.First(10))
			if err != nil || len(list) != 0 {
				t.Errorf("after the reset the journal has %d entries, %v", len(list), err)
			}
			if err := db.SaveTraces(t.Context(), entries[:1]); err != nil {
				t.Errorf("a write after the reset: %v", err)
			}
			if list, err = db.LoadJournal(t.Context(), store.First(10)); err != nil || len(list) != 1 {
				t.Errorf("after the reset and a write: %d entries, %v", len(list), err)
			}
			info, err := os.Stat(path)
			if err != nil || !other && info.Size() > 1<<20 {
				t.Errorf("the file has %d bytes after the reset, %v", info.Size(), err)
			}
			if _, err := os.Stat(path + ".new"); err == nil {
				t.Error("the new file is still there")
			}
		})
	}
}
