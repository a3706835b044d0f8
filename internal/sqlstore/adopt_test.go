package sqlstore

import (
	"context"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// before returns the migrations before the first one with a word in its name.
func before(t *testing.T, word string) fs.FS {
	t.Helper()
	older := fstest.MapFS{}
	names, err := fs.Glob(schema(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.Contains(name, word) {
			return older
		}
		text, err := fs.ReadFile(schema(), name)
		if err != nil {
			t.Fatal(err)
		}
		older[name] = &fstest.MapFile{Data: text}
	}
	t.Fatalf("no migration has %q in its name", word)
	return nil
}

// A database from before the chains keeps its consents, and the chains cover them.
func TestOpen_adopts_the_consents_of_an_older_database(t *testing.T) {
	const old = 1203 // several pages
	for name, at := range map[string]Options{"SQLite": {Path: filepath.Join(t.TempDir(), "selasar.db")}, "PostgreSQL": {URL: pgtest.Database(t)}} {
		t.Run(name, func(t *testing.T) {
			ctx, clk := t.Context(), clock.NewSystem()
			at.Key, at.Log = secret.Random(), journal.NewLog(clk, id.NewSource(clk, nil))
			older, err := engine.Open(ctx, engine.Options{Place: engine.Place{Path: at.Path, URL: at.URL}, Key: at.Key, Migrations: before(t, "consent_ledger")})
			if err != nil {
				t.Fatal(err)
			}
			err = older.Write(ctx, func(run engine.Statements) error { return fillOlder(ctx, run, old) }, func() {})
			if err == nil {
				err = older.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			db, err := Open(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			err = db.Write(ctx, func(tx *Tx) error {
				return tx.Consents().Insert(ctx, consent.Entry{ID: "later", UserID: "user-1", MiniAppID: "kopi", Name: consent.Wifi, Action: consent.Revoked})
			})
			if err != nil {
				t.Fatal(err)
			}
			report, err := consent.Verify(ctx, View[consent.LedgerTx](db), at.Key, nil)
			if err != nil || report.Fault != nil || report.Adopted != old || report.Entries != old+1 {
				t.Errorf("got %+v, %v", report, err)
			}
			err = db.Read(ctx, func(tx *Tx) error {
				list, err := tx.Consents().List(ctx, "user-1", "kopi", store.First(1000))
				if n := len(list); n != old/10+2 || list[0].ID != "1" || list[0].Wording != "your Wi-Fi" || list[n-1].ID != "later" {
					t.Errorf("%d entries: %+v ...", n, list[0])
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func fillOlder(ctx context.Context, run engine.Statements, consents int) error {
	if _, err := run.Exec(ctx, `INSERT INTO mini_apps (id, registration) VALUES ('kopi', '{}')`); err != nil {
		return err
	}
	for i := range 10 {
		_, err := run.Exec(ctx, `INSERT INTO users (id, name, username, phone, email, account_id, balance, coins, gems, bank_code, bank_name, bank_number, created_at)
			VALUES ($1, '', '', '', '', $1, 0, 0, 0, '', '', '', 0)`, "user-"+strconv.Itoa(i))
		if err != nil {
			return err
		}
	}
	for i := range consents {
		_, err := run.Exec(ctx, `INSERT INTO consents (id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source)
			VALUES ($1, $2, 'kopi', 'wifi', 'given', 7, 'your Wi-Fi', '2.0.0', '', 'settings')`, strconv.Itoa(i), "user-"+strconv.Itoa(i%10))
		if err != nil {
			return err
		}
	}
	return nil
}
