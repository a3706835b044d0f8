package proxy

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLinks_to_the_server_become_links_to_the_page(t *testing.T) {
	links := linksTo(mustURL("http://localhost:5173"), "http://127.0.0.1:7301")
	for text, want := range map[string]string{
		`<a href="http://localhost:5173/menu">`:          `<a href="http://127.0.0.1:7301/menu">`,
		`<a href='http://localhost:5173'>`:               `<a href='http://127.0.0.1:7301'>`,
		`http://localhost:5173`:                          `http://127.0.0.1:7301`,
		`{"next":"http:\/\/localhost:5173\/a"}`:          `{"next":"http:\/\/127.0.0.1:7301\/a"}`,
		`{"a":"http:\u002F\u002Flocalhost:5173\u002Fa"}`: `{"a":"http:\u002F\u002F127.0.0.1:7301\u002Fa"}`,
		`new WebSocket("ws://localhost:5173/hmr")`:       `new WebSocket("ws://127.0.0.1:7301/hmr")`,
		`http://127.0.0.1:5173/ http://[::1]:5173/`:      `http://127.0.0.1:7301/ http://127.0.0.1:7301/`,
		`http://localhost:51731/ http://localhost:5173.`: `http://localhost:51731/ http://localhost:5173.`,
		`http://localhost:517 https://localhost:5173/`:   `http://localhost:517 https://localhost:5173/`,
		`http://localhost:5173@evil.example/`:            `http://localhost:5173@evil.example/`,
		`hhttp://localhost:5173?x#http://localhost:5173`: `hhttp://127.0.0.1:7301?x#http://127.0.0.1:7301`,
		`nothing`: `nothing`,
		``:        ``,
	} {
		for name, reader := range map[string]io.Reader{"whole": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text))} {
			got, err := io.ReadAll(&linkReader{links: links, from: io.NopCloser(reader)})
			if err != nil || string(got) != want {
				t.Errorf("%s %q became %q, want %q (%v)", name, text, got, want, err)
			}
		}
	}
	remote := linksTo(mustURL("https://staging.kopi.example"), "http://127.0.0.1:7301")
	text := `https://staging.kopi.example/a https://staging.kopi.example.evil/ http://localhost/ wss://staging.kopi.example/s`
	if got := string(replaceAll(remote, []byte(text))); got != `http://127.0.0.1:7301/a https://staging.kopi.example.evil/ http://localhost/ ws://127.0.0.1:7301/s` {
		t.Error(got)
	}
}

func TestProxy_keeps_absolute_links_on_the_page_origin(t *testing.T) {
	var encoding string
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		encoding = r.Header.Get("Accept-Encoding")
		own := "http://" + r.Host
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		w.Header().Set("Link", "<"+own+"/app.css>; rel=preload")
		w.Header().Set("Content-Location", own+"/a")
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Content-Security-Policy", "connect-src "+own)
		_, _ = fmt.Fprintf(w, "see %s/next", own)
	})
	app := front(t, Config{Target: target})
	for _, kind := range []string{"text/html", "application/json", "text/x-component", "text/javascript"} {
		answer := app.send(t, "GET", "/?type="+kind, "", "Accept-Encoding", "gzip, br", "Origin", app.url)
		want := "see " + app.url + "/next"
		if kind == "text/javascript" {
			want = "see " + target.String() + "/next" // a script is code, not a document
		}
		if got := text(t, answer); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
		for name, want := range map[string]string{
			"Link": "<" + app.url + "/app.css>; rel=preload", "Content-Location": app.url + "/a", "Access-Control-Allow-Origin": app.url,
			"Content-Security-Policy": "connect-src " + app.url,
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", kind, name, got, want)
			}
		}
		if encoding != "identity" {
			t.Errorf("the server may answer with %q", encoding)
		}
	}
	app.send(t, "GET", "/", "", "Accept-Encoding", "gzip, br", "Sec-Fetch-Dest", "script")
	if encoding != "gzip, br" {
		t.Errorf("a script may be answered with %q", encoding)
	}
	if head := app.send(t, "HEAD", "/?type=text/html", ""); head.Header.Get("Content-Location") != app.url+"/a" {
		t.Errorf("HEAD: %v", head.Header)
	}
}

// Data that a server compresses although it was asked not to is forwarded unchanged.
func TestProxy_forwards_compressed_data_unchanged(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write([]byte("http://localhost"))
	_ = zip.Close()
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	answer := front(t, Config{Target: target}).send(t, "GET", "/", "", "Accept-Encoding", "gzip")
	if got := text(t, answer); got != packed.String() || answer.ContentLength != int64(packed.Len()) {
		t.Errorf("%d of %d bytes", len(got), packed.Len())
	}
}
