package check

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
)

// A visit ends when the page has loaded, no call and no request is open, and nothing
// happens. Calls of another page do not count.
func TestVisit_is_quiet_when_nothing_is_open(t *testing.T) {
	const app = "http://127.0.0.1:7301"
	v := newVisit(app)
	var page, nested, other browser.Frame
	page, nested, other = browser.NewFrame("a", 1), browser.NewFrame("a", 2), browser.NewFrame("a", 3)
	quiet := func(when string, want bool) {
		t.Helper()
		if got := v.quiet(0); got != want {
			t.Errorf("%s: quiet is %t, want %t", when, got, want)
		}
	}
	v.Message(other, `{"type":"call","id":1,"method":"getLocation"}`)
	quiet("before the page", false)
	v.Message(page, `{"type":"document","nested":false}`)
	v.Message(nested, `{"type":"document","nested":true}`)
	v.Message(nested, `{"type":"loaded"}`)
	quiet("when only a frame in the page has loaded", false)
	v.Message(page, `{"type":"loaded"}`)
	quiet("when the page has loaded", true)
	if v.quiet(time.Hour) {
		t.Error("the page is quiet before the time is over")
	}
	v.Message(page, `{"type":"call","id":1,"method":"getLocation"}`)
	quiet("with an open call", false)
	v.Message(page, `{"type":"answer","id":1}`)
	quiet("after its answer", true)
	v.Traffic("http://127.0.0.1:7300/sdk/x.js", 1)
	quiet("with a request for Selasar", true)
	v.Traffic(app+"/x.js", 1)
	quiet("with a request for the mini app", false)
	v.Traffic(app+"/x.js", -1)
	v.Message(page, `{"type":"call","id":2,"method":"getLocation"}`)
	v.Message(browser.NewFrame("a", 4), `{"type":"document","nested":false}`)
	quiet("while the next page loads", false)
	v.Message(browser.NewFrame("a", 4), `{"type":"loaded"}`)
	quiet("when the next page has loaded: the calls of the last one are gone", true)
	if len(v.calls) != 2 {
		t.Errorf("calls: %v", v.calls)
	}
}

func TestVisit_keeps_an_exception_once(t *testing.T) {
	v := newVisit("http://127.0.0.1:7301")
	page := browser.NewFrame("a", 1)
	v.Message(page, `{"type":"document"}`)
	for range 3 {
		v.Exception(page, "TypeError: x")
	}
	v.Exception(browser.NewFrame("b", 1), "Error: of the simulator")
	if len(v.thrown) != 1 || v.thrown[0].text != "TypeError: x" {
		t.Errorf("thrown: %v", v.thrown)
	}
}
