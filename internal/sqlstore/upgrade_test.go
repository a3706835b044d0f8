package sqlstore

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// firstRows are a row of each noun, as the first version of the schema stored it.
var firstRows = []string{
	`INSERT INTO settings (name, value) VALUES ('device', '{}')`,
	`INSERT INTO mini_apps (id, registration) VALUES ('kopi', '{"id":"kopi","name":"Kopi","generation":"webview","origin":"https://kopi.example","entry_url":"https://kopi.example/","status":"active"}')`,
	`INSERT INTO users (id, name, username, phone, email, account_id, balance, coins, gems, bank_code, bank_name, bank_number, created_at)
		VALUES ('sari', 'Sari', 'sari', '', '', '01-a', 70000, 0, 0, '', '', '', 5)`,
	`INSERT INTO wallet_entries (id, user_id, unit, amount, balance, title, mini_app_id, payment, cause, at) VALUES ('w1', 'sari', 'IDR', 70000, 70000, 'balance set', '', '', '', 5)`,
	`INSERT INTO launches (id, mini_app_id, user_id, path, state, reason, created_at, ended_at) VALUES ('l1', 'kopi', 'sari', '/orders', 'ended', '', 6, 7)`,
	`INSERT INTO consents (id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source) VALUES ('c1', 'sari', 'kopi', 'location', 'given', 6, 'Location', '2.0.0', 'l1', 'launch')`,
	`INSERT INTO asks (id, launch_id, call_id, method, params, kind, state, show, subject, created_at, expires_at, answered_at)
		VALUES ('a1', 'l1', 'x', 'getConsent', '{}', 'consent', 'answered', '{}', '', 6, 7, 7)`,
	`INSERT INTO auth_tokens (id, mini_app_id, user_id, launch_id, secret_hash, created_at, revoked_at) VALUES ('t1', 'kopi', 'sari', 'l1', 'x', 6, 0)`,
	`INSERT INTO bank_tokens (id, mini_app_id, user_id, spent_at) VALUES ('b1', 'kopi', 'sari', 6)`,
	`INSERT INTO requests (mini_app_id, space, request_id, operation, body_hash, subject, answer, at) VALUES ('kopi', 'Request-Id', 'r1', 'token', 'x', 't1', '', 6)`,
	`INSERT INTO payments (ref, mini_app_id, via, partner_ref, external_id, amount, refunded, title, details, state, sheet_ask, user_id, created_at, expires_at, settled_at, shown_at, proved_at, warned_at)
		VALUES ('A1', 'kopi', 'snap', 'p1', 'e1', 30000, 1000, 'Es kopi', '', 'paid', '', 'sari', 6, 900000, 7, 7, 7, 0)`,
	`INSERT INTO refunds (refund_no, payment, partner_refund_no, amount, reason, at) VALUES ('f1', 'A1', 'pf1', 1000, '', 8)`,
	`INSERT INTO notifications (id, mini_app_id, payment, number, status, body, state, attempts, next_at, created_at, ended_at)
		VALUES ('n1', 'kopi', 'A1', 1, '00', '{}', 'waiting', 0, 6, 6, 0)`,
	`INSERT INTO messages (id, kind, mini_app_id, user_id, reminder_id, template, parameters, created_at, removed_at) VALUES ('m1', 'push', 'kopi', 'sari', '', 'T', '{}', 6, 0)`,
}

// A database of the first version of the schema keeps every row, and works with all that
// came since.
func TestOpen_upgrades_a_database_of_the_first_version(t *testing.T) {
	for name, at := range map[string]Options{"SQLite": {Path: filepath.Join(t.TempDir(), "selasar.db")}, "PostgreSQL": {URL: pgtest.Database(t)}} {
		t.Run(name, func(t *testing.T) {
			ctx, clk := t.Context(), clock.NewSystem()
			at.Key, at.Log, at.Wrapped = secret.Random(), journal.NewLog(clk, id.NewSource(clk, nil)), true
			master := at.Key
			first, err := engine.Open(ctx, engine.Options{Place: engine.Place{Path: at.Path, URL: at.URL}, Key: at.Key, Migrations: before(t, "0002")})
			if err != nil {
				t.Fatal(err)
			}
			err = first.Write(ctx, func(run engine.Statements) error {
				for _, row := range firstRows {
					if _, err := run.Exec(ctx, row); err != nil {
						return err
					}
				}
				return nil
			}, func() {})
			if err == nil {
				err = first.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			db, err := Open(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if !db.Key().Same(master) {
				t.Error("the root key is not the master key of the older database")
			}
			if err := db.Read(ctx, func(tx *Tx) error { return checkUpgraded(ctx, t, tx) }); err != nil {
				t.Error(err)
			}
		})
	}
}

func checkUpgraded(ctx context.Context, t *testing.T, tx *Tx) error {
	t.Helper()
	app, err := tx.MiniApps().Get(ctx, "kopi")
	if err != nil || app.Name != "Kopi" {
		t.Errorf("the mini app: %+v, %v", app, err)
	}
	u, err := tx.Users().Get(ctx, "sari")
	if err != nil || u.Balance != 70_000 {
		t.Errorf("the user: %+v, %v", u, err)
	}
	l, err := tx.Launches().Get(ctx, "l1")
	if err != nil || l.Path != "/orders" || l.Device != nil {
		t.Errorf("the launch: %+v, %v", l, err)
	}
	given, err := tx.Consents().Get(ctx, "sari", "kopi", consent.Location)
	if err != nil || given.State() != consent.StateGiven {
		t.Errorf("the consent: %+v, %v", given, err)
	}
	p, err := tx.Payments().Get(ctx, "A1")
	if err != nil || p.Amount != 30_000 || p.Refunded != 1000 || p.PartnerRef != "p1" {
		t.Errorf("the payment: %+v, %v", p, err)
	}
	refunds, err := tx.Payments().Refunds(ctx, "A1")
	if err != nil || len(refunds) != 1 || refunds[0].Amount != 1000 {
		t.Errorf("the refunds: %+v, %v", refunds, err)
	}
	list, err := tx.Notifications().List(ctx, notification.Filter{}, store.First(10))
	if err != nil || len(list) != 1 || list[0].State != notification.Waiting || list[0].Trace != "" {
		t.Errorf("the notifications: %+v, %v", list, err)
	}
	messages, err := tx.Messages().List(ctx, "sari", store.First(10))
	if err != nil || len(messages) != 1 {
		t.Errorf("the messages: %+v, %v", messages, err)
	}
	entries, err := tx.Wallets().List(ctx, "sari", store.First(10))
	if err != nil || len(entries) != 1 {
		t.Errorf("the wallet: %+v, %v", entries, err)
	}
	return nil
}
