package proxy

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/selasar/selasar/internal/journal"
)

func TestProxy_shows_the_server_its_own_host_and_origin(t *testing.T) {
	var got *http.Request
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.Copy(w, r.Body)
	})
	app := front(t, Config{Target: target})
	answer := app.send(t, "POST", "/a%2Fb//c?x=1&y=%20;z", "body", "Origin", app.url, "Referer", app.url+"/menu", "X-Forwarded-Host", "forged.example", "Cookie", "session=1")
	if answer.StatusCode != http.StatusTeapot || text(t, answer) != "body" {
		t.Errorf("got %d", answer.StatusCode)
	}
	if got.RequestURI != "/a%2Fb//c?x=1&y=%20;z" {
		t.Errorf("target saw %s", got.RequestURI)
	}
	if got.Host != target.Host || got.Header.Get("Origin") != target.String() || got.Header.Get("Referer") != target.String()+"/menu" {
		t.Errorf("Host %s, Origin %s and Referer %s do not fit %s", got.Host, got.Header.Get("Origin"), got.Header.Get("Referer"), target)
	}
	for name, want := range map[string]string{"X-Forwarded-Host": "", "X-Forwarded-Proto": "", "X-Forwarded-For": "", "Forwarded": "", "Cookie": "session=1"} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
}

func TestProxy_sends_remote_servers_their_own_host(t *testing.T) {
	in := httptest.NewRequest("POST", "http://127.0.0.1:7301/x", nil)
	in.Header.Set("Origin", "http://127.0.0.1:7301")
	in.Header.Set("Referer", "http://127.0.0.1:7301/menu")
	out := rewritten(in, "https://staging.kopi.example")
	if out.Host != "" || out.URL.String() != "https://staging.kopi.example/x" {
		t.Errorf("Host %q, URL %s", out.Host, out.URL)
	}
	if out.Header.Get("Origin") != "https://staging.kopi.example" || out.Header.Get("Referer") != "https://staging.kopi.example/menu" {
		t.Errorf("headers %v", out.Header)
	}
	in.Header.Set("Origin", "http://127.0.0.1:7301.evil.example")
	if got := rewritten(in, "https://staging.kopi.example").Header.Get("Origin"); got != "http://127.0.0.1:7301.evil.example" {
		t.Errorf("a foreign origin became %s", got)
	}
}

func TestProxy_keeps_redirects_on_the_page_origin(t *testing.T) {
	target := mustURL("http://localhost:5173")
	for location, want := range map[string]string{
		"/login":                              "/login",
		"login?x=1":                           "login?x=1",
		"http://localhost:5173/login?x=1#y":   "/login?x=1#y",
		"http://LOCALHOST:5173":               "/",
		"http://127.0.0.1:5173/a":             "/a",
		"//localhost:5173/a":                  "/a",
		"http://localhost:5173//evil.example": "/.//evil.example",
		"https://localhost:5173/a":            "https://localhost:5173/a",
		"http://localhost:9999/a":             "http://localhost:9999/a",
		"https://accounts.example/authorize":  "https://accounts.example/authorize",
		"gopay://home":                        "gopay://home",
		"http://[broken":                      "http://[broken",
	} {
		if got := here(target, location); got != want {
			t.Errorf("Location %s became %s, want %s", location, got, want)
		}
	}
}

func TestProxy_keeps_login_cookies_on_the_page_origin(t *testing.T) {
	for line, want := range map[string]string{
		"s=1; Path=/; HttpOnly; SameSite=Lax":               "s=1; Path=/; HttpOnly; SameSite=Lax",
		"s=1; Domain=kopi.example; Path=/":                  "s=1; Path=/",
		"s=a;domain=.kopi.example;HttpOnly":                 "s=a;HttpOnly",
		"s=1; Path=/; Secure; SameSite=None":                "s=1; Path=/",
		"s=1; Secure; SameSite=Strict":                      "s=1; SameSite=Strict",
		"s=1; SameSite=None":                                "s=1; SameSite=None",
		"s=1; Secure; SameSite=None; Partitioned":           "s=1",
		"s=1; Partitioned ;secure; Path=/x":                 "s=1; Path=/x",
		"__Host-s=1; Path=/; Secure":                        "__Host-s=1; Path=/; Secure",
		"s=secure; Path=/secure; Max-Age=60; Partitioned":   "s=secure; Path=/secure; Max-Age=60; Partitioned",
		"s=Domain=x; Expires=Wed, 21 Oct 2026 07:28:00 GMT": "s=Domain=x; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
	} {
		h := http.Header{"Set-Cookie": {line}}
		liftSecure(h)
		if got := h.Get("Set-Cookie"); got != want {
			t.Errorf("%s\n became %s\n   want %s", line, got, want)
		}
	}
	h := http.Header{"Set-Cookie": {"s=1; Domain=x.example; Secure", "t=2"}}
	keepCookiesHere(h)
	if got := h.Values("Set-Cookie"); !slices.Equal(got, []string{"s=1; Secure", "t=2"}) {
		t.Errorf("with TLS: %q", got)
	}
}

