package document

import (
	"strings"
	"testing"
)

const first = "http://127.0.0.1:7301/first.js"

var policyMarkers = strings.NewReplacer("{F}", first, "{S}", ours, "{H}", hashOf(ImportMap(ours)))

func TestHeaderPolicies_allow_exactly_what_is_needed(t *testing.T) {
	for from, to := range map[string]string{
		"":                     "",
		"img-src 'self'":       "img-src 'self'",
		"script-src *":         "script-src * {H}",
		"script-src 'self'":    "script-src 'self'",
		"script-src 'none'":    "script-src {F}",
		"script-src":           "script-src {F}",
		"default-src 'none'":   "default-src 'none'; script-src {F}",
		"script-src https://x": "script-src https://x {F}",
		"script-src 'self' https://gwk.gopayapi.com":                              "script-src 'self' https://gwk.gopayapi.com {H} {S}",
		"SCRIPT-SRC 'SELF' HTTPS://GWK.GOPAYAPI.COM/SDK/":                         "SCRIPT-SRC 'SELF' HTTPS://GWK.GOPAYAPI.COM/SDK/",
		"script-src 'self' https://gwk.gopayapi.com/sdk/":                         "script-src 'self' https://gwk.gopayapi.com/sdk/ {H} {S}",
		"script-src 'self' gwk.gopayapi.com/sdk/stable/gp-container.min.js":       "script-src 'self' gwk.gopayapi.com/sdk/stable/gp-container.min.js {H} {S}",
		"script-src 'self' https://gwk.gopayapi.com/sdk":                          "script-src 'self' https://gwk.gopayapi.com/sdk",
		"script-src 'self' *.gopayapi.com:443":                                    "script-src 'self' *.gopayapi.com:443 {H} {S}",
		"script-src 'self' https:":                                                "script-src 'self' https: {H} {S}",
		"script-src 'self' http:":                                                 "script-src 'self' http: {H}",
		"script-src 'self' 'unsafe-inline' https://gwk.gopayapi.com":              "script-src 'self' 'unsafe-inline' https://gwk.gopayapi.com {S}",
		"script-src 'unsafe-inline'":                                              "script-src 'unsafe-inline' {F}",
		"script-src 'nonce-a' 'strict-dynamic' 'unsafe-inline' https:":            "script-src 'nonce-a' 'strict-dynamic' 'unsafe-inline' https: 'nonce-N'",
		"script-src 'nonce-a' 'self'":                                             "script-src 'nonce-a' 'self' {H}",
		"script-src 'sha256-abc'":                                                 "script-src 'sha256-abc' 'nonce-N'",
		"default-src 'self'; img-src *; script-src-elem https://gwk.gopayapi.com": "default-src 'self'; img-src *; script-src-elem https://gwk.gopayapi.com {F} {H} {S}",
		"default-src 'self' https://gwk.gopayapi.com":                             "default-src 'self' https://gwk.gopayapi.com; script-src 'self' https://gwk.gopayapi.com {H} {S}",
		"script-src 'self'; script-src https://gwk.gopayapi.com":                  "script-src 'self'; script-src https://gwk.gopayapi.com",
		"script-src 'self'; trusted-types app":                                    "script-src 'self'; trusted-types app selasar",
		"trusted-types 'none'; require-trusted-types-for 'script'":                "trusted-types selasar; require-trusted-types-for 'script'",
		"script-src 'self';Upgrade-Insecure-Requests; img-src *":                  "script-src 'self'; img-src *",
		"trusted-types *": "trusted-types *",
		"script-src 'self' https://gwk.gopayapi.com, script-src https: 'nonce-a'":    "script-src 'self' https://gwk.gopayapi.com {H} {S},script-src https: 'nonce-a' 'nonce-N' {S}",
		"script-src 'self' https://gwk.gopayapi.com:8443 http://gwk.gopayapi.com:80": "script-src 'self' https://gwk.gopayapi.com:8443 http://gwk.gopayapi.com:80",
	} {
		want := policyMarkers.Replace(to)
		if got := framed().HeaderPolicies(from, false); got != want {
			t.Errorf("%s\n became %s\n   want %s", from, got, want)
		}
	}
}

func TestRewriter_changes_policies_in_meta(t *testing.T) {
	for from, to := range map[string]string{
		`<meta http-equiv="Content-Security-Policy" content="script-src 'self' https://gwk.gopayapi.com">`: `<meta http-equiv="Content-Security-Policy" content="script-src 'self' https://gwk.gopayapi.com {S}">`,
		`<META CONTENT='default-src https:' HTTP-EQUIV=content-security-policy>`:                           `<META CONTENT='default-src https:; script-src https: {S}' HTTP-EQUIV=content-security-policy>`,
		`<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`:                          `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`,
		`<meta http-equiv="content-security-policy" content="script-src &#39;none&#39;">`:                  `<meta http-equiv="content-security-policy" content="script-src &#39;none&#39;">`,
	} {
		want := policyMarkers.Replace(to)
		if got := changed(t, plain(), strings.NewReader(from)); got != want {
			t.Errorf("%s\n became %s\n   want %s", from, got, want)
		}
	}
}

func TestRewriter_remembers_policies_that_refuse_the_script(t *testing.T) {
	r := framed()
	r.HeaderPolicies("img-src *; script-src 'self', script-src https:", false)
	r.HeaderPolicies("script-src 'self'", true)
	if got := r.Changes().Refused; len(got) != 1 || got[0] != "script-src 'self'" {
		t.Errorf("refused by %q", got)
	}
	if got := changed(t, r, strings.NewReader("<p>")); strings.Contains(got, "importmap") {
		t.Errorf("the document has an import map that no script can use: %s", got)
	}
}

// A hash of the page's script says nothing about Selasar's: a nonce takes its place.
func TestRewriter_gives_a_nonce_for_a_removed_hash(t *testing.T) {
	r := framed()
	r.HeaderPolicies("script-src 'sha384-abc' 'strict-dynamic'", false)
	got := changed(t, r, strings.NewReader(`<script src="`+Documented+`" integrity="sha384-abc"></script>`))
	if !strings.HasSuffix(got, `<script nonce="N" src="`+ours+`"></script>`) {
		t.Error(got)
	}
}
