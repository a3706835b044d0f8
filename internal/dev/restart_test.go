//go:build unix

package dev

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/sqlstore"
)

// The last decision counts even if the clock has gone back since the previous one,
// which a reset and a restart can cause.
func TestConsent_that_is_revoked_after_the_clock_went_back(t *testing.T) {
	t.Parallel()
	dir, ctx := t.TempDir(), t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	decide := func(d *Platform, action consent.Action) (now consent.State) {
		t.Helper()
		p := d.platform
		must(p.DB.Write(ctx, func(tx *sqlstore.Tx) error {
			e := consent.Entry{ID: p.IDs.New(), UserID: d.Simulator.User(), MiniAppID: "kopi", Name: consent.Location, Action: action, Source: consent.Settings}
			return consent.Record(ctx, tx, e)
		}))
		must(p.DB.Read(ctx, func(tx *sqlstore.Tx) error {
			e, err := tx.Consents().Get(ctx, d.Simulator.User(), "kopi", consent.Location)
			now = e.State()
			return err
		}))
		return now
	}

	d := startKopi(t, dir, "")
	must(d.Simulator.Advance(ctx, time.Hour))
	decide(d, consent.Refused)
	must(d.reset(ctx))
	if now := decide(d, consent.Given); now != consent.StateGiven {
		t.Errorf("given: %s", now)
	}
	must(d.Close())
	d = startKopi(t, dir, "")
	if now := decide(d, consent.Revoked); now != consent.StateRevoked {
		t.Errorf("revoked: %s", now)
	}
	must(d.Close())
}
