package storetest

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

func sums(w *world) {
	const callers, each = 16, 50
	u := w.person("Sari", 1_000_000)
	var sum atomic.Int64
	together(callers, func(c int) {
		random := rand.New(rand.NewPCG(uint64(c), 2))
		for range each {
			amount := money.Rupiah(random.IntN(2001) - 1000)
			err := w.db.Write(w.ctx, func(tx Tx) error {
				return wallet.Move(w.ctx, tx, wallet.Entry{Unit: wallet.Rupiah, ID: w.ids.New(), UserID: u.ID, Amount: amount, At: w.now()})
			})
			if err != nil {
				w.t.Error(err)
			}
			sum.Add(int64(amount))
		}
	})
	w.balanced(u.ID, 1_000_000+money.Rupiah(sum.Load()))
}

// balanced checks that a wallet is the sum of its entries, at every entry.
func (w *world) balanced(userID string, want money.Rupiah) {
	w.t.Helper()
	var u user.User
	var list []wallet.Entry
	w.read(func(tx Tx) (err error) {
		if u, err = tx.Users().Get(w.ctx, userID); err != nil {
			return err
		}
		list, err = tx.Wallets().List(w.ctx, userID, 1<<30)
		return err
	})
	// Entries of one user are made inside the transactions, one after the
	// other, but their ids may be drawn before: the balances order them.
	var sum money.Rupiah
	for _, e := range list {
		sum += e.Amount
	}
	if u.Balance != sum || u.Balance != want {
		w.t.Errorf("balance %s, sum of the entries %s, want %s", u.Balance, sum, want)
	}
}

func journalOfCommits(w *world) {
	const callers, each = 16, 25
	want := map[string]bool{}
	for c := range callers {
		for i := range each {
			want[fmt.Sprintf("%d/%d", c, i)] = (c+i)%3 != 0
		}
	}
	together(callers, func(c int) {
		for i := range each {
			title := fmt.Sprintf("%d/%d", c, i)
			_ = w.db.Write(w.ctx, func(tx Tx) error {
				err := tx.Journal().Append(w.ctx, journal.Entry{Kind: journal.Page, Title: title})
				if err == nil && !want[title] {
					err = errNo
				}
				return err
			})
		}
	})
	saved, err := w.db.Keeper.LoadJournal(w.ctx, 10_000)
	w.must(err)
	shown, _, _ := w.log.Since(0, 0)
	for what, list := range map[string][]journal.Entry{"saved": saved, "shown": shown} {
		got := map[string]int{}
		for _, e := range list {
			got[e.Title]++
		}
		for title, committed := range want {
			if (got[title] == 1) != committed || got[title] > 1 {
				w.t.Fatalf("entry %s is %s %d times, committed %v", title, what, got[title], committed)
			}
		}
	}
}

func readYourWrites(w *world) {
	together(8, func(c int) {
		for i := range 50 {
			name, value := fmt.Sprint("own ", c), fmt.Sprint(i)
			err := w.db.Write(w.ctx, func(tx Tx) error { return tx.Settings().Put(w.ctx, name, value) })
			var got string
			if err == nil {
				err = w.db.Read(w.ctx, func(tx Tx) (err error) { got, _, err = tx.Settings().Get(w.ctx, name); return err })
			}
			if err != nil || got != value {
				w.t.Errorf("wrote %s, read %s: %v", value, got, err)
				return
			}
		}
	})
}
