package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/version"
)

var getAuthCode = &Method{
	Name:    "getAuthCode",
	Summary: "Gives a code that the mini app's backend exchanges for the user's auth token.",
	Page:    "list-of-jssdks-webview-v1",
	Result: []Field{
		{Name: "authCode", Type: String, Secret: true, Doc: "64 letters and digits, single use, valid for 5 minutes."},
	},
	Since: version.Must("1.36.0"),
	Run: func(_ context.Context, c *Call) (Step, error) {
		code, err := c.engine.Login.Issue(c.Launch.ID)
		return Step{Data: map[string]any{"authCode": code}}, err
	},
}
