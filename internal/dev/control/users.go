package control

import (
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/money"
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

func (d *door) users(r *http.Request) (any, error) {
	v, err := d.wholeState(r)
	return map[string]any{"users": v.Users, "current_user": v.CurrentUser}, err
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
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
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
