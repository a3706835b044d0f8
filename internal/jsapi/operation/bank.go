package operation

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/user"
)

// BankToken is the result of [IssueBankToken].
type BankToken struct {
	Token string `json:"token"`
}

// IssueBankToken issues a token for the user's linked bank account.
var IssueBankToken = &jsapi.Operation{
	Name:    "bank_token.issue",
	Summary: "Returns a token that the mini app's backend exchanges for the user's linked bank account.",
	Params:  nothing,
	Result: schema.Object(
		schema.Required("token", schema.String().Secret().Doc("An opaque token that the mini app's backend exchanges once, within 5 minutes.")),
	),
	Consent: consent.BankAccount,
	Lacks: func(u user.User) string {
		if u.Bank.Linked() {
			return ""
		}
		return "a linked bank account: the user has none; link one to the user first"
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		token, err := c.Engine.Bank.Issue(c.Launch.ID)
		return jsapi.Step{Data: BankToken{token}}, err
	},
}
