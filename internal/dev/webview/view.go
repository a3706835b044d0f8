// Package webview applies the limits of a phone's WebView to the mini app's pages in a desktop browser. One script (the
// files in page) runs first in the page, and the headers of the page's requests agree with it.
//
// docs/webview.md lists what is imitated, and what a frame cannot imitate.
package webview

import (
	"embed"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/selasar/selasar/internal/device"
)

// View is a WebView of a phone.
type View struct {
	On        bool // false: the page has everything that the browser has
	OS        device.OS
	OSVersion string
	Model     string
	UserAgent string // replaces the one of the OS; BrowserAgent keeps the browser's own
	Hidden    bool   // the super app is in the background
}

// BrowserAgent is the UserAgent of a View that keeps the browser's own user agent.
const BrowserAgent = "browser"

// usualChrome is the Chrome of an Android WebView when the browser does not name its own.
const usualChrome = "142"

var chromeVersion = regexp.MustCompile(`\bChrome/(\d+)`)

// chrome returns the major version of a browser's Chrome, because the page gets that engine.
func chrome(browser string) string {
	if found := chromeVersion.FindStringSubmatch(browser); found != nil {
		return found[1]
	}
	return usualChrome
}

// Agent returns the user agent of the WebView, for a page in a browser with another one. GoPay does not document its
// own additions to it, so there are none.
func (v View) Agent(browser string) string {
	switch {
	case !v.On || v.UserAgent == BrowserAgent:
		return browser
	case v.UserAgent != "":
		return v.UserAgent
	case v.OS == device.IOS:
		return "Mozilla/5.0 (iPhone; CPU iPhone OS " + strings.ReplaceAll(v.OSVersion, ".", "_") + " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
	default:
		return "Mozilla/5.0 (Linux; Android " + v.OSVersion + "; " + v.Model + "; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/" + chrome(browser) + ".0.0.0 Mobile Safari/537.36"
	}
}

// SetHeaders replaces the headers of a browser's request by those of the WebView. It does not change requests of other
// clients, or of a tab into which a person types the mini app's address.
func (v View) SetHeaders(r *http.Request) {
	h := r.Header
	browser := h.Get("User-Agent")
	typed := h.Get("Sec-Fetch-Dest") == "document" && h.Get("Sec-Fetch-Site") == "none"
	if !v.On || v.UserAgent == BrowserAgent || typed || !strings.HasPrefix(browser, "Mozilla/") {
		return
	}
	hinted := h.Get("Sec-Ch-Ua") != ""
	for name := range h {
		if strings.HasPrefix(name, "Sec-Ch-Ua") {
			h.Del(name)
		}
	}
	h.Set("User-Agent", v.Agent(browser))
	if hinted && v.hints() {
		h.Set("Sec-Ch-Ua", brandsHeader(brands(browser)))
		h.Set("Sec-Ch-Ua-Mobile", "?1")
		h.Set("Sec-Ch-Ua-Platform", `"Android"`)
	}
}

// hints reports whether the WebView sends client hints: Android's does, unless the app replaces its whole user agent.
func (v View) hints() bool { return v.OS == device.Android && v.UserAgent == "" }

// brand is a member of navigator.userAgentData.brands.
type brand struct {
	Brand   string `json:"brand"`
	Version string `json:"version"`
}

func brands(browser string) []brand {
	version := chrome(browser)
	return []brand{{"Chromium", version}, {"Android WebView", version}, {"Not_A Brand", "99"}}
}

func brandsHeader(list []brand) string {
	parts := make([]string, len(list))
	for i, b := range list {
		parts[i] = `"` + b.Brand + `";v="` + b.Version + `"`
	}
	return strings.Join(parts, ", ")
}

// parts are the files of the script; main.js starts the others.
//
//go:embed page/*.js
var parts embed.FS

// script is the parts in a scope of their own.
var script = sync.OnceValue(func() string {
	files, err := parts.ReadDir("page")
	if err != nil {
		panic(err) // embedded
	}
	var all strings.Builder
	all.WriteString("(() => {\n")
	for _, file := range files {
		text, err := parts.ReadFile("page/" + file.Name())
		if err != nil {
			panic(err)
		}
		all.Write(text)
	}
	all.WriteString("})();\n")
	return all.String()
})

// settings is what the script knows of the view.
type settings struct {
	OS        device.OS `json:"os"`
	Host      string    `json:"host"`                // the port of the simulator
	UserAgent string    `json:"userAgent,omitempty"` // absent: the browser's own
	Model     string    `json:"model"`
	OSVersion string    `json:"osVersion"`
	Brands    []brand   `json:"brands,omitempty"` // absent: no navigator.userAgentData
	Hidden    bool      `json:"hidden"`
}

// Script returns the script for a page in a browser with this user agent, or nothing when the view is off. Port is the
// port of the simulator.
func (v View) Script(browser, port string) string {
	if !v.On {
		return ""
	}
	s := settings{OS: v.OS, Host: port, Model: v.Model, OSVersion: v.OSVersion, Hidden: v.Hidden}
	if v.UserAgent != BrowserAgent {
		s.UserAgent = v.Agent(browser)
	}
	if v.hints() {
		s.Brands = brands(browser)
	}
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts and switches are always valid
	}
	return strings.Replace(script(), `"{{view}}"`, string(text), 1)
}
