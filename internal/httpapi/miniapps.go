package httpapi

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
)

// exchange is POST /v1/mini-apps/authorizations/token (seamless-login-v2).
func (a *API) exchange(ctx context.Context, c *backendCall) (any, error) {
	var in struct {
		AuthCode string `json:"auth_code"`
	}
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	if err := needed("auth_code", in.AuthCode); err != nil {
		return nil, err
	}
	granted, err := a.Login.Redeem(ctx, c.App, in.AuthCode, c.Request)
	if err != nil {
		return nil, err
	}
	c.Session.LaunchID = granted.LaunchID
	return struct {
		AuthToken string `json:"auth_token"`
		AccountID string `json:"gopay_account_id"`
	}{granted.Token, granted.AccountID}, nil
}

// profile is GET /v1/mini-apps/users/profile (get-profile-v2). It reads, so a
// Request-Id that comes again does not keep an old answer alive.
func (a *API) profile(ctx context.Context, c *backendCall) (any, error) {
	if err := a.Login.Allowed(ctx, c.Session, consent.Profile); err != nil {
		return nil, err
	}
	u := c.Session.User
	return struct {
		Phone    string `json:"phone_number"`
		Email    string `json:"email"`
		Username string `json:"username"`
		Name     string `json:"name"`
	}{u.Phone, u.Email, u.Username, u.Username}, nil
}

// bankDetails is POST /v1/mini-apps/bank-details (get-bank-account-token). The
// token comes in the query, as documented, or in a JSON body.
func (a *API) bankDetails(ctx context.Context, c *backendCall) (any, error) {
	in := struct {
		AccountToken string `json:"account_token"`
	}{c.HTTP.URL.Query().Get("account_token")}
	if in.AccountToken == "" {
		if err := c.fields(&in); err != nil {
			return nil, err
		}
	} else {
		// The query is part of what a retry repeats.
		c.Request = c.Request.With(in.AccountToken)
	}
	if err := needed("account_token", in.AccountToken); err != nil {
		return nil, err
	}
	account, err := a.Bank.Redeem(ctx, c.App, in.AccountToken, c.Request)
	if err != nil {
		return nil, err
	}
	return struct {
		BankCode string `json:"bank_code"`
		Name     string `json:"bank_account_name"`
		Number   string `json:"bank_account_number"`
	}{account.Code, account.Name, account.Number}, nil
}
