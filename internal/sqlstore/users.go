package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

type users struct{ tx *Tx }

func (users) tables() []string { return []string{"users"} }

// userRow is a user with an encrypted account number, as in the database and in the
// cache.
type userRow struct {
	user   user.User
	sealed []byte
}

const userColumns = `id, name, username, phone, email, account_id, balance, coins, gems, bank_code, bank_name, bank_number, created_at`

func (s users) Insert(ctx context.Context, u user.User) error {
	_, err := s.tx.run.Exec(ctx, `INSERT INTO users (`+userColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		u.ID, u.Name, u.Username, u.Phone, u.Email, u.AccountID, u.Balance, u.Coins, u.Gems, u.Bank.Code, u.Bank.Name, s.seal(u), u.CreatedAt)
	return err
}

func (s users) Get(ctx context.Context, id string) (user.User, error) {
	row, err := get(s.tx, s.tx.db.recent.users, id, func() (u userRow, err error) {
		err = s.tx.run.One(ctx, u.scan, s.tx.run.Locked(`SELECT `+userColumns+` FROM users WHERE id = $1`), id)
		return u, orElse(err, func() error { return user.Unknown(id) })
	})
	if err != nil {
		return user.User{}, err
	}
	return s.open(row)
}

func (s users) List(ctx context.Context, p store.Page) (list []user.User, err error) {
	query, args := oldest(p, `SELECT `+userColumns+` FROM users WHERE true`)
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var kept userRow
		if err := kept.scan(row); err != nil {
			return err
		}
		u, err := s.open(kept)
		list = append(list, u)
		return err
	}, query, args...)
	return list, err
}

func (s users) Change(ctx context.Context, id string, fn func(*user.User) error) error {
	u, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := fn(&u); err != nil {
		return err
	}
	s.tx.db.recent.users.change(id)
	_, err = s.tx.run.Exec(ctx, `UPDATE users SET name = $1, username = $2, phone = $3, email = $4, balance = $5,
		coins = $6, gems = $7, bank_code = $8, bank_name = $9, bank_number = $10 WHERE id = $11`,
		u.Name, u.Username, u.Phone, u.Email, u.Balance, u.Coins, u.Gems, u.Bank.Code, u.Bank.Name, s.seal(u), id)
	return err
}

// seal encrypts the account number for the user's row.
func (s users) seal(u user.User) []byte {
	if !u.Bank.Linked() {
		return []byte{}
	}
	return s.tx.db.options.Key.Encrypt(u.Bank.Number, "bank number of "+u.ID)
}

func (s users) open(row userRow) (u user.User, err error) {
	u = row.user
	if len(row.sealed) > 0 {
		u.Bank.Number, err = s.tx.db.options.Key.Decrypt(row.sealed, "bank number of "+u.ID)
	}
	return u, err
}

func (r *userRow) scan(row engine.Row) error {
	u := &r.user
	return row.Scan(&u.ID, &u.Name, &u.Username, &u.Phone, &u.Email, &u.AccountID, &u.Balance, &u.Coins, &u.Gems,
		&u.Bank.Code, &u.Bank.Name, &r.sealed, &u.CreatedAt)
}
