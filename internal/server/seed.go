package server

import (
	"context"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/user"
)

// person is a user that a development platform starts with.
type person struct {
	name, username, phone, email string
	balance                      money.Rupiah
	bankCode, bankNumber         string
}

// people are invented; the numbers belong to nobody.
var people = []person{
	{"Sari Wulandari", "sari", "+6281200000001", "sari@example.com", 250_000, "jago", "1000200030001"},
	{"Budi Santoso", "budi", "+6281200000002", "budi@example.com", 10_000, "", ""},
	{"Putu Ayu", "putu", "+6281200000003", "putu@example.com", 1_500_000, "bca", "2000300040002"},
}

// seedUsers makes the first users where there are none, and one of them the
// current one.
func seedUsers(ctx context.Context, p *platform) error {
	ids, err := usersOf(ctx, p)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		var first []user.Change
		for _, one := range people {
			first = append(first, one.change())
		}
		if ids, err = p.people.AddAll(ctx, first...); err != nil {
			return err
		}
	}
	if p.simulator.User() != "" {
		return nil
	}
	return p.simulator.Switch(ctx, ids[0])
}

func usersOf(ctx context.Context, p *platform) (ids []string, err error) {
	err = p.db.Read(ctx, func(tx *sqlstore.Tx) error {
		list, err := tx.Users().List(ctx)
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
