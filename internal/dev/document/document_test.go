package document

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
)

const ours = "http://127.0.0.1:7300/sdk/stable/gp-container.min.js"

func at(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return u
}

// plain changes a document without a first script.
func plain() *Rewriter { return New(Config{URL: at("http://127.0.0.1:7301/menu/"), Script: ours}) }

// framed changes a document of a navigation.
func framed() *Rewriter {
	return New(Config{URL: at("http://127.0.0.1:7301/"), Script: ours, First: "/first.js", Nonce: "N"})
}

func changed(t *testing.T, r *Rewriter, in io.Reader) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Copy(func(p []byte) error { _, err := out.Write(p); return err }, in); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The markers of these tables: {G} is the address of GoPay's script, {S} that of Selasar's.
var markers = strings.NewReplacer("{G}", Documented, "{S}", ours)

var references = map[string]string{
	`<script src="{G}"></script>`:                                                          `<script src="{S}"></script>`,
	`<script src='{G}'></script>`:                                                          `<script src='{S}'></script>`,
	`<script src={G}></script>`:                                                            `<script src="{S}"></script>`,
	`<script src={G} async></script>`:                                                      `<script src="{S}" async></script>`,
	`<SCRIPT  Async SRC = "{G}" ></SCRIPT>`:                                                `<SCRIPT  Async SRC = "{S}" ></SCRIPT>`,
	`<script src="{G}?v=1&amp;copy=2&x#y">`:                                                `<script src="{S}?v=1&amp;copy=2&amp;x#y">`,
	`<script src=" {G}` + "\n" + `">`:                                                      `<script src="{S}">`,
	`<script src="//gwk.gopayapi.com/sdk/stable/gp-container.min.js">`:                     `<script src="{S}">`,
	`<script src="https:\\GWK.gopayapi.com:443/sdk/./x/../stable/gp-container.min.js">`:    `<script src="{S}">`,
	`<script src="&#104;ttps&colon;//gwk.gopayapi.com/sdk/stable/gp&#45container.min.js">`: `<script src="{S}">`,
	`<script src="https://gwk.gopayapi.com/sdk/1.2.0/gp-container.js">`:                    `<script src="{S}">`,
	`<script src="{G}" integrity="sha384-abc" crossorigin="anonymous"></script>`:           `<script src="{S}" crossorigin="anonymous"></script>`,
	`<script integrity=sha384-abc src="{G}"defer></script>`:                                `<script src="{S}"defer></script>`,
	`<script src="{G}" src="x">`:                                                           `<script src="{S}" src="x">`,
	`<script type=module src="{G}"></script>`:                                              `<script type=module src="{S}"></script>`,
	`<link rel="preload" as="script" href="{G}" integrity="x">`:                            `<link rel="preload" as="script" href="{S}">`,
	`<link rel=modulepreload href={G}><link href="{G}" rel=prefetch>`:                      `<link rel=modulepreload href="{S}"><link href="{S}" rel=prefetch>`,
	`<link rel="dns-prefetch preconnect" href="https://gwk.gopayapi.com">`:                 `<link rel="dns-prefetch preconnect" href="http://127.0.0.1:7300/">`,
	`<template><script src="{G}"></script></template>`:                                     `<template><script src="{S}"></script></template>`,
	`<base href="https://gwk.gopayapi.com/sdk/"><script src="stable/gp-container.min.js">`: `<base href="https://gwk.gopayapi.com/sdk/"><script src="{S}">`,
	`<base href="https://cdn.example/x/"><base href="https://gwk.gopayapi.com/"><script src="/sdk/stable/gp-container.min.js"><script src=//gwk.gopayapi.com/sdk/a/gp-container.js>`: `<base href="https://cdn.example/x/"><base href="https://gwk.gopayapi.com/"><script src="/sdk/stable/gp-container.min.js"><script src=//gwk.gopayapi.com/sdk/a/gp-container.js>`,
	`<svg><script href="{G}"/><title><b></title><script xlink:href="{G}"></script></svg>`:                                                                                            `<svg><script href="{S}"/><title><b></title><script xlink:href="{S}"></script></svg>`,
	`<svg><style><script src="{G}"></style></svg>`:                    `<svg><style><script src="{S}"></style></svg>`,
	`<svg><p><style><script src="{G}"></style>`:                       `<svg><p><style><script src="{G}"></style>`,
	`<svg><![CDATA[ > <script src="{G}"> ]]></svg><script src="{G}">`: `<svg><![CDATA[ > <script src="{G}"> ]]></svg><script src="{S}">`,
}

