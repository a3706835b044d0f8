package audit

import (
	"context"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Log appends entries.
type Log struct {
	Clock clock.Clock
	IDs   *id.Source
}

// Append adds an entry to the log, in the transaction of its act. It sets the id and
// the time, and masks secrets in Detail, which is JSON. It is the last call of the
// transaction: until the commit, no other transaction can append.
func (l Log) Append(ctx context.Context, tx Tx, e Entry) error {
	e.ID, e.At = l.IDs.New(), l.Clock.Now().UnixMilli()
	if len(e.Detail) > 0 {
		e.Detail = mask.JSON(mask.Members(e.Detail))
	}
	return tx.Audit().Insert(ctx, e)
}

// Verify checks the whole log, also while entries are appended. The anchor, which may be
// nil, is of an earlier report. The error says that the log could not be read; a fault
// of the log is in the report.
func Verify(ctx context.Context, db store.Database[Tx], key *secret.Key, anchor chain.Anchor) (chain.Report, error) {
	ledger := Ledger(key)
	return ledger.Verify(anchor, func() (heads []chain.Head, err error) {
		err = db.Read(ctx, func(tx Tx) error { heads, err = tx.Audit().Heads(ctx); return err })
		return heads, err
	}, func(from chain.Link, limit int) (rows []chain.Row, err error) {
		err = db.Read(ctx, func(tx Tx) error {
			page, err := tx.Audit().ListFrom(ctx, from.Number, limit)
			rows = make([]chain.Row, len(page))
			for i, e := range page {
				link := chain.Link{Number: e.Number, Hash: e.Hash}
				rows[i] = chain.Row{Link: link, ID: e.ID, Commitment: ledger.Commit(nil, e.Content()), Intact: true}
			}
			return err
		})
		return rows, err
	})
}
