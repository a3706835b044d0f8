package provider

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

// profileBody is the answer of GET /users/{id}.
type profileBody struct {
	Name     string `json:"name"`
	Username string `json:"username"`
	Phone    string `json:"phone_number"`
	Email    string `json:"email"`
}

// bankBody is the answer of GET /users/{id}/bank-account. An empty number means that none
// is linked.
type bankBody struct {
	Code   string `json:"bank_code"`
	Name   string `json:"account_name"`
	Number string `json:"account_number"`
}

// Profile is GET /users/{id}.
func (c *Client) Profile(ctx context.Context, id string) (user.User, error) {
	var answer profileBody
	if err := c.read(ctx, id, readProfile, &answer, "users", id); err != nil {
		return user.User{}, err
	}
	u := user.User{ID: id}
	err := user.Change{Name: &answer.Name, Username: &answer.Username, Phone: &answer.Phone, Email: &answer.Email}.Apply(&u)
	return u, unusable(readProfile, err)
}

// BankAccount is GET /users/{id}/bank-account.
func (c *Client) BankAccount(ctx context.Context, id string) (user.BankAccount, error) {
	var answer bankBody
	if err := c.read(ctx, id, readBank, &answer, "users", id, "bank-account"); err != nil {
		return user.BankAccount{}, err
	}
	u := user.User{ID: id, Name: "not read"} // Apply wants a name
	err := user.Change{Bank: &user.BankChange{Code: &answer.Code, Name: &answer.Name, Number: &answer.Number}}.Apply(&u)
	return u.Bank, unusable(readBank, err)
}

func (c *Client) read(ctx context.Context, id string, k kind, out any, path ...string) error {
	err := c.exchange(ctx, message{kind: k, method: http.MethodGet, path: path}, out)
	if errors.Is(err, errNotFound) {
		return user.Unknown(id)
	}
	return unusable(k, err)
}

// unusable returns the problem of a failed request. The log has its reason.
func unusable(k kind, err error) error {
	if err == nil {
		return nil
	}
	slog.Warn("the operator's provider gave no usable answer", "request", string(k), "error", err)
	return problem.New(problem.Unavailable, "the operator's user directory gave no usable answer; try again")
}
