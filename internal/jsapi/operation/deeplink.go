package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// OpenDeeplink opens a page of the super app.
var OpenDeeplink = &jsapi.Operation{
	Name:    "deeplink.open",
	Summary: "Opens a page of the super app. The mini app's allow-list must contain it.",
	Params:  schema.Object(schema.Required("deeplink", text("The destination, `gopay://...`, from the mini app's allow-list."))),
	Result:  schema.Null(),
	Check: func(c *jsapi.Call) error {
		link, err := miniapp.ParseDeeplink(c.Params.Text("deeplink"))
		if err != nil {
			return problem.New(problem.ParamValue, "%s: %v", c.Named("deeplink"), err)
		}
		if link.Scheme != "gopay" {
			return problem.New(problem.ParamValue, "%s has the scheme %q; only gopay:// links open here", c.Named("deeplink"), link.Scheme)
		}
		return nil
	},
	Permit: func(_ context.Context, c *jsapi.Call) error {
		link := c.Params.Text("deeplink")
		if !miniapp.Allowed(c.App.Deeplinks, link) {
			return problem.New(problem.NotPermitted, "deeplink %s is not on %s's allow-list; add it to deeplinks in its manifest, and ask GoPay to allow it", link, c.App.ID)
		}
		return nil
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		link := c.Params.Text("deeplink")
		return jsapi.Step{Ask: &jsapi.Want{Kind: ask.Deeplink, Subject: link, Show: map[string]any{"deeplink": link}}}, nil
	},
	Resume: choice("a deeplink", "open", "decline", problem.NotPermitted, "the user did not open the deeplink"),
}
