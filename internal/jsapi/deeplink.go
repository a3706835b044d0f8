package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

var openDeeplink = &Method{
	Name:    "openDeeplink",
	Aliases: []string{"openGopayDeeplink"},
	Summary: "Opens a page of the super app that the mini app's allow-list names.",
	Page:    "list-of-jssdks-webview-v1",
	Params: []Param{
		{Name: "deeplink", Type: String, Doc: "Where to go: `gopay://...`, on the mini app's allow-list."},
	},
	Positional: "deeplink",
	Since:      version.Must("1.36.0"),
	Check: func(c *Call) error {
		link, err := miniapp.ParseDeeplink(c.values.text("deeplink"))
		if err != nil {
			return problem.New(problem.ParamValue, "deeplink: %v", err)
		}
		if link.Scheme != "gopay" {
			return problem.New(problem.ParamValue, "deeplink has the scheme %q; only gopay:// links open here", link.Scheme)
		}
		return nil
	},
	Permit: func(_ context.Context, c *Call) error {
		link := c.values.text("deeplink")
		if !miniapp.Allowed(c.App.Deeplinks, link) {
			return problem.New(problem.NotPermitted, "deeplink %s is not on %s's allow-list; add it to deeplinks in its manifest, and ask GoPay to allow it", link, c.App.ID)
		}
		return nil
	},
	Run: func(_ context.Context, c *Call) (Step, error) {
		link := c.values.text("deeplink")
		return Step{Ask: &Want{Kind: ask.Deeplink, Subject: link, Show: map[string]any{"deeplink": link}}}, nil
	},
	Resume: func(_ context.Context, _ *Call, _ ask.Ask, answer Answer) (Step, error) {
		switch answer.Answer {
		case "open":
			return Step{}, nil
		case "decline":
			return Step{}, problem.New(problem.NotPermitted, "the user did not open the deeplink")
		default:
			return Step{}, problem.New(problem.AnswerInvalid, `answer %q: a deeplink is answered "open" or "decline"`, answer.Answer)
		}
	},
}
