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
func Verify(ctx context.Context, db store.Database[Tx], key *secret.Key, anchor chain.Anchor) (report chain.Report, err error) {
	ledger := Ledger(key)
	heads, err := headsOf(ctx, db)
	if err != nil {
		return report, err
	}
	walk := ledger.Walk(heads, anchor)
	err = walk.Read(func(from chain.Link, limit int) (rows []chain.Row, err error) {
		err = db.Read(ctx, func(tx Tx) error {
			page, err := tx.Audit().ListFrom(ctx, from.Number, limit)
			rows = rowsOf(ledger, page)
			return err
		})
		return rows, err
	})
	if err != nil {
		return report, err
	}
	heads, err = headsOf(ctx, db)
	if err != nil {
		return report, err
	}
	return walk.End(heads), nil
}

func headsOf(ctx context.Context, db store.Database[Tx]) (heads []chain.Head, err error) {
	err = db.Read(ctx, func(tx Tx) error { heads, err = tx.Audit().Heads(ctx); return err })
	return heads, err
}

func rowsOf(ledger *chain.Ledger, entries []Entry) []chain.Row {
	rows := make([]chain.Row, len(entries))
	for i, e := range entries {
		rows[i] = chain.Row{
			Link: chain.Link{Number: e.Number, Hash: e.Hash}, ID: e.ID, Commitment: ledger.Commit(nil, e.Content()), Intact: true,
		}
	}
	return rows
}
