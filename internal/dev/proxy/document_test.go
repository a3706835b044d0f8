package proxy

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/selasar/selasar/internal/dev/document"
)

// opening are the headers of a browser that opens a document in a window of its own.
var opening = []string{"Sec-Fetch-Dest", "document", "Accept-Encoding", "gzip, br, zstd"}

// gopay is a document that names GoPay's script.
const gopay = `<!doctype html><title>Kopi</title><script src="` + document.Documented + `"></script>`

// pageOfKopi serves a document with these headers.
func pageOfKopi(t *testing.T, body string, headers ...string) *frontEnd {
	t.Helper()
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		_, _ = io.WriteString(w, body)
	})
	return front(t, Config{Target: target, HostPort: "7300"})
}

// selasars reports whether a document loads Selasar's script, and comes with the first script if a browser opens it.
func selasars(body string, first bool) bool {
	return strings.Contains(body, `src="http://127.0.0.1:7300/sdk/stable/gp-container.min.js"`) && !strings.Contains(body, `"`+document.Documented) &&
		strings.Contains(body, `</script><script src="/.selasar/page.js"`) == first
}

func TestDocument_gets_the_script_from_Selasar(t *testing.T) {
	app := pageOfKopi(t, gopay)
	for kind, first := range map[string]bool{"document": true, "iframe": true, "frame": true, "embed": true, "empty": false, "": false} {
		body := text(t, app.send(t, "GET", "/", "", "Sec-Fetch-Dest", kind))
		if !selasars(body, first) {
			t.Errorf("%q: %s", kind, body)
		}
	}
	old := text(t, app.send(t, "GET", "/", "", "Accept", "text/html,*/*", "User-Agent", "Mozilla/5.0"))
	if !selasars(old, true) {
		t.Errorf("a browser that does not name the kind of a request: %s", old)
	}
	if rows := titled(app, "gp-container.min.js of / comes from Selasar"); len(rows) != 1 || !strings.Contains(rows[0], "in 1 places: "+document.Documented) {
		t.Errorf("journal %q", rows)
	}
}

func titled(app *frontEnd, title string) (messages []string) {
	for _, e := range app.entries() {
		if e.Title == title {
			messages = append(messages, e.Message)
		}
	}
	return messages
}

func TestDocument_of_a_folder_gets_the_script_from_Selasar(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "index.html", gopay)
	answer := front(t, Config{Folder: dir, HostPort: "7300"}).send(t, "GET", "/", "", opening...)
	if body := text(t, answer); !selasars(body, true) {
		t.Error(body)
	}
}

var packers = map[string]func(io.Writer) io.WriteCloser{
	"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"X-GZIP":  func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			panic(err)
		}
		return z
	},
	" deflate": func(w io.Writer) io.WriteCloser {
		z, err := flate.NewWriter(w, 5)
		if err != nil {
			panic(err)
		}
		return z
	},
}

