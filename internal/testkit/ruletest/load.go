package ruletest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// load writes and reads large values with many callers, so that checkpoints and
// cleanups run in between. Every operation succeeds, no caller gets a locked
// database, and every write is read back.
func load(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, began := w.App("kopi"), time.Now()
	n := int64(storetest.Bar(10_000, 10_000_000))
	var done atomic.Int64
	storetest.Together(32, func(caller int) {
		random := rand.New(rand.NewPCG(uint64(caller), 3))
		u := w.person(fmt.Sprint("caller ", caller), 1_000_000)
		c := &codes{world: w, app: app, user: u, launch: w.Launched(app, u)}
		for done.Load() < n && !t.Failed() {
			c.busy(random)
			done.Add(1)
		}
	})
	t.Logf("%d operations in %s", done.Load(), time.Since(began).Round(time.Millisecond))
}

// busy runs one of many operations.
func (c *codes) busy(random *rand.Rand) {
	var err error
	switch random.IntN(7) {
	case 0:
		code := c.issue()
		granted, redeemed := c.login.Redeem(c.Ctx, c.app, code, request.Of(c.app.ID, code, "token", nil, c.Clock.Now()))
		if err = redeemed; err == nil {
			_, err = c.login.Authenticate(c.Ctx, granted.Token)
		}
	case 1:
		err = c.DB.Write(c.Ctx, func(tx Tx) error {
			return wallet.Move(c.Ctx, tx, wallet.Entry{Unit: wallet.Rupiah, ID: c.IDs.New(), UserID: c.user.ID, Amount: money.Rupiah(random.IntN(11) - 5), At: c.Now()})
		})
	case 2:
		err = c.decides([]consent.Action{consent.Given, consent.Revoked}[random.IntN(2)])
	case 3:
		err = c.DB.Keeper.SaveTraces(c.Ctx, []journal.Entry{{ID: c.IDs.New(), Kind: journal.Page, Title: strings.Repeat("x", random.IntN(20_000))}})
	case 4:
		_, err = c.DB.Keeper.LoadJournal(c.Ctx, store.First(20))
	case 5:
		err = c.DB.Read(c.Ctx, func(tx Tx) error {
			_, err := tx.Wallets().List(c.Ctx, c.user.ID, store.First(50))
			return err
		})
	default:
		err = c.renamed(fmt.Sprint("name ", random.Uint64()))
	}
	if err != nil {
		c.T.Error(err)
	}
}

// decides writes a consent and reads it.
func (c *codes) decides(action consent.Action) error {
	err := c.DB.Write(c.Ctx, func(tx Tx) error {
		return tx.Consents().Insert(c.Ctx, consent.Entry{ID: c.IDs.New(), UserID: c.user.ID, MiniAppID: c.app.ID, Name: consent.Wifi, Action: action})
	})
	if err != nil {
		return err
	}
	return c.DB.Read(c.Ctx, func(tx Tx) error {
		e, err := tx.Consents().Get(c.Ctx, c.user.ID, c.app.ID, consent.Wifi)
		if err == nil && e.Action != action {
			err = fmt.Errorf("the consent was %s and reads %s", action, e.Action)
		}
		return err
	})
}

// renamed changes a user and reads the change.
func (c *codes) renamed(name string) error {
	err := c.DB.Write(c.Ctx, func(tx Tx) error {
		return tx.Users().Change(c.Ctx, c.user.ID, func(u *user.User) error { u.Name = name; return nil })
	})
	if err != nil {
		return err
	}
	return c.DB.Read(c.Ctx, func(tx Tx) error {
		u, err := tx.Users().Get(c.Ctx, c.user.ID)
		if err == nil && u.Name != name {
			err = fmt.Errorf("the name was changed to %s and reads %s", name, u.Name)
		}
		return err
	})
}
