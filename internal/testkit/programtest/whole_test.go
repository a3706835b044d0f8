package programtest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
)

// check checks the database of a killed program.
func (a *acknowledged) check(t *testing.T, at place) {
	t.Helper()
	ctx, db, key := openData(t, at)
	defer db.Close()
	sessions := &login.Service{DB: sqlstore.View[login.Tx](db), Key: key}
	for _, token := range a.tokens {
		if _, err := sessions.Authenticate(ctx, token); err != nil {
			t.Fatalf("an acknowledged token: %v", err)
		}
	}
	must(t, 0, db.Read(ctx, func(tx *sqlstore.Tx) error {
		for _, ref := range a.paid {
			if p, err := tx.Payments().Get(ctx, ref); err != nil || p.State != payment.Paid {
				t.Fatalf("an acknowledged payment is %s: %v", p.State, err)
			}
		}
		for user, states := range a.consents {
			ledger, err := tx.Consents().List(ctx, user, "kopi", store.First(1<<30))
			if err != nil || !follows(ledger, states) {
				t.Fatalf("acknowledged %v, kept %+v: %v", states, ledger, err)
			}
		}
		return wholePayments(t, ctx, tx)
	}))
}

// follows reports whether a ledger has the acknowledged decisions about the
// location in order, and at most one more.
func follows(ledger []consent.Entry, states []string) bool {
	var got []string
	for _, e := range ledger {
		if e.Name == consent.Location && e.Source == consent.Settings {
			got = append(got, string(e.State()))
		}
	}
	if len(got) < len(states) || len(got) > len(states)+1 {
		return false
	}
	for i, state := range states {
		if got[i] != state {
			return false
		}
	}
	return true
}

// wholePayments checks that each payment has one charge if it is paid and otherwise
// none, and that each balance is the sum of its entries.
func wholePayments(t *testing.T, ctx context.Context, tx *sqlstore.Tx) error {
	t.Helper()
	list, err := tx.Payments().List(ctx, store.First(1<<30))
	if err != nil {
		return err
	}
	users, err := tx.Users().List(ctx, store.First(1<<30))
	if err != nil {
		return err
	}
	charges := map[string]money.Rupiah{}
	for _, u := range users {
		entries, err := tx.Wallets().List(ctx, u.ID, store.First(1<<30))
		if err != nil {
			return err
		}
		var sum money.Rupiah
		for _, e := range entries {
			sum += e.Amount
			if e.Payment != "" {
				charges[e.Payment] += e.Amount
			}
		}
		if sum != u.Balance {
			t.Errorf("the wallet of %s holds %s, its entries %s", u.Name, u.Balance, sum)
		}
	}
	for _, p := range list {
		if err := wholeNotifications(t, ctx, tx, p); err != nil {
			return err
		}
		if (p.State == payment.Paid) != (charges[p.Ref] == -p.Amount) || (p.State != payment.Paid && charges[p.Ref] != 0) {
			t.Errorf("payment %s of %s is %s, charged %s", p.Ref, p.Amount, p.State, charges[p.Ref])
		}
	}
	return nil
}

// wholeNotifications checks that each payment has notifications for its states up
// to the last one, and that each was sent only after the one before. A payment of a
// mini app without an address has none. (The mini apps of these tests name their address
// if they have a server; the product also takes the default path on it.)
func wholeNotifications(t *testing.T, ctx context.Context, tx *sqlstore.Tx, p payment.Payment) error {
	t.Helper()
	list, err := tx.Notifications().List(ctx, notification.Filter{Payment: p.Ref}, store.First(1<<30))
	if err != nil {
		return err
	}
	app, err := tx.MiniApps().Get(ctx, p.MiniAppID)
	if err != nil {
		return err
	}
	if app.NotificationURL == "" {
		if len(list) != 0 {
			t.Errorf("payment %s of a mini app without an address has the notifications %+v", p.Ref, list)
		}
		return nil
	}
	if len(list) == 0 || list[0].Status != p.Latest() {
		t.Errorf("payment %s is %s, and its notifications are %+v", p.Ref, p.State, list)
	}
	for i, n := range list {
		if n.Number != len(list)-i || (i > 0 && n.State == notification.Waiting && list[i-1].State != notification.Waiting) {
			t.Errorf("payment %s has notifications out of order: %+v", p.Ref, list)
		}
	}
	return nil
}

func openData(t *testing.T, at place) (context.Context, *sqlstore.DB, *secret.Key) {
	t.Helper()
	key, err := secret.Open(filepath.Join(at.data, "master.key"))
	must(t, key, err)
	now := clock.NewSystem()
	db, err := sqlstore.Open(t.Context(), sqlstore.Options{
		Path: filepath.Join(at.data, "selasar.db"), URL: at.database, Key: key, Log: journal.NewLog(now, id.NewSource(now, nil)),
	})
	return t.Context(), must(t, db, err), key
}
