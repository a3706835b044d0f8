package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/sqlstore/ledger"
	"github.com/selasar/selasar/internal/store"
)

type consents struct {
	tx *Tx
	ledger.Consents
}

func (consents) tables() []string { return []string{"consents"} }

type auditLog struct{ ledger.Audit }

func (auditLog) tables() []string { return []string{ledger.AuditLog, ledger.Heads} }

func (s consents) Insert(ctx context.Context, e consent.Entry) error {
	s.tx.db.recent.consents.change(consentKey(e.UserID, e.MiniAppID, e.Name))
	return s.Add(ctx, e)
}

// Erase stores the erasure of a row.
func (s consents) Erase(ctx context.Context, before, after consent.Row) error {
	s.tx.db.recent.consents.change(consentKey(before.UserID, before.MiniAppID, before.Name))
	return s.Replace(ctx, after)
}

func (s consents) Get(ctx context.Context, userID, miniAppID string, name consent.Name) (consent.Entry, error) {
	return get(s.tx, s.tx.db.recent.consents, consentKey(userID, miniAppID, name), func() (e consent.Entry, err error) {
		err = s.tx.run.One(ctx, readConsent(&e), `SELECT `+ledger.ConsentColumns+` FROM consents
			WHERE user_id = $1 AND mini_app_id = $2 AND name = $3 ORDER BY id DESC LIMIT 1`, userID, miniAppID, name)
		if errors.Is(err, sql.ErrNoRows) {
			return consent.Entry{}, nil
		}
		return e, err
	})
}

// consentKey returns the key of the newest entry in memory. No id contains a space.
func consentKey(userID, miniAppID string, name consent.Name) string {
	return userID + " " + miniAppID + " " + string(name)
}

func (s consents) List(ctx context.Context, userID, miniAppID string, p store.Page) (list []consent.Entry, err error) {
	query, args := newest(p, `SELECT `+ledger.ConsentColumns+` FROM consents WHERE mini_app_id = $1 AND user_id = $2`, miniAppID, userID)
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var e consent.Entry
		err := readConsent(&e)(row)
		list = append(list, e)
		return err
	}, query, args...)
	slices.Reverse(list)
	return list, err
}

func readConsent(e *consent.Entry) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&e.ID, &e.UserID, &e.MiniAppID, &e.Name, &e.Action, &e.At, &e.Wording, &e.AppVersion, &e.LaunchID, &e.Source)
	}
}