// unchanged stay as they are, byte by byte.
var unchanged = []string{
	``, `text`, `<`, `</`, `<script`, `<script src="{G}"`, `<!doctype html>` + "\r\n\x00\xff<p a b=c d='e' F=\"g\"/ h>",
	`<!-- <script src="{G}"></script> -->`, `<script>var a = '<script src="{G}"></scr' + 'ipt>'; load("{G}")</script>`,
	`<script><!-- <script src="{G}"></script> --></script>`, `<textarea><script src="{G}"></textarea>`, `<title><script src="{G}"></title>`,
	`<style><script src="{G}"></style>`, `<noscript><!-- <script src="{G}"></noscript>`, `<iframe><script src="{G}"></iframe>`, `<plaintext><script src="{G}">`, `<p src="{G}"><a href="{G}">{G}</a><img src="{G}">`,
	`<script src="https://gwk.gopayapi.com.evil.example/sdk/stable/gp-container.min.js">`, `<script src="https://gwk.gopayapi.com/sdk/stable/other.js">`,
	`<script src="http://x.example/?{G}">`, `<script src="https://gwk.gopayapi.com:8443/sdk/stable/gp-container.min.js">`, `<script src="data:{G}">`, `<script data-src="{G}">`,
	`<script src="/sdk/stable/gp-container.min.js">`, `<script src="https://x.example/sdk/stable/gp-container.min.js" integrity="x">`,
	`<link rel="stylesheet" href="https://gwk.gopayapi.com/">`, `<meta http-equiv="refresh" content="0; url={G}"><meta name="x" content="script-src https:">`,
	`a < b && c > d <3 </> <?xml?> <!x> &amp; &copy=1`, `<script type="importmap">{"imports":{"a":"/b"}}</script>`, `<script type=importmap>no</script>`, `<script type=importmap></script>x`, `<script type=importmap>`, `<script type=importmap>{`,
	`<div title="<script src='{G}'>">`,
}

func TestRewriter_replaces_references(t *testing.T) {
	for from, to := range references {
		from, to = markers.Replace(from), markers.Replace(to)
		r := plain()
		if got := changed(t, r, strings.NewReader(from)); got != to {
			t.Errorf("%s\n became %s\n   want %s", from, got, to)
		}
		if want := strings.Count(to, ours) + strings.Count(to, `"http://127.0.0.1:7300/"`); r.Changes().Places != want {
			t.Errorf("%s: %d places, want %d", from, r.Changes().Places, want)
		}
	}
}

func TestRewriter_changes_nothing_else(t *testing.T) {
	for _, text := range unchanged {
		text = markers.Replace(text)
		r := plain()
		if got := changed(t, r, strings.NewReader(text)); got != text {
			t.Errorf("%q\n became %q", text, got)
		}
		if places := r.Changes().Places; places != 0 {
			t.Errorf("%q: %d places", text, places)
		}
	}
}

// The rewriter writes the same bytes, wherever the network splits the document.
func TestRewriter_reads_any_parts(t *testing.T) {
	var all strings.Builder
	for from := range references {
		if !strings.Contains(from, "<base") {
			all.WriteString(from + "</script></style>")
		}
	}
	all.WriteString(`<script type="importmap">{"scopes":{"/":{"a":"{G}"}}}</script>`)
	for _, text := range append(unchanged, all.String()) {
		text = markers.Replace(text)
		for name, make := range map[string]func() *Rewriter{"plain": plain, "framed": framed} {
			want := changed(t, make(), strings.NewReader(text))
			if got := changed(t, make(), iotest.OneByteReader(strings.NewReader(text))); got != want {
				t.Fatalf("%s, byte by byte: %q\n became %q\n   want %q", name, text, got, want)
			}
			for seed := range uint64(20) {
				if got := changed(t, make(), &parts{[]byte(text), rand.New(rand.NewPCG(seed, 1))}); got != want {
					t.Fatalf("%s, parts of seed %d: %q\n became %q\n   want %q", name, seed, text, got, want)
				}
			}
		}
	}
}

// parts is a reader of parts of random lengths.
type parts struct {
	rest []byte
	rand *rand.Rand
}

func (p *parts) Read(into []byte) (int, error) {
	if len(p.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(into, p.rest[:min(len(p.rest), 1+p.rand.IntN(40))])
	p.rest = p.rest[n:]
	return n, nil
}

// A stream flows on: what can be decided is written before the next part is read.
func TestRewriter_writes_what_it_can_before_it_reads(t *testing.T) {
	in, feeder := io.Pipe()
	written := make(chan string, 100)
	done := make(chan error, 1)
	r := framed()
	go func() { done <- r.Copy(func(p []byte) error { written <- string(p); return nil }, in) }()
	var got string
	for _, step := range []struct{ in, out string }{
		{"<!doctype html><head><title>Ko", "<!doctype html>"},
		{"pi</title></head><body>Lo", importer + `<head><title>Kopi</title></head><body>Lo`},
		{"ading", "ading"},
		{" <", " "},
		{"b>now", "<b>now"},
		{"<style>a{", "<style>a{"},
	} {
		if _, err := feeder.Write([]byte(step.in)); err != nil {
			t.Fatal(err)
		}
		want := len(got) + len(step.out)
		for len(got) < want {
			got += <-written
		}
		if !strings.HasSuffix(got, step.out) {
			t.Errorf("after %q: %q", step.in, got)
		}
	}
	_ = feeder.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// FuzzRewriter compares a document without a reference to GoPay with its result: they must be equal.
func FuzzRewriter(f *testing.F) {
	for _, text := range unchanged {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.NewReplacer("gwk", "", "GWK", "", "&", "").Replace(text)
		if strings.Contains(strings.ToLower(text), "http-equiv") || strings.Contains(strings.ToLower(text), "base") {
			return
		}
		r := plain()
		if got := changed(t, r, strings.NewReader(text)); got != text && r.Changes().Places == 0 {
			t.Errorf("%q became %q", text, got)
		}
		if got, want := changed(t, framed(), iotest.OneByteReader(strings.NewReader(text))), changed(t, framed(), strings.NewReader(text)); got != want {
			t.Errorf("%q, byte by byte, became %q, want %q", text, got, want)
		}
	})
}
