package ledger

import (
	"context"
	"crypto/rand"
	"log/slog"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/sql/engine"
)

// unchained is the chain of the entries of a database from before the chains.
const unchained = -1

// adoptedAtOnce is the number of entries of a page.
const adoptedAtOnce = 500

// adopt puts the entries from before the chains into their chains, in the order of their
// ids, and returns the heads. The chains cover these entries from now on.
func adopt(ctx context.Context, run engine.Statements, ledger *chain.Ledger) ([]chain.Head, error) {
	s, first := Consents{run, ledger}, ledger.Heads()
	for adopted := 0; ; {
		page, err := s.list(ctx, `SELECT `+rowColumns+` FROM consents WHERE chain = $1 ORDER BY number LIMIT $2`, int64(unchained), adoptedAtOnce)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			of := ledger.Of(r.UserID)
			if first[of], err = s.adopt(ctx, first[of], r); err != nil {
				return nil, err
			}
		}
		adopted += len(page)
		if len(page) < adoptedAtOnce {
			if adopted > 0 {
				slog.Info("the ledger of consents is chained from now on", "adopted", adopted)
			}
			return first, nil
		}
	}
}

func (s Consents) adopt(ctx context.Context, head chain.Head, r consent.Row) (chain.Head, error) {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	commitment := s.Chain.Commit(salt, r.Content())
	next := s.Chain.Adopt(head, commitment)
	_, err := s.Run.Exec(ctx, `UPDATE consents SET chain = $1, number = $2, salt = $3, commitment = $4, hash = $5 WHERE id = $6`,
		next.Chain, next.Number, salt, commitment, next.Hash, r.ID)
	return next, err
}
