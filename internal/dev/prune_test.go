//go:build unix

package dev

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Prune uses the platform's clock, which a developer can move.
func TestPrune_uses_the_clock_of_the_platform(t *testing.T) {
	t.Parallel()
	d, ctx := startKopi(t, t.TempDir(), ""), t.Context()
	t.Cleanup(func() { _ = d.Close() })
	p := d.platform
	write := func(fn func(tx *sqlstore.Tx) error) {
		t.Helper()
		if err := p.DB.Write(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	opened, err := p.Launches.Open(ctx, launch.Request{MiniAppID: "kopi", UserID: d.Simulator.User()})
	if err != nil {
		t.Fatal(err)
	}
	now := p.Clock.Now().UnixMilli()
	write(func(tx *sqlstore.Tx) error {
		n := notification.Notification{ID: "n", MiniAppID: "kopi", Payment: "p", State: notification.Delivered, EndedAt: now}
		if _, err := tx.Notifications().Insert(ctx, n); err != nil {
			return err
		}
		if _, err := tx.BankTokens().Insert(ctx, "b", "kopi", "u", now); err != nil {
			return err
		}
		return tx.Asks().Insert(ctx, ask.Ask{ID: "a", LaunchID: opened.Launch.ID, State: ask.Answered, AnsweredAt: now})
	})
	kept := func() (notification, askKept, spent bool) {
		t.Helper()
		write(func(tx *sqlstore.Tx) (err error) {
			if _, notification, err = tx.Notifications().Get(ctx, "n"); err != nil {
				return err
			}
			_, missing := tx.Asks().Get(ctx, "a")
			askKept = missing == nil
			fresh, err := tx.BankTokens().Insert(ctx, "b", "kopi", "u", now)
			spent = !fresh
			return err
		})
		return notification, askKept, spent
	}
	for _, one := range []struct {
		advance                  time.Duration
		notification, ask, spent bool
	}{
		{23 * time.Hour, true, true, true},
		{2 * time.Hour, true, false, false},
		{28 * 24 * time.Hour, true, false, false},
		{24 * time.Hour, false, false, false},
	} {
		if err := p.Clock.Advance(one.advance); err != nil {
			t.Fatal(err)
		}
		if err := p.Prune(ctx); err != nil {
			t.Fatal(err)
		}
		if n, a, b := kept(); n != one.notification || a != one.ask || b != one.spent {
			t.Errorf("%s later: notification %v, ask %v, bank token %v; want %+v", one.advance, n, a, b, one)
		}
	}
}
