package webview

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/device"
)

const (
	desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/151.0.0.0 Safari/537.36"
	fox     = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
)

var (
	galaxy = View{On: true, OS: device.Android, OSVersion: "14", Model: "SM-A546E"}
	iphone = View{On: true, OS: device.IOS, OSVersion: "19.1", Model: "iPhone17,3"}
)

func TestView_names_the_WebView_of_the_OS(t *testing.T) {
	off, own, chosen := galaxy, galaxy, iphone
	off.On, own.UserAgent, chosen.UserAgent = false, BrowserAgent, "Mozilla/5.0 (iPhone) WindVane/8.5.0"
	for name, one := range map[string]struct {
		view          View
		browser, want string
	}{
		"android":            {galaxy, desktop, "Mozilla/5.0 (Linux; Android 14; SM-A546E; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/151.0.0.0 Mobile Safari/537.36"},
		"android in Firefox": {galaxy, fox, "Mozilla/5.0 (Linux; Android 14; SM-A546E; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36"},
		"ios":                {iphone, desktop, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"},
		"chosen":             {chosen, desktop, "Mozilla/5.0 (iPhone) WindVane/8.5.0"},
		"the browser's own":  {own, desktop, desktop},
		"off":                {off, desktop, desktop},
	} {
		if got := one.view.Agent(one.browser); got != one.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestView_sets_headers_of_pages_only(t *testing.T) {
	off := galaxy
	off.On = false
	hints := http.Header{"Sec-Ch-Ua": {`"Chromium";v="151"`}, "Sec-Ch-Ua-Platform": {`"Linux"`}, "Sec-Ch-Ua-Arch": {`"x86"`}, "Sec-Ch-Ua-Mobile": {"?0"}}
	for name, one := range map[string]struct {
		view     View
		headers  http.Header
		agent    string // part of it
		platform string
	}{
		"a page's request":     {galaxy, http.Header{"User-Agent": {desktop}, "Sec-Fetch-Dest": {"empty"}}, "; wv)", `"Android"`},
		"a frame's navigation": {galaxy, http.Header{"User-Agent": {desktop}, "Sec-Fetch-Dest": {"iframe"}, "Sec-Fetch-Site": {"same-site"}}, "; wv)", `"Android"`},
		"ios has no hints":     {iphone, http.Header{"User-Agent": {desktop}}, "iPhone", ""},
		"a typed address":      {galaxy, http.Header{"User-Agent": {desktop}, "Sec-Fetch-Dest": {"document"}, "Sec-Fetch-Site": {"none"}}, "X11", `"Linux"`},
		"another client":       {galaxy, http.Header{"User-Agent": {"curl/8.5.0"}}, "curl", `"Linux"`},
		"off":                  {off, http.Header{"User-Agent": {desktop}}, "X11", `"Linux"`},
	} {
		r := &http.Request{Header: one.headers}
		for name, value := range hints {
			r.Header[name] = value
		}
		one.view.SetHeaders(r)
		if agent := r.Header.Get("User-Agent"); !strings.Contains(agent, one.agent) {
			t.Errorf("%s: User-Agent %s", name, agent)
		}
		if platform := r.Header.Get("Sec-Ch-Ua-Platform"); platform != one.platform {
			t.Errorf("%s: Sec-Ch-Ua-Platform %s", name, platform)
		}
		if changed := one.platform != `"Linux"`; changed == (r.Header.Get("Sec-Ch-Ua-Arch") != "") {
			t.Errorf("%s: Sec-Ch-Ua-Arch %q", name, r.Header.Get("Sec-Ch-Ua-Arch"))
		}
	}
}

func TestView_has_a_script_only_when_it_is_on(t *testing.T) {
	off := galaxy
	off.On = false
	if text := off.Script(desktop, "7300"); text != "" {
		t.Errorf("off: %s", text)
	}
	hostile := galaxy
	hostile.UserAgent = `"});alert(1)//</script>`
	text := hostile.Script(desktop, "7300")
	if strings.Contains(text, "{{") || strings.Contains(text, "</script>") || !strings.Contains(text, `"userAgent":"\"});alert(1)//`) {
		t.Errorf("the settings are not in the script as data: %s", text)
	}
}