func packed(encoding, text string) string {
	var b bytes.Buffer
	z := packers[encoding](&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}

func TestDocument_is_decoded(t *testing.T) {
	for encoding := range packers {
		answer := pageOfKopi(t, packed(encoding, gopay), "Content-Encoding", encoding).send(t, "GET", "/", "", opening...)
		if body := text(t, answer); !selasars(body, true) || answer.Header.Get("Content-Encoding") != "" {
			t.Errorf("%q: %q", encoding, body)
		}
	}
	twice := pageOfKopi(t, packed("br", packed("gzip", gopay)), "Content-Encoding", "gzip, br").send(t, "GET", "/", "", opening...)
	if body := text(t, twice); !selasars(body, true) {
		t.Errorf("gzip, br: %q", body)
	}
}

func TestDocument_that_cannot_be_read_stays_as_it_is(t *testing.T) {
	for name, tc := range map[string]struct{ body, header, value, why string }{
		"unknown encoding": {"packed", "Content-Encoding", "compress", "Content-Encoding compress"},
		"charset":          {gopay, "Content-Type", "text/html; charset=UTF-16LE", "in utf-16le"},
		"byte order mark":  {"\xff\xfe<\x00p\x00>\x00", "Content-Type", "text/html", "in UTF-16"},
	} {
		app := pageOfKopi(t, tc.body, tc.header, tc.value)
		if body := text(t, app.send(t, "GET", "/", "", opening...)); body != tc.body {
			t.Errorf("%s: became %q", name, body)
		}
		if rows := titled(app, "/ stays as it is"); len(rows) != 1 || !strings.Contains(strings.ToLower(rows[0]), strings.ToLower(tc.why)) {
			t.Errorf("%s: journal %q", name, rows)
		}
	}
}

func TestDocument_with_broken_compression_ends_with_an_error(t *testing.T) {
	whole := packed("gzip", strings.Repeat(gopay, 1000))
	for name, body := range map[string]string{"no gzip": "plain", "cut": whole[:len(whole)/2]} {
		app := pageOfKopi(t, body, "Content-Encoding", "gzip")
		r, err := http.NewRequestWithContext(t.Context(), "GET", app.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Sec-Fetch-Dest", "document")
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			_, err = io.ReadAll(answer.Body)
			_ = answer.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the browser takes a part for the whole", name)
		}
		if rows := titled(app, "/ stays as it is"); len(rows) != 1 || !strings.Contains(rows[0], "compression is broken") {
			t.Errorf("%s: journal %q", name, rows)
		}
	}
}

func TestDocument_headers_change_with_it(t *testing.T) {
	app := pageOfKopi(t, gopay, "Content-Security-Policy", "script-src 'self' https://gwk.gopayapi.com", "ETag", `"1"`,
		"Content-Security-Policy-Report-Only", "script-src https://gwk.gopayapi.com", "Link", `<`+document.Documented+`>; rel=preload; as=script; integrity="sha384-a,b", </a.css>; rel=preload`)
	answer := app.send(t, "GET", "/", "", append(opening, "If-None-Match", `"1"`, "Range", "bytes=0-1")...)
	script := "http://127.0.0.1:7300/sdk/stable/gp-container.min.js"
	for name, want := range map[string]string{
		"Content-Security-Policy":             "gopayapi.com 'sha256-",
		"Content-Security-Policy-Report-Only": app.url + pagePath,
		"Link":                                "<" + script + ">; rel=preload; as=script, </a.css>; rel=preload",
	} {
		if got := answer.Header.Get(name); !strings.Contains(got, want) || !strings.Contains(got, script) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if body := text(t, answer); answer.StatusCode != http.StatusOK || !selasars(body, true) {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	if rows := titled(app, "gp-container.min.js of / comes from Selasar"); len(rows) != 1 || !strings.Contains(rows[0], "script-src") {
		t.Errorf("journal %q", rows)
	}
}

func TestDocument_early_hints_lead_to_Selasar(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "<"+document.Documented+">; rel=preload; as=script")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, gopay)
	})
	app := front(t, Config{Target: target, HostPort: "7300"})
	var hints []string
	trace := &httptrace.ClientTrace{Got1xxResponse: func(_ int, h textproto.MIMEHeader) error { hints = append(hints, h.Get("Link")); return nil }}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), "GET", app.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Dest", "document")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if len(hints) != 1 || !strings.HasPrefix(hints[0], "<http://127.0.0.1:7300/sdk/") || !selasars(text(t, answer), true) {
		t.Errorf("hints %q", hints)
	}
}

// A document that a server sends in parts arrives in parts.
func TestDocument_flows_on(t *testing.T) {
	next := make(chan struct{})
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for _, part := range []string{"<!doctype html><body>", "<p>one", " two", "</p>"} {
			_, _ = io.WriteString(w, part)
			_ = http.NewResponseController(w).Flush()
			<-next
		}
	})
	answer := front(t, Config{Target: target}).send(t, "GET", "/", "", opening...)
	for _, part := range []string{"<body>", "<p>one", " two", "</p>"} {
		var got strings.Builder
		for !strings.HasSuffix(got.String(), part) {
			one := make([]byte, 1)
			if _, err := io.ReadFull(answer.Body, one); err != nil {
				t.Fatalf("before %q: %q, %v", part, got.String(), err)
			}
			got.Write(one)
		}
		next <- struct{}{}
	}
}

func TestDocument_is_known_without_a_content_type(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, gopay)
	})
	answer := front(t, Config{Target: target, HostPort: "7300"}).send(t, "GET", "/", "", opening...)
	if body := text(t, answer); !selasars(body, true) {
		t.Errorf("%v: %s", answer.Header, body)
	}
}

func TestDocument_other_answers_pass_unchanged(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		var status int
		_, _ = fmt.Sscan(r.URL.Query().Get("status"), &status)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, gopay)
	})
	app := front(t, Config{Target: target, HostPort: "7300"})
	for path, want := range map[string]string{
		"/?status=200&type=text/javascript": gopay, "/?status=200&type=application/json": gopay, "/?status=200&type=image/svg%2Bxml": gopay,
		"/?status=206&type=text/html": gopay, "/?status=204&type=text/html": "", "/?status=304&type=text/html": "",
	} {
		if got := text(t, app.send(t, "GET", path, "", opening...)); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	head := app.send(t, "HEAD", "/?status=200&type=text/html", "", opening...)
	if head.StatusCode != http.StatusOK || text(t, head) != "" {
		t.Errorf("HEAD: %d", head.StatusCode)
	}
}
