package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

// Consents stores the ledger of consents in a transaction.
type Consents struct {
	Run   engine.Statements
	Chain *chain.Ledger
}

// ConsentColumns are the columns of an entry of the table consents.
const ConsentColumns = `id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source`

const rowColumns = ConsentColumns + `, chain, number, salt, commitment, hash, erased_at, tombstone`

// saltSize is the size of a salt in bytes: a content cannot be guessed from its
// commitment.
const saltSize = 16

// Add adds an entry to the chain of its user.
func (s Consents) Add(ctx context.Context, e consent.Entry) error {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	commitment := s.Chain.Commit(salt, e.Content())
	link, err := extend(ctx, s.Run, s.Chain, s.Chain.Of(e.UserID), commitment)
	if err != nil {
		return err
	}
	_, err = s.Run.Exec(ctx, `INSERT INTO consents (`+ConsentColumns+`, chain, number, salt, commitment, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		e.ID, e.UserID, e.MiniAppID, e.Name, e.Action, e.At, e.Wording, e.AppVersion, e.LaunchID, e.Source,
		link.Chain, link.Number, salt, commitment, link.Hash)
	return err
}

// ListRows returns a page of the rows of a user, oldest first.
func (s Consents) ListRows(ctx context.Context, userID string, p store.Page) ([]consent.Row, error) {
	return s.list(ctx, `SELECT `+rowColumns+` FROM consents WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3`, userID, p.Cursor, p.Limit)
}

// GetRow returns a row by the id of its entry.
func (s Consents) GetRow(ctx context.Context, id string) (r consent.Row, err error) {
	err = s.Run.One(ctx, readRow(&r), `SELECT `+rowColumns+` FROM consents WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return r, problem.New(problem.NotFound, "the ledger of consents has no entry %q; a list of a user's consents has the ids", id)
	}
	return r, err
}

// ListUsers returns a page of the users with a decision about a mini app.
func (s Consents) ListUsers(ctx context.Context, miniAppID string, p store.Page) (ids []string, err error) {
	err = s.Run.All(ctx, func(row engine.Row) error {
		var id string
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT user_id FROM consents WHERE mini_app_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`, miniAppID, p.Cursor, p.Limit)
	return ids, err
}

// Replace stores the erasure of a row.
func (s Consents) Replace(ctx context.Context, r consent.Row) error {
	_, err := s.Run.Exec(ctx, `UPDATE consents SET user_id = $1, wording = $2, launch_id = $3, salt = $4, erased_at = $5, tombstone = $6 WHERE id = $7`,
		r.UserID, r.Wording, r.LaunchID, append([]byte{}, r.Salt...), r.ErasedAt, r.Tombstone, r.ID)
	return err
}

// ListFrom returns the rows from a place on.
func (s Consents) ListFrom(ctx context.Context, from chain.Link, limit int) ([]consent.Row, error) {
	return s.list(ctx, `SELECT `+rowColumns+` FROM consents WHERE (chain, number) >= ($1, $2) ORDER BY chain, number LIMIT $3`,
		from.Chain, from.Number, limit)
}

// Heads returns the heads of the chains.
func (s Consents) Heads(ctx context.Context) ([]chain.Head, error) { return heads(ctx, s.Run, s.Chain) }

func (s Consents) list(ctx context.Context, query string, args ...any) (list []consent.Row, err error) {
	err = s.Run.All(ctx, func(row engine.Row) error {
		var r consent.Row
		err := readRow(&r)(row)
		list = append(list, r)
		return err
	}, query, args...)
	return list, err
}

func readRow(r *consent.Row) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&r.ID, &r.UserID, &r.MiniAppID, &r.Name, &r.Action, &r.At, &r.Wording, &r.AppVersion, &r.LaunchID, &r.Source,
			&r.Link.Chain, &r.Link.Number, &r.Salt, &r.Commitment, &r.Link.Hash, &r.ErasedAt, &r.Tombstone)
	}
}
