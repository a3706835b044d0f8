package check

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selasar/selasar/internal/check/sourcemap"
)

func TestParseStack_reads_lines_of_V8(t *testing.T) {
	got := parseStack(`Error: no
    at page.ask (<anonymous>:40:20)
    at pay (http://127.0.0.1:7301/app.js:12:5)
    at async Object.start (http://127.0.0.1:7301/a%20b.js?v=1:3:4)
    at http://127.0.0.1:7301/:9:1
    at new Order (http://[::1]:7301/order.js:1:2)
    at eval (eval at run (http://127.0.0.1:7301/app.js:1:1), <anonymous>:1:1)`)
	want := []stackFrame{
		{"pay", "http://127.0.0.1:7301/app.js", 12, 5},
		{"start", "http://127.0.0.1:7301/a%20b.js?v=1", 3, 4},
		{"", "http://127.0.0.1:7301/", 9, 1},
		{"new Order", "http://[::1]:7301/order.js", 1, 2},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(stackFrame{})); diff != "" {
		t.Error(diff)
	}
}

// The place of a call is in the mini app's own code: not in Selasar's scripts, and not in
// a MiniAppSDK that stands in the same bundle.
func TestPlaces_finds_the_mini_apps_own_line(t *testing.T) {
	const app = "http://127.0.0.1:7301"
	p := &places{origin: app, maps: map[string]*sourcemap.Map{app + "/app.js": nil, app + "/": nil, app + "/.selasar/page.js": nil}}
	for name, one := range map[string]struct{ method, stack, want string }{
		"gpContainer": {
			"GPBase.getLocale", "Error\n at call (http://127.0.0.1:7300/sdk/stable/gp-container.min.js:1:900)\n at show (" + app + "/app.js:7:13)", "app.js:7:13",
		},
		"a script of the frame": {
			"GPBase.getLocale", "Error\n at call (" + app + "/.selasar/page.js:1:900)\n at show (" + app + "/app.js:7:13)", "app.js:7:13",
		},
		"a bundled MiniAppSDK": {
			"getLocation", "Error\n at x.ask (" + app + "/app.js:1:10)\n at e.getLocation (" + app + "/app.js:1:20)\n at show (" + app + "/app.js:1:30)", "app.js:1:30",
		},
		"a wrapper of the mini app": {
			"GPLocation.getLocation", "Error\n at getLocation (" + app + "/app.js:3:20)\n at show (" + app + "/app.js:9:3)", "app.js:3:20",
		},
		"code in the page": {"getLocation", "Error\n at " + app + "/:4:2", "/:4:2"},
		"no place":         {"getLocation", "Error\n at <anonymous>:1:1", "(no place)"},
	} {
		if got := p.ofCall(context.Background(), one.stack, one.method).String(); got != one.want {
			t.Errorf("%s: %s, want %s", name, got, one.want)
		}
	}
}
