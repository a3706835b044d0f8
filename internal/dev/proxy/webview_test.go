package proxy

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/dev/webview"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
)

func TestPage_has_the_WebView_of_the_device(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("User-Agent"))
	}))
	defer server.Close()
	target, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	on := true
	view := func() webview.View {
		return webview.View{On: on, OS: device.IOS, OSVersion: "18.7"}
	}
	link := webview.NewLink()
	app := front(t, Config{Target: target, HostPort: "7300", View: view, Link: link})
	get := func(path string) (string, error) {
		r, err := http.NewRequest(http.MethodGet, app.url+path, nil)
		if err != nil {
			return "", err
		}
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/151.0.0.0 Safari/537.36")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return "", err
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		return string(body), err
	}
	agent := view().Agent("")
	if got, err := get("/"); err != nil || got != agent {
		t.Errorf("the server got the user agent %q, %v", got, err)
	}
	if script, err := get(pagePath); err != nil || !strings.Contains(script, `"userAgent":"`+agent+`"`) || !strings.Contains(script, "selasarPage: 1") {
		t.Errorf("the script has another user agent than the requests, or lacks a part: %v", err)
	}
	on = false
	if script, err := get(pagePath); err != nil || strings.Contains(script, "selasarView") || !strings.Contains(script, "selasarPage: 1") {
		t.Errorf("the script has limits although they are off: %v", err)
	}
	if got, err := get("/"); err != nil || !strings.Contains(got, "X11") {
		t.Errorf("off: the server got the user agent %q, %v", got, err)
	}

	link.Set(webview.Network{LossPercent: 100})
	if got, err := get("/orders"); err == nil {
		t.Errorf("a lost request was answered with %q", got)
	}
	if _, err := get(pagePath); err != nil {
		t.Errorf("Selasar's own path was lost: %v", err)
	}
	if entries := app.entries(); len(entries) != 1 || entries[0].Event != event.PageLost.Name {
		t.Errorf("got %+v", entries)
	}
}
