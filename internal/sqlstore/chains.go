package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
)

// ledgers are the ledgers of a database. Their heads are rows of chain_heads, which
// exist from the beginning, so that the removal of a head is found.
type ledgers struct {
	audit *chain.Ledger
}

func newLedgers(key *secret.Key) ledgers { return ledgers{audit.Ledger(key)} }

// begin inserts the heads of a new database. Without the rows of a ledger no head can be
// missing by accident, so begin never makes up for removed ones.
func (l ledgers) begin(ctx context.Context, run engine.Statements) error {
	var rows int64
	err := run.One(ctx, func(row engine.Row) error { return row.Scan(&rows) },
		`SELECT (SELECT count(*) FROM chain_heads) + (SELECT count(*) FROM audit_log)`)
	if err != nil || rows > 0 {
		return err
	}
	for _, head := range l.audit.Heads() {
		if err := insertHead(ctx, run, l.audit, head); err != nil {
			return err
		}
	}
	return nil
}

func insertHead(ctx context.Context, run engine.Statements, ledger *chain.Ledger, h chain.Head) error {
	_, err := run.Exec(ctx, `INSERT INTO chain_heads (ledger, chain, number, adopted, hash, seal) VALUES ($1, $2, $3, $4, $5, $6)`,
		ledger.Name(), h.Chain, h.Number, h.Adopted, h.Hash, h.Seal)
	return err
}

const selectHeads = `SELECT chain, number, adopted, hash, seal FROM chain_heads WHERE ledger = $1`

func readHead(h *chain.Head) func(engine.Row) error {
	return func(row engine.Row) error { return row.Scan(&h.Chain, &h.Number, &h.Adopted, &h.Hash, &h.Seal) }
}

// heads returns the heads of a ledger, in order.
func (tx *Tx) heads(ctx context.Context, ledger *chain.Ledger) (list []chain.Head, err error) {
	err = tx.run.All(ctx, func(row engine.Row) error {
		var h chain.Head
		err := readHead(&h)(row)
		list = append(list, h)
		return err
	}, selectHeads+` ORDER BY chain`, ledger.Name())
	return list, err
}

// extend adds a commitment to a chain and returns its place. The head is locked until
// the transaction ends; the lock order in tx.go puts it last.
func (tx *Tx) extend(ctx context.Context, ledger *chain.Ledger, of int64, commitment []byte) (chain.Link, error) {
	var head chain.Head
	err := tx.run.One(ctx, readHead(&head), tx.run.Locked(selectHeads+` AND chain = $2`), ledger.Name(), of)
	if errors.Is(err, sql.ErrNoRows) {
		return chain.Link{}, fmt.Errorf("the head of chain %d of the ledger %s was removed: restore the database from a backup", of, ledger.Name())
	}
	if err != nil {
		return chain.Link{}, err
	}
	next := ledger.Next(head, commitment)
	if len(next.Seal) == 0 {
		slog.Error("the head of a chain was altered; the next check of the ledger reports it", "ledger", ledger.Name(), "chain", of)
	}
	_, err = tx.run.Exec(ctx, `UPDATE chain_heads SET number = $1, hash = $2, seal = $3 WHERE ledger = $4 AND chain = $5`,
		next.Number, next.Hash, next.Seal, ledger.Name(), of)
	return next.Link, err
}
