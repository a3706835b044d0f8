package dev

import (
	"context"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// person is a first user of a development platform.
type person struct {
	name, username, phone, email string
	balance                      money.Rupiah
	bankCode, bankNumber         string
}

// people are invented; nobody has these numbers.
var people = []person{
	{"Sari Wulandari", "sari", "+6281200000001", "sari@example.com", 250_000, "jago", "1000200030001"},
	{"Budi Santoso", "budi", "+6281200000002", "budi@example.com", 10_000, "", ""},
	{"Putu Ayu", "putu", "+6281200000003", "putu@example.com", 1_500_000, "bca", "2000300040002"},
}

// seedUsers creates the first users if there are none, and makes one of them the
// current one.
func seedUsers(ctx context.Context, p *server.Platform, s *simulated) error {
	ids, err := firstUser(ctx, p)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		var first []user.Change
		for _, one := range people {
			first = append(first, one.change())
		}
		if ids, err = s.People.Seed(ctx, first...); err != nil {
			return err
		}
	}
	if s.Simulator.User() != "" {
		return nil
	}
	return s.Simulator.Begin(ctx, ids[0])
}

// firstUser returns the id of the oldest user, or no id if there is none.
func firstUser(ctx context.Context, p *server.Platform) (ids []string, err error) {
	err = p.DB.Read(ctx, func(tx *sqlstore.Tx) error {
		list, err := tx.Users().List(ctx, store.First(1))
		for _, u := range list {
			ids = append(ids, u.ID)
		}
		return err
	})
	return ids, err
}

func (o person) change() user.Change {
	c := user.Change{Name: &o.name, Username: &o.username, Phone: &o.phone, Email: &o.email, Balance: &o.balance}
	if o.bankNumber != "" {
		c.Bank = &user.BankChange{Code: &o.bankCode, Name: &o.name, Number: &o.bankNumber}
	}
	return c
}
