// Package document changes a page's document so that it loads Selasar's gp-container.min.js where it names GoPay's.
//
// It reads the document as a stream of tokens, and writes every byte that it does not have to change as it came. It
// changes:
//
//   - the src of a script and the href of a link to GoPay's script, with their integrity;
//   - a link that opens a connection to GoPay's host in advance;
//   - import maps: the page's own map gets Selasar's rules;
//   - a content security policy, in a header or in <meta>: a policy that allows GoPay's script allows Selasar's.
//
// It also puts Selasar's own script first. That script answers for what the page's code loads.
package document

import (
	"io"
	"net/url"
	"slices"

	"golang.org/x/net/html"
)

// Config says what a document loads instead of GoPay's script.
type Config struct {
	URL    *url.URL // the document's own address
	Script string   // the address of Selasar's gp-container.min.js
	First  string   // the address of the script that is put first; empty: none is
	Nonce  string   // allows the first script where a policy has nonces or hashes
	XML    bool     // the document is XHTML
}

// Changes says what a document and its headers have got.
type Changes struct {
	Replaced []string // the references to GoPay's script, as they were written, each once
	Places   int      // how many references were replaced
	Merged   bool     // the page's own import map has Selasar's rules
	Policies []string // what was added to content security policies, each once
	Refused  []string // policies that do not allow GoPay's script
}

// Rewriter changes one document. Its methods are called by one goroutine.
type Rewriter struct {
	config   Config
	base     *url.URL
	policies []policy // of the headers and of <meta>
	changes  Changes

	in      *html.Tokenizer
	fed     []byte // read, and not yet written
	ahead   int    // how much of fed is written: text whose end has not arrived
	foreign foreign
	out     func([]byte) error
	failed  error
	front
}

// New returns a rewriter of one document.
func New(config Config) *Rewriter { return &Rewriter{config: config, base: config.URL} }

// Changes returns what was changed so far.
func (r *Rewriter) Changes() Changes { return r.changes }

func (r *Rewriter) replaced(reference string) {
	r.changes.Places++
	if !slices.Contains(r.changes.Replaced, reference) {
		r.changes.Replaced = append(r.changes.Replaced, reference)
	}
}

// Copy reads a document and writes it with its changes. Before each read it has written all that can be decided.
func (r *Rewriter) Copy(out func([]byte) error, in io.Reader) error {
	r.out = out
	r.in = html.NewTokenizer(feed{r, in})
	r.begin()
	for r.failed == nil {
		kind := r.in.Next()
		if kind == html.ErrorToken {
			r.end()
			if err := r.in.Err(); err != io.EOF {
				return err
			}
			return r.failed
		}
		raw := string(r.fed[:len(r.in.Raw())])
		r.fed = r.fed[len(raw):]
		r.token(kind, raw)
	}
	return r.failed
}

// feed passes the document to the tokenizer and remembers its bytes.
type feed struct {
	r  *Rewriter
	in io.Reader
}

func (f feed) Read(p []byte) (int, error) {
	f.r.flush()
	n, err := f.in.Read(p)
	f.r.fed = append(f.r.fed, p[:n]...)
	return n, err
}

// token writes a token, which ahead bytes of it may have preceded.
func (r *Rewriter) token(kind html.TokenType, raw string) {
	written := r.ahead
	r.ahead = 0
	text := raw
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		t := readTag(raw)
		r.beforeTag(t)
		text = r.startTag(t)
		if r.foreign.open(t.name, kind == html.SelfClosingTagToken) || r.config.XML {
			r.in.NextIsNotRawText()
		}
	case html.EndTagToken:
		r.beforeEnd(endName(raw))
		r.foreign.close(endName(raw))
	case html.TextToken:
		text = r.text(raw)
	}
	r.in.AllowCDATA(r.config.XML || r.foreign.inside())
	r.write(text[min(written, len(text)):])
	r.afterToken(kind, raw)
}

func endName(raw string) string { return readTag(raw[1:]).name }

// flush writes the beginning of a text whose end has not arrived, so that a stream flows on.
func (r *Rewriter) flush() {
	end := r.ahead
	for end < len(r.fed) && r.fed[end] != '<' {
		end++
	}
	if r.mayWriteEarly() && len(r.fed) > 0 && (r.ahead > 0 || r.fed[0] != '<') {
		r.write(string(r.fed[r.ahead:end]))
		r.ahead = end
	}
}

func (r *Rewriter) write(text string) {
	if r.hold(text) || text == "" || r.failed != nil {
		return
	}
	r.failed = r.out([]byte(text))
}

// end writes what the tokenizer has left: a tag that does not end.
func (r *Rewriter) end() {
	rest := string(r.fed[r.ahead:])
	r.fed, r.ahead = nil, 0
	r.writeMapped("")
	r.write(rest)
	r.release(false)
}
