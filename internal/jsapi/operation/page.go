package operation

import (
	"context"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// PushPage opens another page of the mini app above the current one.
var PushPage = &jsapi.Operation{
	Name: "page.push", Summary: "Opens another page of the mini app above the current one.",
	Params: schema.Object(schema.Required("url", text("On the mini app's own origin. A relative address starts from the mini app's entry."))),
	Result: schema.Null(),
	Check: func(c *jsapi.Call) error {
		_, err := pagePath(c)
		return err
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		path, err := pagePath(c)
		if err != nil {
			return jsapi.Step{}, err
		}
		return tell(bus.PagePushed, bus.Page{Source: c.Source(), Path: path})
	},
}

// PopPage closes the current page.
var PopPage = &jsapi.Operation{
	Name: "page.pop", Summary: "Closes the current page. The first page of the launch stays.",
	Params: nothing, Result: schema.Null(),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) { return tell(bus.PagePopped, c.Source()) },
}

// pagePath returns the path of the page, with its query and fragment.
func pagePath(c *jsapi.Call) (string, error) {
	given := c.Params.Text("url")
	entry, err := url.Parse(c.App.EntryURL)
	if err != nil {
		return "", err
	}
	u, err := entry.Parse(given)
	switch {
	case err != nil:
		return "", problem.New(problem.ParamValue, "url of %s is no address: %.60q", c.Name(), given)
	case !sameOrigin(u, entry):
		return "", problem.New(problem.ParamValue, "url of %s is not a page of the mini app: %.60q; open other addresses with GPNavigator.launchUri", c.Name(), given)
	}
	path := "/" + strings.TrimLeft(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		path += "#" + u.EscapedFragment()
	}
	return path, nil
}

// sameOrigin reports whether an address is on the mini app's origin. A mini app on this
// machine has all names of the machine.
func sameOrigin(u, entry *url.URL) bool {
	return u.Scheme == entry.Scheme && u.Port() == entry.Port() &&
		(strings.EqualFold(u.Hostname(), entry.Hostname()) || hostname.Near(u.Hostname()) && hostname.Near(entry.Hostname()))
}
