package operation

import (
	"context"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// AuthCode is the result of [IssueAuthCode].
type AuthCode struct {
	AuthCode string `json:"authCode"`
}

// IssueAuthCode issues a code for the launch's user.
var IssueAuthCode = &jsapi.Operation{
	Name:    "auth_code.issue",
	Summary: "Returns a code that the mini app's backend exchanges for the user's auth token.",
	Params:  nothing,
	Result: schema.Object(
		schema.Required("authCode", schema.String().Secret().Doc("64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer.")),
	),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		code, err := c.Engine.Login.Issue(c.Launch.ID, c.Dialect.Generation)
		return jsapi.Step{Data: AuthCode{code}}, err
	},
}
