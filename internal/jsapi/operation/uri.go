package operation

import (
	"context"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// OpenURI opens an address in the browser.
var OpenURI = &jsapi.Operation{
	Name: "uri.open", Summary: "Opens an address in the browser.",
	Params: schema.Object(schema.Required("uri", text("An `http` or `https` address."))),
	Result: schema.Null(),
	Check: func(c *jsapi.Call) error {
		_, err := webAddress(c, "uri", browserAdvice)
		return err
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Ask: &jsapi.Want{Kind: ask.URI, Show: map[string]any{"uri": c.Params.Text("uri")}}}, nil
	},
	Resume: choice("an address", "open", "decline", problem.NotPermitted, "the user did not open the address"),
}

// browserAdvice says what to do instead for schemes that do not open in a browser.
var browserAdvice = map[string]string{
	"gopay": "open it with GPNavigator.launchDeeplink",
	"tel":   "use a link in the page", "mailto": "use a link in the page", "sms": "use a link in the page", "geo": "use a link in the page",
	"javascript": "scripts never run outside the page",
	"data":       "show its content in the page", "blob": "show its content in the page", "about": "show its content in the page",
	"file": "files of the device never open", "content": "files of the device never open",
	"intent": "use a deeplink of the other app", "market": "use the https address of the store",
}

// webAddress reads a parameter that is an absolute http or https address.
func webAddress(c *jsapi.Call, param string, advice map[string]string) (*url.URL, error) {
	given := c.Params.Text(param)
	u, err := url.Parse(given)
	switch {
	case err != nil:
		return nil, problem.New(problem.ParamValue, "%s of %s is no address: %.60q", c.Named(param), c.Name(), given)
	case u.Scheme == "":
		return nil, problem.New(problem.ParamValue, "%s of %s must be a whole address with https://, got %.60q", c.Named(param), c.Name(), given)
	case u.Scheme != "http" && u.Scheme != "https":
		why := "only http and https are supported"
		if hint := advice[strings.ToLower(u.Scheme)]; hint != "" {
			why += "; " + hint
		}
		return nil, problem.New(problem.ParamValue, "%s of %s has the scheme %.20q: %s", c.Named(param), c.Name(), u.Scheme, why)
	case u.Hostname() == "":
		return nil, problem.New(problem.ParamValue, "%s of %s names no server: %.60q", c.Named(param), c.Name(), given)
	default:
		return u, nil
	}
}
