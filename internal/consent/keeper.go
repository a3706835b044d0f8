package consent

import (
	"context"
	"slices"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Keeper keeps the ledger for the operator: withdrawals, exports and erasures, each in
// its caller's transaction. Its decisions are for [Tell] after the commit.
type Keeper struct {
	Clock    clock.Clock
	IDs      *id.Source
	Chains   *chain.Ledger // see Chains
	Operator Operator      // for receipts
}

// Withdrawal withdraws consents of a user to a mini app.
type Withdrawal struct {
	UserID    string
	MiniAppID string
	Names     []Name // empty: all
	Source    Source
}

// Withdraw withdraws the consents that are given. The others stay as they are, so that a
// retry changes nothing. Its problem is BadRequest, for an unknown name.
func (k Keeper) Withdraw(ctx context.Context, tx Tx, w Withdrawal) (decided []Entry, err error) {
	if len(w.Names) == 0 {
		w.Names = Names
	}
	for _, name := range w.Names {
		if !slices.Contains(Names, name) {
			return nil, problem.New(problem.BadRequest, "there is no consent %q; the names are %s", name, List())
		}
		last, err := tx.Consents().Get(ctx, w.UserID, w.MiniAppID, name)
		if err != nil {
			return nil, err
		}
		if last.State() != StateGiven {
			continue
		}
		e := Entry{
			ID: k.IDs.New(), UserID: w.UserID, MiniAppID: w.MiniAppID, Name: name, Action: Revoked, At: k.now(),
			Wording: last.Wording, AppVersion: last.AppVersion, Source: w.Source,
		}
		if err := Record(ctx, tx, e); err != nil {
			return nil, err
		}
		decided = append(decided, e)
	}
	return decided, nil
}

// WithdrawAll withdraws the consents of a page of the users of a mini app, for its
// deletion. next is the cursor of the next page, empty after the last one. Each page has
// a transaction of its own, so that a mini app with a million users stops nobody.
func (k Keeper) WithdrawAll(ctx context.Context, tx LedgerTx, miniAppID string, p store.Page) (decided []Entry, next string, err error) {
	users, err := tx.Ledger().ListUsers(ctx, miniAppID, p)
	if err != nil {
		return nil, "", err
	}
	if len(users) == p.Limit {
		next = users[len(users)-1]
	}
	// The heads of chains are locked in a fixed order.
	slices.SortStableFunc(users, func(a, b string) int { return int(k.Chains.Of(a) - k.Chains.Of(b)) })
	for _, userID := range users {
		some, err := k.Withdraw(ctx, tx, Withdrawal{UserID: userID, MiniAppID: miniAppID, Source: ByOperator})
		if err != nil {
			return nil, "", err
		}
		decided = append(decided, some...)
	}
	return decided, next, nil
}

// Erase erases a user from the ledger: the id, the wordings and the launches. What
// remains of each entry belongs to nobody, and the chains stay whole. Every consent of
// the user ends with it.
func (k Keeper) Erase(ctx context.Context, tx LedgerTx, userID string) (ended []Entry, err error) {
	told := map[Entry]bool{}
	for {
		page, err := tx.Ledger().ListRows(ctx, userID, store.First(rowsAtOnce))
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			if err := tx.Ledger().Erase(ctx, r, r.erased(k.Chains, k.now())); err != nil {
				return nil, err
			}
			end := Entry{UserID: userID, MiniAppID: r.MiniAppID, Name: r.Name, Action: Forgotten}
			if !told[end] {
				told[end], ended = true, append(ended, end)
			}
		}
		if len(page) < rowsAtOnce {
			return ended, nil
		}
	}
}

// rowsAtOnce is the number of rows that an erasure reads at once.
const rowsAtOnce = 500

func (k Keeper) now() int64 { return k.Clock.Now().UnixMilli() }
