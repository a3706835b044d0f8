package consent

import (
	"context"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Verify checks the whole ledger, also while entries are added. The anchor, which may be
// nil, is of an earlier report. The error says that the ledger could not be read; a
// fault of the ledger is in the report.
func Verify(ctx context.Context, db store.Database[LedgerTx], key *secret.Key, anchor chain.Anchor) (chain.Report, error) {
	ledger := Chains(key)
	return ledger.Verify(anchor, func() (heads []chain.Head, err error) {
		err = db.Read(ctx, func(tx LedgerTx) error { heads, err = tx.Ledger().Heads(ctx); return err })
		return heads, err
	}, func(from chain.Link, limit int) (rows []chain.Row, err error) {
		err = db.Read(ctx, func(tx LedgerTx) error {
			page, err := tx.Ledger().ListFrom(ctx, from, limit)
			rows = make([]chain.Row, len(page))
			for i, r := range page {
				rows[i] = r.checked(ledger)
			}
			return err
		})
		return rows, err
	})
}
