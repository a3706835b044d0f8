package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/sourcetree"
)

// reading returns the reading of a folder with files, given as name and content in turn.
func reading(t *testing.T, files ...string) Reading {
	t.Helper()
	folder := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(folder, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Read(folder, []string{"GP", "GPBase"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// calls are the calls of a reading: "a.js:1:13 GP.authorize".
func calls(r Reading) string {
	var list []string
	for _, c := range r.Calls {
		list = append(list, fmt.Sprintf("%s:%d:%d %s", c.File, c.Line, c.Col, c.Method))
	}
	return strings.Join(list, "\n")
}

func TestRead_finds_calls_of_gpContainer(t *testing.T) {
	for name, one := range map[string]struct{ file, code, want string }{
		"plain":              {"a.js", `gpContainer.call("GPBase", "getLocale", {}, ok)`, "a.js:1:13 GPBase.getLocale"},
		"optional":           {"a.js", `window.gpContainer?.call?.('GPBase', 'getLocale')`, "a.js:1:21 GPBase.getLocale"},
		"TypeScript":         {"a.ts", "(window as any).gpContainer!.call<Locale>(`GPBase`, `getLocale`, {})", "a.ts:1:30 GPBase.getLocale"},
		"by its name":        {"a.js", `window["gpContainer"].call("Payment", "process", {})`, "a.js:1:23 Payment.process"},
		"another object":     {"a.js", "const c = gp();\n  c.call(\"GPBase\", \"getLocale\", {})", "a.js:2:5 GPBase.getLocale"},
		"by a wrapper":       {"a.js", `await invoke("GP", "launchPayment", { deeplink })`, "a.js:1:7 GP.launchPayment"},
		"other names":        {"a.js", `t("GPS", "off"); t("GPay")`, ""},
		"Function.call":      {"a.js", `f.call("this", "that")`, ""},
		"in comments":        {"a.js", "// gpContainer.call('GP', 'a', {})\n/* gpContainer.call('GP', 'b', {}) */", ""},
		"in a string":        {"a.js", `say("gpContainer.call('GP', 'a', {})")`, ""},
		"in a template":      {"a.js", "say(`${ gpContainer.call('GP', 'authorize', { a: `${1}` }) } gpContainer.call('GP', 'b')`)", "a.js:1:21 GP.authorize"},
		"after a regexp":     {"a.js", `x = /["'/*]/.test(y); gpContainer.call('GP', 'authorize', {})`, "a.js:1:35 GP.authorize"},
		"after a division":   {"a.js", `x = a / b; gpContainer.call('GP', 'authorize', {}) / 2`, "a.js:1:24 GP.authorize"},
		"after JSX":          {"a.jsx", "const a = <p>Don't</p>;\ngpContainer.call('GP', 'authorize', {})", "a.jsx:2:13 GP.authorize"},
		"in HTML":            {"a.html", "<p>gpContainer.call('GP', 'a', {})</p>\n<script>\n gpContainer.call('GP', 'authorize', {})</script>", "a.html:3:14 GP.authorize"},
		"in a handler":       {"a.html", `<p onclick="gpContainer.call('GP', 'authorize', {})">`, "a.html:1:25 GP.authorize"},
		"in an HTML comment": {"a.html", `<!-- <script>gpContainer.call('GP', 'a', {})</script> -->`, ""},
		"in Vue":             {"a.vue", "<template>\n<b @click=\"gpContainer.call('GP', 'authorize', {})\"/></template>", "a.vue:2:24 GP.authorize"},
		"in Astro":           {"a.astro", "---\nconst a = 1;\n---\n<script>gpContainer.call('GP', 'authorize', {})</script>", "a.astro:4:21 GP.authorize"},
		"in other files":     {"a.css", `gpContainer.call("GPBase", "getLocale", {})`, ""},
		"installed":          {"node_modules/x/a.js", `gpContainer.call("GPBase", "getLocale", {})`, ""},
		"built":              {"dist/a.js", `gpContainer.call("GPBase", "getLocale", {})`, ""},
		"bundled":            {"bundle.js", "gpContainer.call('GP', 'a', {})\n//# sourceMappingURL=bundle.js.map", ""},
		"minified":           {"gp-container.min.js", `gpContainer.call("GPBase", "getLocale", {})`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := calls(reading(t, one.file, one.code)); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}

func TestRead_finds_methods_of_MiniAppSDK(t *testing.T) {
	for name, one := range map[string]struct {
		files []string
		want  string
	}{
		"a variable":     {[]string{"a.js", "const sdk = new MiniAppSDK();\nsdk.getAuthCode()"}, "a.js:2:5 getAuthCode"},
		"with a type":    {[]string{"a.ts", "const sdk: MiniAppSDK = new MiniAppSDK({});\nsdk!.getAuthCode()"}, "a.ts:2:6 getAuthCode"},
		"a member":       {[]string{"a.js", "class A { constructor() { this.sdk = new MiniAppSDK() }\n go() { return this.sdk?.getAuthCode() } }"}, "a.js:2:26 getAuthCode"},
		"another name":   {[]string{"a.js", "import Gopay from '@gopay/miniapp-client';\nconst g = new Gopay();\ng.getLocation()"}, "a.js:3:3 getLocation"},
		"in a hook":      {[]string{"a.jsx", "const sdk = useMemo(() => new MiniAppSDK(), []);\nsdk.getLocation()"}, "a.jsx:2:5 getLocation"},
		"imported":       {[]string{"a.js", "export const sdk = new MiniAppSDK()", "b.js", "import { sdk } from './a.js';\nsdk.getLocation()"}, "b.js:2:5 getLocation"},
		"another's name": {[]string{"a.js", "export const sdk = new MiniAppSDK()", "b.js", "const sdk = other();\nsdk.getLocation()"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := calls(reading(t, one.files...)); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}

func TestRead_counts_calls_without_literal_names(t *testing.T) {
	r := reading(t, "a.js", "gpContainer.call(name, 'x', {});\ngpContainer.call(...all);\ngpContainer.call('GP', method)")
	if len(r.Calls) != 0 || len(r.Unreadable) != 3 || r.Unreadable[1] != (Place{"a.js", 2, 13}) {
		t.Errorf("calls %v, not readable %v", r.Calls, r.Unreadable)
	}
}

func TestRead_finds_features_and_spellings(t *testing.T) {
	r := reading(t, "a.js", "navigator.share({}); window.open('x'); e.errorCode === 1003 || e?.error_code; navigator.share")
	if len(r.Features) != 2 || r.Features[0].Name != "navigator.share" || r.Features[1].Name != "window.open" {
		t.Errorf("features %v", r.Features)
	}
	if len(r.Camel) != 1 || len(r.Snake) != 1 {
		t.Errorf("camel %v, snake %v", r.Camel, r.Snake)
	}
}

func TestRead_skips_large_files(t *testing.T) {
	r := reading(t, "a.js", strings.Repeat(" ", sourcetree.MaxFile)+"gpContainer.call('GP', 'a', {})")
	if r.Large != 1 || r.Files != 0 || len(r.Calls) != 0 {
		t.Errorf("%d large, %d read, calls %v", r.Large, r.Files, r.Calls)
	}
}

// The lexer reads every text to its end, with places inside it.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"a.b('c')", "`${a}`", "`${`${'}'}`}`", "/[/]/", "'", "`", "${", "<p>it's</p>", "\xff\"", "/*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		lines := strings.Count(code, "\n") + 1
		for _, token := range tokens(code) {
			if token.line < 1 || token.line > lines || token.col < 1 {
				t.Errorf("token %+v in %d lines", token, lines)
			}
		}
		codeOf("a.html", code)
	})
}