func TestProxy_removes_framing_headers_and_records_it_once(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Add("Content-Security-Policy", "default-src 'self'; Frame-Ancestors 'none'; img-src *, frame-ancestors 'self'")
		w.Header().Add("Content-Security-Policy", "frame-ancestors https://x.example")
		w.Header().Add("Content-Security-Policy", "frame-ancestors\t'none'")
	})
	app := front(t, Config{Target: target})
	for range 3 {
		answer := app.send(t, "GET", "/menu", "")
		if got := answer.Header.Values("Content-Security-Policy"); !slices.Equal(got, []string{"default-src 'self'; img-src *"}) {
			t.Errorf("policy %q", got)
		}
		if answer.Header.Get("X-Frame-Options") != "" {
			t.Error("X-Frame-Options is still there")
		}
	}
	entries := app.entries()
	if len(entries) != 1 || entries[0].Kind != journal.Page || entries[0].Title != "headers lifted on /menu" {
		t.Fatalf("journal %+v", entries)
	}
	for _, header := range []string{"X-Frame-Options: DENY", "Frame-Ancestors 'none'", "frame-ancestors 'self'", "frame-ancestors https://x.example", "frame-ancestors\t'none'"} {
		if !strings.Contains(entries[0].Message, header) {
			t.Errorf("the journal does not name %q: %s", header, entries[0].Message)
		}
	}
}

func TestProxy_forwards_streams_without_buffering(t *testing.T) {
	next := make(chan struct{})
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range 3 {
			_, _ = fmt.Fprintf(w, "part %d\n", i)
			_ = http.NewResponseController(w).Flush()
			<-next
		}
	})
	app := front(t, Config{Target: target})
	answer := app.send(t, "GET", "/stream", "")
	lines := bufio.NewScanner(answer.Body)
	for i := range 3 {
		if !lines.Scan() || lines.Text() != fmt.Sprintf("part %d", i) {
			t.Fatalf("line %d is %q", i, lines.Text())
		}
		next <- struct{}{}
	}
}

func TestProxy_forwards_WebSockets(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"vite-hmr"}}) // checks Origin against Host
		if err != nil {
			return
		}
		kind, data, err := conn.Read(r.Context())
		if err == nil {
			_ = conn.Write(r.Context(), kind, append([]byte("echo "), data...))
		}
		_ = conn.Close(websocket.StatusNormalClosure, "")
	})
	app := front(t, Config{Target: target})
	conn, _, err := websocket.Dial(t.Context(), app.url+"/hmr", &websocket.DialOptions{
		Subprotocols: []string{"vite-hmr"}, HTTPHeader: http.Header{"Origin": {app.url}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Write(t.Context(), websocket.MessageText, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	_, data, err := conn.Read(t.Context())
	if err != nil || string(data) != "echo hello" || conn.Subprotocol() != "vite-hmr" {
		t.Errorf("got %q, %v, subprotocol %q", data, err, conn.Subprotocol())
	}
	_ = conn.CloseNow()
}

func rewritten(in *http.Request, target string) *http.Request {
	r := httputil.ProxyRequest{In: in, Out: in.Clone(in.Context())}
	toTarget(&r, mustURL(target))
	return r.Out
}

func TestProxy_detects_a_loop_to_itself(t *testing.T) {
	var app *frontEnd
	listener := listen(t)
	app = frontOn(t, listener, Config{Target: mustURL("http://" + listener.Addr().String())})
	answer := app.send(t, "GET", "/", "")
	if body := text(t, answer); answer.StatusCode != http.StatusLoopDetected || !strings.Contains(body, "dev.url") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestProxy_limits_the_number_of_remembered_notes(t *testing.T) {
	p := &Proxy{noted: map[string]bool{}}
	for i := range 3 * maxNotes {
		p.note(fmt.Sprint(i), journal.Entry{})
	}
	if len(p.noted) != maxNotes {
		t.Errorf("%d notes", len(p.noted))
	}
}

func TestNew_refuses_malformed_targets_and_missing_folders(t *testing.T) {
	for _, target := range []string{"ftp://x", "file:///etc", "localhost:5173"} {
		if _, err := New(Config{Target: mustURL(target)}); err == nil {
			t.Errorf("takes %s", target)
		}
	}
	if _, err := New(Config{Folder: t.TempDir() + "/nothing"}); err == nil {
		t.Error("New accepts a folder that does not exist")
	}
}
