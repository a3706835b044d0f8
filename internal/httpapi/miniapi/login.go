package miniapi

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// exchangeCode is POST /v1/mini-apps/authorizations/token (seamless-login-v2).
func (d *door) exchangeCode(ctx context.Context, c *call) (any, error) {
	var in struct {
		AuthCode string `json:"auth_code"`
	}
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	if err := edge.Text("auth_code", in.AuthCode); err != nil {
		return nil, err
	}
	if word := edge.Placeholder(in.AuthCode); word != "" {
		return nil, problem.New(problem.CodeUnknown, "your code sent %s; the code is data.authCode of getAuthCode", word)
	}
	granted, err := d.Login.Redeem(ctx, c.App, in.AuthCode, c.request)
	if err != nil {
		return nil, err
	}
	c.LaunchID = granted.LaunchID
	return struct {
		AuthToken string `json:"auth_token"`
		AccountID string `json:"gopay_account_id"`
	}{granted.Token, granted.AccountID}, nil
}

// profile is GET /v1/mini-apps/users/profile (get-profile-v2). It only reads, so a
// repeated Request-Id gets the current answer.
func (d *door) profile(ctx context.Context, c *call) (any, error) {
	if err := d.Login.Allowed(ctx, c.session, consent.Profile); err != nil {
		return nil, err
	}
	u := c.session.User
	if d.Directory != nil {
		var err error
		if u, err = d.Directory.Profile(ctx, u.ID); err != nil {
			return nil, err
		}
	}
	return struct {
		Phone    string `json:"phone_number"`
		Email    string `json:"email"`
		Username string `json:"username"`
		Name     string `json:"name"`
	}{u.Phone, u.Email, u.Username, u.Username}, nil
}

// bankDetails is POST /v1/mini-apps/bank-details (get-bank-account-token). It accepts
// the token in the query, as documented, or in a JSON body.
func (d *door) bankDetails(ctx context.Context, c *call) (any, error) {
	in := struct {
		AccountToken string `json:"account_token"`
	}{c.HTTP.URL.Query().Get("account_token")}
	if in.AccountToken == "" {
		if err := c.fields(&in); err != nil {
			return nil, err
		}
	} else {
		// A retry must repeat the query too.
		c.request = c.request.With(in.AccountToken)
	}
	if err := edge.Text("account_token", in.AccountToken); err != nil {
		return nil, err
	}
	account, err := d.Bank.Redeem(ctx, c.App, in.AccountToken, c.request)
	if err != nil {
		return nil, err
	}
	return struct {
		BankCode string `json:"bank_code"`
		Name     string `json:"bank_account_name"`
		Number   string `json:"bank_account_number"`
	}{account.Code, account.Name, account.Number}, nil
}
