package control

import (
	"context"
	"net/http"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/strict"
	"github.com/selasar/selasar/internal/user"
)

type userView struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Username  string       `json:"username"`
	Phone     string       `json:"phone_number"`
	Email     string       `json:"email"`
	AccountID string       `json:"gopay_account_id"`
	Balance   money.Rupiah `json:"balance"`
	Coins     int64        `json:"coins"`
	Gems      int64        `json:"gems"`
	Bank      *bankView    `json:"bank,omitempty"`
	Current   bool         `json:"current"`
}

type bankView struct {
	Code   string `json:"bank_code"`
	Name   string `json:"account_name"`
	Masked string `json:"account_number_masked"`
}

func (d *door) userOf(u user.User) userView {
	v := userView{
		ID: u.ID, Name: u.Name, Username: u.Username, Phone: u.Phone, Email: u.Email, AccountID: u.AccountID,
		Balance: u.Balance, Coins: int64(u.Coins), Gems: int64(u.Gems), Current: u.ID == d.Simulator.User(),
	}
	if u.Bank.Linked() {
		v.Bank = &bankView{u.Bank.Code, u.Bank.Name, u.Bank.Masked()}
	}
	return v
}

// users returns a page of the users, oldest first. The first page also has the current
// user.
func (d *door) users(r *http.Request) (any, error) {
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	also := d.Simulator.User()
	if page.Cursor != "" {
		also = ""
	}
	var views []userView
	var next string
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) (err error) {
		views, next, err = d.usersOn(r.Context(), tx, page, also)
		return err
	})
	answer := edge.Paged("users", views, next)
	answer["current_user"] = d.Simulator.User()
	return answer, err
}

// usersOn returns a page of the users, and also one more user, unless that is empty.
func (d *door) usersOn(ctx context.Context, tx jsapi.Tx, page store.Page, also string) (views []userView, next string, err error) {
	list, next, err := edge.OnePage(page, func(u user.User) string { return u.ID }, func(p store.Page) ([]user.User, error) {
		return tx.Users().List(ctx, p)
	})
	if err == nil && next != "" && also != "" && !slices.ContainsFunc(list, func(u user.User) bool { return u.ID == also }) {
		var more user.User
		more, err = tx.Users().Get(ctx, also)
		list = append(list, more)
	}
	views = []userView{}
	for _, u := range list {
		views = append(views, d.userOf(u))
	}
	return views, next, err
}

func (d *door) addUser(r *http.Request) (any, error) {
	var in user.Change
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	u, err := d.People.Add(r.Context(), in)
	if err != nil {
		return nil, err
	}
	return edge.Created{Body: d.userOf(u)}, nil
}

func (d *door) changeUser(r *http.Request) (any, error) {
	var in struct {
		ID      string `json:"id"`
		Current *bool  `json:"current"`
		user.Change
		Bank jsontext.Value `json:"bank"` // null unlinks the account
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	switch {
	case string(in.Bank) == "null":
		in.Change.Bank = &user.BankChange{Number: new(string)}
	case in.Bank != nil:
		if err := strict.Decode(in.Bank, &in.Change.Bank); err != nil {
			return nil, problem.New(problem.BadRequest, "bank: %v", err)
		}
	}
	if in.ID == "" {
		in.ID = d.Simulator.User()
	}
	u, err := d.People.Change(r.Context(), in.ID, in.Change)
	if err == nil && in.Current != nil && *in.Current {
		err = d.Simulator.Switch(r.Context(), in.ID)
	}
	return d.userOf(u), err
}
