package document

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// The first script stands behind the document type, before everything else: without the document type before the first
// tag, the browser would lay the page out in quirks mode.
//
// Selasar's import map stands before it, unless the page has one: some browsers take one map for a document. So the
// beginning of a document is held until the page's own map comes or can no longer come. The map is in the document and
// not made by the first script: while a browser waits for that script, it already loads the modules that follow.

// mostHeld is how much of a document is held at most.
const mostHeld = 64 << 10

// front is the state of the document's beginning.
type front struct {
	passed  bool // the place of the first script was found
	holding bool
	held    strings.Builder
	inert   int  // open templates: their scripts do not run
	mapped  *tag // the page's import map, whose text has not come
}

func (r *Rewriter) begin() { r.passed = r.config.First == "" }

func (f *front) mayWriteEarly() bool { return f.passed && f.mapped == nil }

// place holds what follows until the first script can be written before it.
func (r *Rewriter) place() {
	if !r.passed {
		r.passed, r.holding = true, true
	}
}

// hold keeps a text back, if the beginning of the document is held.
func (r *Rewriter) hold(text string) bool {
	if !r.holding {
		return false
	}
	r.held.WriteString(text)
	if r.held.Len() > mostHeld && r.mapped == nil {
		r.release(false)
	}
	return true
}

// release writes the first script and what was held. own says that the page's import map has Selasar's rules.
func (r *Rewriter) release(own bool) {
	if !r.holding {
		return
	}
	r.holding = false
	imports := ""
	nonce := `" nonce="` + r.config.Nonce + `"`
	if !own && r.mayImport() {
		imports = `<script type="importmap` + nonce + `>` + ImportMap(r.config.Script) + `</script>`
	}
	r.write(imports + `<script src="` + escaper.Replace(r.config.First) + nonce + `></script>` + r.held.String())
	r.held.Reset()
}

// headNames are the elements after which an import map of the page may still come.
var headNames = []string{"html", "head", "title", "base", "link", "meta", "style", "script", "noscript", "template"}

func (r *Rewriter) beforeTag(t *tag) {
	r.writeMapped("")
	if !r.config.XML || t.name == "body" {
		r.place()
	}
	if r.inert == 0 && (!slices.Contains(headNames, t.name) || loadsModules(t)) {
		r.release(false)
	}
	if t.name == "template" {
		r.inert++
	}
}

func (r *Rewriter) beforeEnd(name string) {
	r.writeMapped("")
	if !r.config.XML {
		r.place()
	}
	if name == "head" {
		r.release(false)
	}
	if name == "template" && r.inert > 0 {
		r.inert--
	}
}

func (r *Rewriter) afterToken(kind html.TokenType, raw string) {
	switch {
	case kind == html.DoctypeToken && !r.config.XML:
		r.place()
	case kind == html.StartTagToken && r.config.XML && readTag(raw).name == "head":
		r.place()
	}
}

// text changes the text of an import map, and finds the place of the first script.
func (r *Rewriter) text(raw string) string {
	if r.mapped != nil {
		r.writeMapped(raw)
		return ""
	}
	if !r.config.XML && strings.Trim(strings.TrimPrefix(raw, "\ufeff"), space) != "" {
		mark := len(raw) - len(strings.TrimPrefix(raw, "\ufeff"))
		if !r.passed {
			r.write(raw[:mark])
			r.place()
			return raw[mark:]
		}
	}
	return raw
}

func loadsModules(t *tag) bool {
	return (t.name == "script" && strings.EqualFold(t.value("type"), "module")) ||
		(t.name == "link" && slices.Contains(t.words("rel"), "modulepreload"))
}

// writeMapped writes the page's import map, whose tag was kept back until its text came.
func (r *Rewriter) writeMapped(text string) {
	t := r.mapped
	if t == nil {
		return
	}
	r.mapped = nil
	rules := ""
	if r.holding && r.mayImport() {
		rules = importRules(r.config.Script)
	}
	changed, found, err := mergeImports(text, rules, func(value string) (string, bool) { return r.replaceImport(value) })
	byHash, allowed := r.allowsInline(t.value("nonce"), text)
	if err != nil || !allowed || changed == text {
		r.write(t.String() + text)
		r.release(false)
		return
	}
	for _, reference := range found {
		r.replaced(reference)
	}
	r.changes.Merged = r.changes.Merged || rules != ""
	if byHash {
		t.add("nonce", r.config.Nonce)
	}
	r.write(t.String() + changed)
	r.release(rules != "")
}
