package document

import (
	"strings"
	"testing"
)

var importer = `<script type="importmap" nonce="N">` + ImportMap(ours) + `</script>` + script

const (
	head   = `<!doctype html><head>`
	script = `<script src="/first.js" nonce="N"></script>`
)

func TestRewriter_merges_the_import_map_of_the_page(t *testing.T) {
	rules := importRules(ours)
	for from, to := range map[string]string{
		`{"imports":{"a":"/a.js"}}`:                   `{"imports":{` + rules + `,"a":"/a.js"}}`,
		` { "scopes" : {} , "imports" : { } } `:       ` { "scopes" : {} , "imports" : {` + rules + ` } } `,
		`{}`:                                          `{"imports":{` + rules + `}}`,
		`{"integrity":{"/a.js":"sha384-x"}}`:          `{"imports":{` + rules + `},"integrity":{"/a.js":"sha384-x"}}`,
		`{"imports":{"gp":"` + Documented + `?v=1"}}`: `{"imports":{` + rules + `,"gp":"` + ours + `?v=1"}}`,
		`{"scopes":{"/a/":{"gp/":"https://gwk.gopayapi.com/sdk/stable/"}},"imports":{"x":null}}`: `{"scopes":{"/a/":{"gp/":"http://127.0.0.1:7300/sdk/stable/"}},"imports":{` + rules + `,"x":null}}`,
		`{"imports":{"` + Documented + `":"/mine.js","\u0061":"\/b"},"x":["/sdk"]}`:              `{"imports":{` + rules + `,"` + Documented + `":"/mine.js","\u0061":"\/b"},"x":["/sdk"]}`,
	} {
		r := framed()
		page := head + `<script>early()</script><script type="importmap">`
		got := changed(t, r, strings.NewReader(page+from+`</script><script type="module">`))
		want := strings.Replace(page, "<head>", script+"<head>", 1) + to + `</script><script type="module">`
		if got != want || !r.Changes().Merged {
			t.Errorf("%s\n became %s\n   want %s", from, got, want)
		}
	}
}

func TestRewriter_leaves_what_is_no_import_map(t *testing.T) {
	for _, text := range []string{``, `no`, `[]`, `"a"`, `{"imports":`, `{"imports":{"a":"b"}} x`, `{"imports":{"a" "b"}}`, `{}{}`} {
		page := `<script type="importmap">` + text + `</script>`
		r := framed()
		if got := changed(t, r, strings.NewReader(page)); got != importer+page || r.Changes().Merged {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestRewriter_places_the_first_script(t *testing.T) {
	for from, to := range map[string]string{
		"<!DOCTYPE html><html>":                  "<!DOCTYPE html>|<html>",
		"\ufeff<!-- a -->\n<!doctype html>\n<p>": "\ufeff<!-- a -->\n<!doctype html>|\n<p>",
		"\ufeff\n<html>":                         "\ufeff\n|<html>",
		"\ufefftext":                             "\ufeff|text",
		"text":                                   "|text",
		"</p>":                                   "|</p>",
		"<?xml version='1.0'?><html>":            "<?xml version='1.0'?>|<html>",
		"":                                       "",
		"<!-- -->":                               "<!-- -->",
	} {
		if got := changed(t, framed(), strings.NewReader(from)); got != strings.Replace(to, "|", importer, 1) {
			t.Errorf("%q became %q", from, got)
		}
	}
}

// The first script adds an import map where the page's own one can no longer come.
func TestRewriter_waits_for_an_import_map_only_in_the_head(t *testing.T) {
	own := `<script type="importmap">{"imports":{"a":"/a.js"}}</script>`
	for _, before := range []string{"<body>", "</head>", "<p>", `<script type="Module"></script>`, `<link rel="modulepreload" href="/x">`, strings.Repeat("<script></script>", mostHeld/16)} {
		page := head + before + own
		if got := changed(t, framed(), strings.NewReader(page)); got != strings.Replace(page, "<head>", importer+"<head>", 1) {
			t.Errorf("after %.40s: %.200s", before, got)
		}
	}
	inert := head + "<template><p>" + "</template>" + own
	if got := changed(t, framed(), strings.NewReader(inert)); !strings.Contains(got, importRules(ours)) {
		t.Errorf("a template ends the head: %s", got)
	}
}

func TestRewriter_renews_the_allowance_of_a_merged_import_map(t *testing.T) {
	text := `{"imports":{"a":"/a.js"}}`
	for policy, want := range map[string]struct {
		tag    string
		merged bool
	}{
		"script-src 'self' https: " + hashOf(text): {`<script nonce="N" type="importmap">`, true},
		"script-src 'self' https: 'unsafe-inline'": {`<script type="importmap">`, true},
		"img-src 'none'":                                           {`<script type="importmap">`, true},
		"script-src 'self' https:":                                 {`<script type="importmap">`, false}, // the page's own policy refuses its map
		"script-src https: 'sha256-AAAA'":                          {`<script type="importmap">`, false},
		"script-src 'self' " + strings.ToUpper("x") + "'sha512-a'": {`<script type="importmap">`, false},
	} {
		r := framed()
		header := r.HeaderPolicies(policy, false)
		got := changed(t, r, strings.NewReader(`<script type="importmap">`+text+`</script>`))
		if !strings.Contains(got, want.tag) || r.Changes().Merged != want.merged {
			t.Errorf("%s (became %s): %s", policy, header, got)
		}
		if strings.Contains(want.tag, "nonce") && !strings.Contains(header, "'nonce-N'") {
			t.Errorf("%s has no nonce for the map", header)
		}
	}
	r := framed()
	r.HeaderPolicies("script-src 'nonce-P' 'strict-dynamic'", false)
	page := `<script nonce="P" type="importmap">`
	if got := changed(t, r, strings.NewReader(page+text+`</script>`)); !strings.Contains(got, page+`{"imports":{"https`) {
		t.Errorf("with the page's own nonce: %s", got)
	}
}

func TestRewriter_puts_the_first_script_into_the_head_of_XHTML(t *testing.T) {
	r := New(Config{URL: at("http://127.0.0.1:7301/"), Script: ours, First: "/first.js", Nonce: "N", XML: true})
	page := `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title><script><![CDATA[ if (a<b) "<script src='x'>" ]]></script><script src="` + Documented + `"/></head></html>`
	want := strings.Replace(strings.Replace(page, Documented, ours, 1), "<head>", "<head>"+importer, 1)
	if got := changed(t, r, strings.NewReader(page)); got != want {
		t.Error(got)
	}
}
