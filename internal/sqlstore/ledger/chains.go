// Package ledger stores the ledgers: the audit log and the consents. Their entries are
// chained, and the heads of the chains are rows that exist from the beginning.
//
// It is the part of package sqlstore that extends and reads chains.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
)

// Chains are the chains of the ledgers of a database.
type Chains struct {
	Audit    *chain.Ledger
	Consents *chain.Ledger
}

// New returns the chains for a master key.
func New(key *secret.Key) Chains { return Chains{audit.Ledger(key), consent.Chains(key)} }

// Heads is the table of the heads of all chains.
const Heads = "chain_heads"

// Begun reports whether every ledger has heads.
func (c Chains) Begun(ctx context.Context, run engine.Statements) (bool, error) {
	for _, one := range []*chain.Ledger{c.Audit, c.Consents} {
		heads, err := heads(ctx, run, one)
		if err != nil || len(heads) == 0 {
			return false, err
		}
	}
	return true, nil
}

// Begin inserts the heads of each ledger that has neither heads nor entries in a chain.
// So heads that somebody has removed stay missing, and a check finds that.
func (c Chains) Begin(ctx context.Context, run engine.Statements) error {
	for _, one := range []struct {
		ledger *chain.Ledger
		begun  string // the query for an entry in a chain
		heads  func() ([]chain.Head, error)
	}{
		{c.Audit, `SELECT count(*) FROM audit_log`, func() ([]chain.Head, error) { return c.Audit.Heads(), nil }},
		{c.Consents, `SELECT count(*) FROM consents WHERE chain >= 0`, func() ([]chain.Head, error) { return adopt(ctx, run, c.Consents) }},
	} {
		there, err := heads(ctx, run, one.ledger)
		entries := 0
		if err == nil && len(there) == 0 {
			err = run.One(ctx, func(row engine.Row) error { return row.Scan(&entries) }, one.begun)
		}
		if err != nil {
			return err
		}
		if len(there) > 0 || entries > 0 {
			continue
		}
		first, err := one.heads()
		for _, head := range first {
			if err == nil {
				err = insertHead(ctx, run, one.ledger, head)
			}
		}
		if err != nil {
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
func heads(ctx context.Context, run engine.Statements, ledger *chain.Ledger) (list []chain.Head, err error) {
	err = run.All(ctx, func(row engine.Row) error {
		var h chain.Head
		err := readHead(&h)(row)
		list = append(list, h)
		return err
	}, selectHeads+` ORDER BY chain`, ledger.Name())
	return list, err
}

// extend adds a commitment to a chain and returns its place. The head is locked until
// the transaction ends; the lock order of package sqlstore puts it last.
func extend(ctx context.Context, run engine.Statements, ledger *chain.Ledger, of int64, commitment []byte) (chain.Link, error) {
	var head chain.Head
	err := run.One(ctx, readHead(&head), run.Locked(selectHeads+` AND chain = $2`), ledger.Name(), of)
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
	_, err = run.Exec(ctx, `UPDATE chain_heads SET number = $1, hash = $2, seal = $3 WHERE ledger = $4 AND chain = $5`,
		next.Number, next.Hash, next.Seal, ledger.Name(), of)
	return next.Link, err
}
