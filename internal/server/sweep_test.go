package server

import (
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Asks that cannot be settled keep no payment from its end.
func TestSweep_goes_on_after_what_fails(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var broken atomic.Bool
	p, err := openPlatform(ctx, sqlstore.Options{
		Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random(),
		OnStatement: func(query string) {
			if broken.Load() && strings.HasPrefix(query, "UPDATE asks") {
				panic("asks are broken")
			}
		},
	}, clock.NewFixed(time.UnixMilli(1_795_000_000_000)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.close() })
	if err := seedUsers(ctx, p); err != nil {
		t.Fatal(err)
	}
	kopi := miniapp.App{ID: "kopi", Name: "Kopi", Status: miniapp.Active, Consents: []miniapp.Consent{{Name: "location"}}}
	if err := p.db.Write(ctx, func(tx *sqlstore.Tx) error { return tx.MiniApps().Put(ctx, kopi) }); err != nil {
		t.Fatal(err)
	}
	opened, err := p.engine.Launches.Open(ctx, "kopi", p.simulator.User(), "")
	if err != nil || opened.Ask == nil {
		t.Fatalf("opened %+v, %v", opened, err)
	}
	made, err := p.engine.Payments.Create(ctx, payment.Order{MiniAppID: "kopi", Amount: 1000})
	if err != nil {
		t.Fatal(err)
	}
	broken.Store(true)
	if err := p.clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	if err := p.sweep(ctx); err == nil || !strings.Contains(err.Error(), "asks are broken") {
		t.Errorf("the sweep gives %v", err)
	}
	var left payment.Payment
	err = p.db.Read(ctx, func(tx *sqlstore.Tx) (err error) {
		left, err = tx.Payments().Get(ctx, made.Ref)
		return err
	})
	if err != nil || left.State != payment.Expired {
		t.Errorf("the payment is %s, %v; want expired", left.State, err)
	}
}
