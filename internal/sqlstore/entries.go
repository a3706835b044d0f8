package sqlstore

import (
	"context"
	"slices"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type entries struct{ tx *Tx }

func (entries) tables() []string { return []string{"journal"} }

const entryColumns = `id, at, kind, event, mini_app_id, user_id, launch_id, call_id, payment, title, outcome, code, message, next, duration_us, detail`

// The statements are constants: a text that is put together at each execution is an
// allocation of its size.
const (
	insertEntry = `INSERT INTO journal (` + entryColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	insertTrace = insertEntry + ` ON CONFLICT (id) DO UPDATE SET title = excluded.title, outcome = excluded.outcome, code = excluded.code,
		message = excluded.message, next = excluded.next, detail = excluded.detail`
)

// Append inserts entries in the transaction. The journal shows them after the commit.
func (s entries) Append(ctx context.Context, list ...journal.Entry) error {
	for i := range list {
		s.tx.db.options.Log.Stamp(&list[i])
		if err := s.insert(ctx, insertEntry, list[i]); err != nil {
			return err
		}
	}
	s.tx.entries = append(s.tx.entries, list...)
	return nil
}

func (s entries) insert(ctx context.Context, query string, e journal.Entry) error {
	_, err := s.tx.run.Exec(ctx, query,
		e.ID, e.At, string(e.Kind), string(e.Event), e.MiniAppID, e.UserID, e.LaunchID, e.CallID, e.Payment, e.Title, string(e.Outcome),
		int64(e.Code), e.Message, e.Next, e.Duration, string(e.Detail))
	return err
}

// tracesAtOnce is the number of traces in one transaction, so that other writers do not
// wait long.
const tracesAtOnce = 64

// SaveTraces inserts entries that were already shown. An entry that is there is a retry
// after an unknown outcome, or a newer version of it.
func (db *DB) SaveTraces(ctx context.Context, list []journal.Entry) error {
	for some := range slices.Chunk(list, tracesAtOnce) {
		err := db.Write(ctx, func(tx *Tx) error {
			for _, e := range some {
				if err := (entries{tx}).insert(ctx, insertTrace, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// LoadJournal returns a page of the entries. The first page has the newest ones. The
// entries of a page are oldest first.
func (db *DB) LoadJournal(ctx context.Context, p store.Page) ([]journal.Entry, error) {
	var list []journal.Entry
	query, args := newest(p, `SELECT `+entryColumns+` FROM journal WHERE true`)
	err := db.reads.All(ctx, func(row engine.Row) error {
		var e journal.Entry
		var detail string
		err := row.Scan(&e.ID, &e.At, &e.Kind, &e.Event, &e.MiniAppID, &e.UserID, &e.LaunchID, &e.CallID, &e.Payment, &e.Title,
			&e.Outcome, &e.Code, &e.Message, &e.Next, &e.Duration, &detail)
		if detail != "" {
			e.Detail = []byte(detail)
		}
		list = append(list, e)
		return err
	}, query, args...)
	slices.Reverse(list)
	return list, err
}
