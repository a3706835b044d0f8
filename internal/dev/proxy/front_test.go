package proxy

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
)

// frontEnd is a running proxy with the journal entries that it recorded.
type frontEnd struct {
	url string
	mu  sync.Mutex
	log []journal.Entry
}

func front(t *testing.T, config Config) *frontEnd { t.Helper(); return frontOn(t, listen(t), config) }

func frontOn(t *testing.T, listener net.Listener, config Config) *frontEnd {
	t.Helper()
	_, app := proxyOn(t, listener, config)
	return app
}

func frontAndProxy(t *testing.T, config Config) (*Proxy, *frontEnd) {
	t.Helper()
	return proxyOn(t, listen(t), config)
}

func proxyOn(t *testing.T, listener net.Listener, config Config) (*Proxy, *frontEnd) {
	t.Helper()
	app := &frontEnd{url: "http://" + listener.Addr().String()}
	config.Report = func(e journal.Entry) {
		app.mu.Lock()
		defer app.mu.Unlock()
		app.log = append(app.log, e)
	}
	proxy, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: proxy, ReadHeaderTimeout: time.Minute}}
	server.Start()
	t.Cleanup(server.Close)
	return proxy, app
}

func (f *frontEnd) entries() []journal.Entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.log)
}

func (f *frontEnd) send(t *testing.T, method, path, body string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func serve(t *testing.T, handler http.HandlerFunc) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return mustURL(server.URL)
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

func text(t *testing.T, answer *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
