package consent

import (
	"context"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/store"
)

// rowsAtOnce is the number of rows of a page.
const rowsAtOnce = 500

// Erase erases a user from the ledger: the id, the wordings and the launches. What
// remains of each entry belongs to nobody, and the chains stay whole. Every consent of
// the user ends with it. The result is for [Tell] after the commit.
func Erase(ctx context.Context, tx LedgerTx, ledger *chain.Ledger, userID string, at int64) (ended []Entry, err error) {
	told := map[Entry]bool{}
	for {
		page, err := tx.Ledger().ListRows(ctx, userID, store.First(rowsAtOnce))
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			if err := tx.Ledger().Erase(ctx, r, r.erased(ledger, at)); err != nil {
				return nil, err
			}
			end := Entry{UserID: userID, MiniAppID: r.MiniAppID, Name: r.Name, Action: Forgotten}
			if !told[end] {
				told[end], ended = true, append(ended, end)
			}
		}
		if len(page) < rowsAtOnce {
			return ended, nil
		}
	}
}
