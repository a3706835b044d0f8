package admin

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// listConsents exports all that the ledger says about a user, with receipts.
func (d *door) listConsents(ctx context.Context, c *call) (any, error) {
	cursor := func(e consent.Exported) string { return e.ID }
	same := func(e consent.Exported) consent.Exported { return e }
	return list(ctx, d, c, "consents", cursor, same, func(tx Tx, p store.Page) ([]consent.Exported, error) {
		if _, err := tx.Users().Get(ctx, c.PathValue("id")); err != nil {
			return nil, err
		}
		return d.Consents.Export(ctx, tx, c.PathValue("id"), p)
	})
}

// showReceipt returns the receipt of one decision.
func (d *door) showReceipt(ctx context.Context, c *call) (any, error) {
	var found consent.Exported
	err := d.DB.Read(ctx, func(tx Tx) (err error) {
		found, err = d.Consents.Find(ctx, tx, c.PathValue("id"))
		return err
	})
	if err == nil && found.Receipt == nil {
		err = problem.New(problem.NotFound, "the entry %q has no receipt: it was erased, or it forgets a decision", c.PathValue("id"))
	}
	return found.Receipt, err
}

// withdrawConsents withdraws consents on behalf of a user. The calls of open launches are
// refused from the commit on.
func (d *door) withdrawConsents(ctx context.Context, tx Tx, c *call) (done, error) {
	var in struct {
		MiniAppID string         `json:"mini_app_id"`
		Consents  []consent.Name `json:"consents"` // empty: all
		Source    consent.Source `json:"source"`   // empty: the operator
	}
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	switch in.Source {
	case "":
		in.Source = consent.ByOperator
	case consent.ByOperator, consent.Settings:
	default:
		return done{}, problem.New(problem.BadRequest, "source is operator, or settings if the user has decided there; not %q", in.Source)
	}
	id := c.PathValue("id")
	if _, err := tx.MiniApps().Get(ctx, in.MiniAppID); err != nil {
		return done{}, err
	}
	if _, err := tx.Users().Get(ctx, id); err != nil {
		return done{}, err
	}
	decided, err := d.Consents.Withdraw(ctx, tx, consent.Withdrawal{UserID: id, MiniAppID: in.MiniAppID, Names: in.Consents, Source: in.Source})
	names := []consent.Name{}
	for _, e := range decided {
		names = append(names, e.Name)
	}
	return done{
		Body: map[string]any{"withdrawn": names}, Target: id, MiniAppID: in.MiniAppID, UserID: id, Detail: map[string]any{"consents": names, "source": in.Source},
		after: d.tellConsents(decided),
	}, err
}

// eraseUser erases a user's personal data. The ids in payments stay, because accounts need
// them.
func (d *door) eraseUser(ctx context.Context, tx Tx, c *call) (done, error) {
	id := c.PathValue("id")
	err := tx.Users().Change(ctx, id, func(u *user.User) error {
		if u.Balance != 0 || u.Coins != 0 || u.Gems != 0 {
			return problem.New(problem.Conflict, "user %q still has money in the built-in wallet; pay it out, and set the balances to 0 first", id)
		}
		u.Name, u.Username, u.Phone, u.Email, u.Bank = "erased", "", "", "", user.BankAccount{}
		return nil
	})
	if err != nil {
		return done{}, err
	}
	ended, err := d.Consents.Erase(ctx, tx, id)
	return done{Status: http.StatusNoContent, Target: id, UserID: id, after: d.tellConsents(ended)}, err
}

// verifyConsents verifies the whole ledger. A fault is part of the answer and not an error.
func (d *door) verifyConsents(ctx context.Context, c *call) (any, error) {
	anchor, err := c.anchor()
	if err != nil {
		return nil, err
	}
	return consent.Verify(ctx, store.View[consent.LedgerTx](d.DB), d.Key, anchor)
}
