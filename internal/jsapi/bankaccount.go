package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/version"
)

var getBankAccountToken = &Method{
	Name:    "getBankAccountToken",
	Summary: "Gives a token that the mini app's backend exchanges for the user's linked bank account.",
	Page:    "list-of-jssdks-webview-v1",
	Result: []Field{
		{Name: "token", Type: String, Secret: true, Doc: "An opaque token that the mini app's backend exchanges once, within 5 minutes."},
	},
	Since:   version.Must("1.36.0"),
	Consent: consent.BankAccount,
	Lacks: func(u user.User) string {
		if u.Bank.Linked() {
			return ""
		}
		return "a linked bank account: the user has none; link one to the user first"
	},
	Run: func(_ context.Context, c *Call) (Step, error) {
		token, err := c.engine.Bank.Issue(c.Launch.ID)
		return Step{Data: map[string]any{"token": token}}, err
	},
}
