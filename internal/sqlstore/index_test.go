package sqlstore

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// both runs a test on an empty database of each kind.
func both(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Run("SQLite", func(t *testing.T) { test(t, openEmpty(t, new(func(string)))) })
	t.Run("PostgreSQL", func(t *testing.T) {
		// On empty tables, PostgreSQL uses an index only if it may do nothing else.
		alone := "&options=" + strings.ReplaceAll(url.PathEscape("-c enable_seqscan=off -c enable_sort=off -c enable_bitmapscan=off -c enable_incremental_sort=off"), "=", "%3D")
		clk := clock.NewSystem()
		db, err := Open(t.Context(), Options{URL: pgtest.Database(t) + alone, Key: secret.Random(), Log: journal.NewLog(clk, id.NewSource(clk, nil))})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		test(t, db)
	})
}

// Deleting a row looks for the rows that refer to it: without an index, in the whole
// table.
func TestSchema_every_foreign_key_has_an_index(t *testing.T) {
	both(t, func(t *testing.T, db *DB) {
		bare, all := `SELECT t.name || '.' || f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND NOT EXISTS (
			SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from")`,
			`SELECT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`
		if db.options.URL != "" {
			bare, all = `SELECT conrelid::regclass || '.' || conname FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS (
				SELECT 1 FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL AND indkey[0] = conkey[1])`, `SELECT conname FROM pg_constraint WHERE contype = 'f'`
		}
		if n := len(texts(t, db, all)); n < 10 {
			t.Fatalf("the schema has %d foreign keys", n)
		}
		for _, key := range texts(t, db, bare) {
			t.Errorf("the foreign key %s has no index", key)
		}
	})
}

// explained runs no statement. It asks the database how it would, and collects each way
// that does not follow an index.
type explained struct {
	engine.Statements
	t     *testing.T
	db    *DB
	sorts bool // few rows, which may be sorted
}

func (e explained) All(_ context.Context, _ func(engine.Row) error, query string, args ...any) error {
	how := "EXPLAIN "
	if e.db.options.URL == "" {
		how = "EXPLAIN QUERY PLAN "
	}
	var plan []string
	err := e.Statements.All(e.t.Context(), func(row engine.Row) error {
		var id, parent, unused int
		var line string
		err := row.Scan(&line)
		if e.db.options.URL == "" {
			err = row.Scan(&id, &parent, &unused, &line)
		}
		plan = append(plan, line)
		return err
	}, how+query, args...)
	for _, line := range plan {
		whole := strings.Contains(line, "SCAN ") && !strings.Contains(line, "USING") // SQLite
		sorted := strings.Contains(line, "TEMP B-TREE") || strings.Contains(line, "Sort")
		if whole || strings.Contains(line, "Seq Scan") || sorted && !e.sorts {
			e.t.Errorf("no index serves\n%s\n%s", query, strings.Join(plan, "\n"))
			break
		}
	}
	if len(plan) == 0 {
		e.t.Errorf("no plan for %s", query)
	}
	return err
}

// Every list reads only the rows of its page, and every look for due rows only those.
func TestLists_use_an_index(t *testing.T) {
	both(t, func(t *testing.T, db *DB) {
		reads := db.reads
		tx := &Tx{db: db}
		ctx := t.Context()
		for _, cursor := range []string{"", "1.a"} {
			p := store.Page{Cursor: cursor, Limit: 10}
			numbered := store.Page{Cursor: strings.TrimSuffix(cursor, ".a"), Limit: 10}
			for name, list := range map[string]func() error{
				"payments":           func() error { _, err := tx.Payments().List(ctx, p); return err },
				"refunds":            func() error { _, err := tx.Payments().Refunds(ctx, "a", "b"); return err },
				"payments due":       func() error { _, err := tx.Payments().Due(ctx, 1, 10); return err },
				"payments unproved":  func() error { _, err := tx.Payments().Unproved(ctx, 1, 10); return err },
				"wallet":             func() error { _, err := tx.Wallets().List(ctx, "a", p); return err },
				"messages":           func() error { _, err := tx.Messages().List(ctx, "a", p); return err },
				"consents":           func() error { _, err := tx.Consents().List(ctx, "a", "b", p); return err },
				"audit":              func() error { _, err := tx.Audit().List(ctx, audit.Filter{}, numbered); return err },
				"audit of an actor":  func() error { _, err := tx.Audit().List(ctx, audit.Filter{Actor: "a"}, numbered); return err },
				"audit of an app":    func() error { _, err := tx.Audit().List(ctx, audit.Filter{MiniAppID: "a"}, numbered); return err },
				"audit of a user":    func() error { _, err := tx.Audit().List(ctx, audit.Filter{UserID: "a"}, numbered); return err },
				"audit in order":     func() error { _, err := tx.Audit().ListFrom(ctx, 1, 10); return err },
				"consents of a user": func() error { _, err := tx.Ledger().ListRows(ctx, "a", p); return err },
				"users of an app":    func() error { _, err := tx.Ledger().ListUsers(ctx, "a", p); return err },
				"consents in order":  func() error { _, err := tx.Ledger().ListFrom(ctx, chain.Link{Chain: 1, Number: 1}, 10); return err },
				"heads":              func() error { _, err := tx.Audit().Heads(ctx); return err },
				"users":              func() error { _, err := tx.Users().List(ctx, p); return err },
				"journal":            func() error { _, err := db.LoadJournal(ctx, p); return err },
				"asks open":          func() error { _, err := tx.Asks().Open(ctx, "a"); return err },
				"asks due":           func() error { _, err := tx.Asks().Due(ctx, 1, 10); return err },
				"notifications":      func() error { _, err := tx.Notifications().List(ctx, notification.Filter{}, p); return err },
				"waiting ones": func() error {
					_, err := tx.Notifications().List(ctx, notification.Filter{State: notification.Waiting}, p)
					return err
				},
				"tries": func() error { _, err := tx.Notifications().Deliveries(ctx, "a", "b"); return err },
				"receivers": func() error {
					_, err := tx.Outbox().Receivers(ctx, notification.Moment{Platform: 1, Machine: 1})
					return err
				},
			} {
				t.Run(name+" "+cursor, func(t *testing.T) {
					few := name == "refunds" || name == "receivers" || name == "payments due"
					db.reads = explained{reads, t, db, few}
					tx.run = db.reads
					if err := list(); err != nil {
						t.Error(err)
					}
				})
			}
		}
	})
}
