package dev

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// A payment expires even if asks cannot be settled.
func TestSweep_continues_after_an_error(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var broken atomic.Bool
	var sim *simulated
	p, err := server.Open(ctx, server.Config{Database: sqlstore.Options{
		Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random(),
		OnStatement: func(query string) {
			if broken.Load() && strings.HasPrefix(query, "UPDATE asks") {
				panic("asks are broken")
			}
		},
	}, Clock: clock.NewFixed(time.UnixMilli(1_795_000_000_000)), Host: func(ctx context.Context, p *server.Platform) (_ server.Host, err error) {
		sim, err = simulate(ctx, p, "")
		return server.Host{Devices: sim.Simulator, Responder: sim.Simulator}, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := seedUsers(ctx, p, sim); err != nil {
		t.Fatal(err)
	}
	kopi := miniapp.App{ID: "kopi", Name: "Kopi", Status: miniapp.Active, Consents: []miniapp.Consent{{Name: "location"}}}
	if err := p.DB.Write(ctx, func(tx *sqlstore.Tx) error { return tx.MiniApps().Put(ctx, kopi) }); err != nil {
		t.Fatal(err)
	}
	opened, err := p.Launches.Open(ctx, launch.Request{MiniAppID: "kopi", UserID: sim.Simulator.User()})
	if err != nil || opened.Ask == nil {
		t.Fatalf("opened %+v, %v", opened, err)
	}
	made, err := p.Payments.Create(ctx, payment.Order{MiniAppID: "kopi", Amount: 1000})
	if err != nil {
		t.Fatal(err)
	}
	broken.Store(true)
	if err := p.Clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	if err := p.Sweep(ctx); err == nil || !strings.Contains(err.Error(), "asks are broken") {
		t.Errorf("the sweep returns %v", err)
	}
	var left payment.Payment
	err = p.DB.Read(ctx, func(tx *sqlstore.Tx) (err error) {
		left, err = tx.Payments().Get(ctx, made.Ref)
		return err
	})
	if err != nil || left.State != payment.Expired {
		t.Errorf("the payment is %s, %v; want expired", left.State, err)
	}
}
