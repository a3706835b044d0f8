package admin

import (
	"context"
	"net/http"
	"regexp"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

type userView struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Username  string       `json:"username"`
	Phone     string       `json:"phone_number"`
	Email     string       `json:"email"`
	AccountID string       `json:"gopay_account_id"`
	Balance   money.Rupiah `json:"balance"`
	Coins     money.Rupiah `json:"coins"`
	Gems      money.Rupiah `json:"gems"`
	Bank      *bankView    `json:"bank,omitempty"`
	CreatedAt int64        `json:"created_at"`
}

type bankView struct {
	Code   string `json:"bank_code"`
	Name   string `json:"account_name"`
	Masked string `json:"account_number_masked"`
}

func viewUser(u user.User) userView {
	v := userView{u.ID, u.Name, u.Username, u.Phone, u.Email, u.AccountID, u.Balance, u.Coins, u.Gems, nil, u.CreatedAt}
	if u.Bank.Linked() {
		v.Bank = &bankView{u.Bank.Code, u.Bank.Name, u.Bank.Masked()}
	}
	return v
}

func (d *door) listUsers(ctx context.Context, c *call) (any, error) {
	return list(ctx, d, c, "users", func(u user.User) string { return u.ID }, viewUser, func(tx Tx, p store.Page) ([]user.User, error) {
		return tx.Users().List(ctx, p)
	})
}

func (d *door) showUser(ctx context.Context, c *call) (any, error) {
	var u user.User
	err := d.DB.Read(ctx, func(tx Tx) (err error) {
		u, err = tx.Users().Get(ctx, c.PathValue("id"))
		return err
	})
	return viewUser(u), err
}

// putUser makes a user with the operator's own id, or changes it. Only the given members
// change.
func (d *door) putUser(ctx context.Context, tx Tx, c *call) (done, error) {
	var in user.Change
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	id, status := c.PathValue("id"), http.StatusOK
	err := tx.Users().Change(ctx, id, in.Apply)
	if problem.Is(err, problem.UserUnknown) {
		status = http.StatusCreated
		err = d.newUser(ctx, tx, id, in)
	}
	if err == nil {
		err = wallet.Set(ctx, tx, id, in, d.IDs.New, d.Clock.Now().UnixMilli())
	}
	if err != nil {
		return done{}, err
	}
	u, err := tx.Users().Get(ctx, id)
	return done{Status: status, Body: viewUser(u), Target: id, UserID: id, Detail: map[string]any{"changed": in.Names()}}, err
}

var userIDForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@:-]{0,63}$`)

func checkUserID(id string) error {
	if !userIDForm.MatchString(id) {
		return problem.New(problem.BadRequest, "a user's id is 1 to 64 letters, digits, dots, hyphens, underscores, colons and @; use an id of your own system that never changes")
	}
	return nil
}

func (d *door) newUser(ctx context.Context, tx Tx, id string, in user.Change) error {
	if err := checkUserID(id); err != nil {
		return err
	}
	u := user.User{ID: id, AccountID: user.NewAccountID(), CreatedAt: d.Clock.Now().UnixMilli()}
	if err := in.Apply(&u); err != nil {
		return err
	}
	return tx.Users().Insert(ctx, u)
}

// ensureUser makes the row of a user whom the operator's provider has.
func (d *door) ensureUser(ctx context.Context, tx Tx, id string) error {
	if !d.ForeignUsers {
		return nil
	}
	_, err := tx.Users().Get(ctx, id)
	if !problem.Is(err, problem.UserUnknown) {
		return err
	}
	if err := checkUserID(id); err != nil {
		return err
	}
	return tx.Users().Insert(ctx, user.User{ID: id, AccountID: user.NewAccountID(), CreatedAt: d.Clock.Now().UnixMilli()})
}
