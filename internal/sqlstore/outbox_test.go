package sqlstore_test

import (
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Two senders claim in opposite orders while the other's transaction is open. Neither
// waits, and each gets the notifications that the other has not claimed.
func TestClaim_by_two_senders_does_not_wait(t *testing.T) {
	const each, room = 6, 2
	ctx, db := t.Context(), crowd(t, 4)
	write := func(fn func(tx *sqlstore.Tx) error) {
		t.Helper()
		if err := db.Write(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *sqlstore.Tx) error {
		for _, app := range []string{"kopi", "roti"} {
			for i := range each {
				name := fmt.Sprint(app, i)
				n := notification.Notification{ID: name, MiniAppID: app, Payment: name, Status: notification.Pending, State: notification.Waiting, NextAt: 100}
				if _, err := tx.Notifications().Insert(ctx, n); err != nil {
					return err
				}
			}
		}
		return nil
	})
	claimed := map[string]int{}
	claim := func(tx *sqlstore.Tx, apps ...string) error {
		for _, app := range apps {
			list, err := tx.Outbox().Claim(ctx, app, notification.Moment{Platform: 100, Machine: 100}, 500, room)
			if err != nil {
				return err
			}
			if len(list) != room {
				t.Errorf("%d of %s were claimed, want %d", len(list), app, room)
			}
			for _, n := range list {
				if claimed[n.ID]++; claimed[n.ID] > 1 || n.Attempts != 1 || n.NextAt != 500 {
					t.Errorf("claimed %d times: %+v", claimed[n.ID], n)
				}
			}
		}
		return nil
	}
	write(func(one *sqlstore.Tx) error {
		if err := claim(one, "kopi"); err != nil {
			return err
		}
		write(func(other *sqlstore.Tx) error {
			if err := claim(other, "roti", "kopi"); err != nil {
				return err
			}
			return claim(one, "roti")
		})
		return claim(one, "kopi", "roti")
	})
	if len(claimed) != 2*each {
		t.Errorf("%d were claimed, want %d", len(claimed), 2*each)
	}
}
