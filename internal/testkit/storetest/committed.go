package storetest

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

func sums(w *World) {
	const callers, each = 16, 50
	u := w.Person("Sari", 1_000_000)
	var sum atomic.Int64
	Together(callers, func(c int) {
		random := rand.New(rand.NewPCG(uint64(c), 2))
		for range each {
			amount := money.Rupiah(random.IntN(2001) - 1000)
			err := w.DB.Write(w.Ctx, func(tx Tx) error {
				return wallet.Move(w.Ctx, tx, wallet.Entry{Unit: wallet.Rupiah, ID: w.IDs.New(), UserID: u.ID, Amount: amount, At: w.Now()})
			})
			if err != nil {
				w.T.Error(err)
			}
			sum.Add(int64(amount))
		}
	})
	w.Balanced(u.ID, 1_000_000+money.Rupiah(sum.Load()))
}

// Balanced checks that a wallet is the sum of its entries, at every entry.
func (w *World) Balanced(userID string, want money.Rupiah) {
	w.T.Helper()
	var u user.User
	var list []wallet.Entry
	w.Read(func(tx Tx) (err error) {
		if u, err = tx.Users().Get(w.Ctx, userID); err != nil {
			return err
		}
		list, err = tx.Wallets().List(w.Ctx, userID, store.First(1<<30))
		return err
	})
	// The transactions insert the entries of one user in sequence, but their ids may
	// be drawn earlier: the balances give the order.
	var sum money.Rupiah
	for _, e := range list {
		sum += e.Amount
	}
	if u.Balance != sum || u.Balance != want {
		w.T.Errorf("balance %s, sum of the entries %s, want %s", u.Balance, sum, want)
	}
}

func journalOfCommits(w *World) {
	const callers, each = 16, 25
	want := map[string]bool{}
	for c := range callers {
		for i := range each {
			want[fmt.Sprintf("%d/%d", c, i)] = (c+i)%3 != 0
		}
	}
	Together(callers, func(c int) {
		for i := range each {
			title := fmt.Sprintf("%d/%d", c, i)
			_ = w.DB.Write(w.Ctx, func(tx Tx) error {
				err := tx.Journal().Append(w.Ctx, journal.Entry{Kind: journal.Page, Title: title})
				if err == nil && !want[title] {
					err = errNo
				}
				return err
			})
		}
	})
	saved, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(10_000))
	w.Must(err)
	shown, _, _ := w.Log.Since(0, 0)
	for what, list := range map[string][]journal.Entry{"saved": saved, "shown": shown} {
		got := map[string]int{}
		for _, e := range list {
			got[e.Title]++
		}
		for title, committed := range want {
			if (got[title] == 1) != committed || got[title] > 1 {
				w.T.Fatalf("entry %s is %s %d times, committed %v", title, what, got[title], committed)
			}
		}
	}
}

func readYourWrites(w *World) {
	Together(8, func(c int) {
		for i := range 50 {
			name, value := fmt.Sprint("own ", c), fmt.Sprint(i)
			err := w.DB.Write(w.Ctx, func(tx Tx) error { return tx.Settings().Put(w.Ctx, name, value) })
			var got string
			if err == nil {
				err = w.DB.Read(w.Ctx, func(tx Tx) (err error) { got, _, err = tx.Settings().Get(w.Ctx, name); return err })
			}
			if err != nil || got != value {
				w.T.Errorf("wrote %s, read %s: %v", value, got, err)
				return
			}
		}
	})
}
