package wallet

import (
	"context"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/user"
)

// Set moves what a user's balances lack to, or have over, the amounts of a change. An
// amount that the change does not name stays. newID makes the ids of the entries; now is
// ms since the epoch.
func Set(ctx context.Context, tx Tx, userID string, c user.Change, newID func() string, now int64) error {
	u, err := tx.Users().Get(ctx, userID)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		unit Unit
		has  money.Rupiah
		want *money.Rupiah
	}{{Rupiah, u.Balance, c.Balance}, {Coins, u.Coins, c.Coins}, {Gems, u.Gems, c.Gems}} {
		if one.want == nil || *one.want == one.has {
			continue
		}
		err := Move(ctx, tx, Entry{ID: newID(), UserID: userID, Unit: one.unit, Amount: *one.want - one.has, Title: "balance set", At: now})
		if err != nil {
			return err
		}
	}
	return nil
}
