package consent

import (
	"context"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// ExportTx is the part of a transaction that exports use.
type ExportTx interface {
	LedgerTx
	MiniApps() miniapp.Store
}

// Exported is an entry of the ledger with its place and its receipt.
type Exported struct {
	Entry
	State   State    `json:"state"` // after the entry
	Ledger  Place    `json:"ledger"`
	Receipt *Receipt `json:"receipt,omitempty"` // nil for an entry that forgets a decision
}

// Export returns a page of everything that the ledger says about a user, over all mini
// apps, oldest first. The cursor is the id of an entry.
func (k Keeper) Export(ctx context.Context, tx ExportTx, userID string, p store.Page) ([]Exported, error) {
	rows, err := tx.Ledger().ListRows(ctx, userID, p)
	list := make([]Exported, 0, len(rows))
	for _, r := range rows {
		if err == nil {
			var one Exported
			one, err = k.exported(ctx, tx, r)
			list = append(list, one)
		}
	}
	return list, err
}

// Find returns an entry by its id, with its receipt. Its problem is NotFound.
func (k Keeper) Find(ctx context.Context, tx ExportTx, id string) (Exported, error) {
	r, err := tx.Ledger().GetRow(ctx, id)
	if err != nil {
		return Exported{}, err
	}
	return k.exported(ctx, tx, r)
}

func (k Keeper) exported(ctx context.Context, tx ExportTx, r Row) (Exported, error) {
	app, err := tx.MiniApps().Get(ctx, r.MiniAppID)
	if err != nil && !problem.Is(err, problem.MiniAppUnknown) {
		return Exported{}, err
	}
	one := Exported{Entry: r.Entry, State: r.State(), Ledger: r.place()}
	if receipt, ok := NewReceipt(k.Operator, app, r); ok {
		one.Receipt = &receipt
	}
	return one, nil
}
