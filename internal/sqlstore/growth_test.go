package sqlstore

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/pgtest"
	"github.com/selasar/selasar/internal/user"
)

// The script that fills a database for the bench (bench/growth.sql) fits the tables of
// both engines.
func TestBench_fills_the_tables(t *testing.T) {
	script, err := os.ReadFile("../../bench/growth.sql")
	if err != nil {
		t.Fatal(err)
	}
	statements := strings.Split(strings.NewReplacer(":to", "10", ":now", "1").Replace(string(script)), ";\n")
	for name, at := range map[string]Options{"SQLite": {Path: filepath.Join(t.TempDir(), "selasar.db")}, "PostgreSQL": {URL: pgtest.Database(t)}} {
		t.Run(name, func(t *testing.T) {
			now, ctx := clock.NewSystem(), t.Context()
			at.Key, at.Log = secret.Random(), journal.NewLog(now, id.NewSource(now, nil))
			db, err := Open(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			err = db.Write(ctx, func(tx *Tx) error {
				errs := []error{tx.MiniApps().Put(ctx, miniapp.App{ID: "bench"}), tx.Users().Insert(ctx, user.User{ID: "one", AccountID: "one"})}
				for _, statement := range statements {
					if strings.TrimSpace(statement) != "" {
						_, err := tx.run.Exec(ctx, statement)
						errs = append(errs, err)
					}
				}
				return errors.Join(errs...)
			})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Read(ctx, func(tx *Tx) error {
				list, err := tx.Payments().List(ctx, store.First(200))
				if len(list) != 10 {
					t.Errorf("%d payments, want 10", len(list))
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}
