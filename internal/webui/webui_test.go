package webui

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, h http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSDK_files_are_available_to_every_origin(t *testing.T) {
	for name, kind := range map[string]string{
		"miniapp-client.js": "text/javascript", "miniapp-client.umd.js": "text/javascript", "miniapp-client.dummy.js": "text/javascript",
		"miniapp-client.d.ts": "application/typescript", "miniapp-host.js": "text/javascript", "miniapp-host.d.ts": "application/typescript",
		"miniapp-client.tgz": "application/gzip", "miniapp-host.tgz": "application/gzip",
	} {
		got := get(t, SDK(), "/sdk/"+name)
		h := got.Header
		if got.StatusCode != 200 || !strings.HasPrefix(h.Get("Content-Type"), kind) || len(body(t, got)) < 500 {
			t.Errorf("%s: %d %s", name, got.StatusCode, h.Get("Content-Type"))
		}
		if h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", name, h)
		}
		if h.Get("Cache-Control") != "public, max-age=0, must-revalidate" || h.Get("ETag") == "" {
			t.Errorf("%s: %v", name, h)
		}
		if again := get(t, SDK(), "/sdk/"+name, "If-None-Match", h.Get("ETag")); again.StatusCode != 304 {
			t.Errorf("%s: revalidation returned %d", name, again.StatusCode)
		}
		if kept := get(t, SDK(), "/sdk/"+name+"?v=1.0.0").Header.Get("Cache-Control"); kept != "public, max-age=31536000, immutable" {
			t.Errorf("%s with a version: %s", name, kept)
		}
	}
}

func TestSDK_answers_404_for_other_paths(t *testing.T) {
	for _, name := range []string{
		"", "x.js", "miniapp-client", "miniapp-client/", "miniapp-client/package.json", "miniapp-client/dist/miniapp-client.js", ".tgz", "..tgz", "x.tgz",
		"miniapp-client/dist.tgz", "../simulator.tgz", "..%2fsimulator.tgz", "%2e%2e/simulator/app.js", "../simulator/app.js", "miniapp-client.js/", "/miniapp-client.js%00", "//etc/passwd",
	} {
		if got := get(t, SDK(), "/sdk/"+name); got.StatusCode != 404 && name != "miniapp-client.js/" {
			t.Errorf("%q: %d", name, got.StatusCode)
		}
	}
}

// entries unpacks an archive.
func entries(t *testing.T, data []byte) (headers []*tar.Header, contents map[string][]byte) {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	contents = map[string][]byte{}
	for in := tar.NewReader(zip); ; {
		h, err := in.Next()
		if err == io.EOF {
			return headers, contents
		}
		if err != nil {
			t.Fatal(err)
		}
		headers = append(headers, h)
		if contents[h.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
}

func TestArchive_is_a_complete_npm_package(t *testing.T) {
	for _, name := range []string{"miniapp-client", "miniapp-host"} {
		data := body(t, get(t, SDK(), "/sdk/"+name+".tgz"))
		if again := body(t, get(t, SDK(), "/sdk/"+name+".tgz")); !bytes.Equal(data, again) {
			t.Errorf("%s: two archives of the same files differ", name)
		}
		headers, contents := entries(t, data)
		for _, h := range headers {
			if !strings.HasPrefix(h.Name, "package/") || path.Clean(h.Name) != h.Name || h.Typeflag != tar.TypeReg || h.Mode != 0o644 || !h.ModTime.Equal(npmTime) || h.Uname != "" {
				t.Errorf("%s: %+v", name, h)
			}
		}
		var pkg struct {
			Name, Version, License, Main, Module, Types string
			Exports                                     any
			Scripts, Dependencies                       map[string]string
			Private                                     bool
		}
		if err := json.Unmarshal(contents["package/package.json"], &pkg); err != nil {
			t.Fatal(err)
		}
		if pkg.Name != "@selasar/"+name || pkg.Version == "" || pkg.License != "Apache-2.0" || pkg.Private || len(pkg.Scripts) > 0 || len(pkg.Dependencies) > 0 {
			t.Errorf("%s: %+v", name, pkg)
		}
		for _, one := range append(paths(pkg.Exports), pkg.Main, pkg.Module, pkg.Types, "./README.md", "./LICENSE") {
			if one != "" && contents["package/"+strings.TrimPrefix(one, "./")] == nil {
				t.Errorf("%s names %s, which is not in it", name, one)
			}
		}
		if js := contents["package/dist/"+name+".js"]; !bytes.Equal(js, body(t, get(t, SDK(), "/sdk/"+name+".js"))) {
			t.Errorf("%s: the module in the archive differs from the served one", name)
		}
	}
}

// paths returns every file that a package's exports name.
func paths(v any) (list []string) {
	switch v := v.(type) {
	case string:
		list = append(list, v)
	case map[string]any:
		for _, inner := range v {
			list = append(list, paths(inner)...)
		}
	}
	return list
}

func TestSimulator_page_has_security_headers(t *testing.T) {
	h := Simulator(func(host string) (frames, pictures []string) {
		return []string{"http://" + host + ":7301"}, []string{"https://cdn.example"}
	})
	got := get(t, h, "/")
	if got.StatusCode != 200 || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
		t.Fatalf("%d %v", got.StatusCode, got.Header)
	}
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q", name, got.Header.Get(name))
		}
	}
	policy := map[string]string{}
	for _, part := range strings.Split(got.Header.Get("Content-Security-Policy"), "; ") {
		name, value, _ := strings.Cut(part, " ")
		policy[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'none'",
	} {
		if policy[name] != want {
			t.Errorf("%s is %q, want %q", name, policy[name], want)
		}
	}
	if !strings.Contains(policy["frame-src"], "http://example.com:7301") || strings.Contains(policy["frame-src"], "*") || !strings.Contains(policy["img-src"], "https://cdn.example") {
		t.Errorf("%v", policy)
	}
	if text := got.Header.Get("Content-Security-Policy"); strings.Contains(text, "unsafe") {
		t.Error(text)
	}
}

// The page has no inline code and loads nothing from other origins, so its
// content security policy holds.
func TestSimulator_page_follows_its_security_policy(t *testing.T) {
	h := Simulator(func(string) (frames, pictures []string) { return nil, nil })
	page := string(body(t, get(t, h, "/")))
	for _, inline := range []string{`<script>`, `<style`, ` style="`, ` onclick=`, ` onload=`, `javascript:`, `http://`, `https://`} {
		if strings.Contains(page, inline) {
			t.Errorf("the page has %s", inline)
		}
	}
	for _, name := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if got := get(t, h, path.Join("/", name[1])); got.StatusCode != 200 {
			t.Errorf("%s: %d", name[1], got.StatusCode)
		}
	}
}

// If a kind of entry had no text, the page could not show the journal at all.
func TestSimulator_has_a_text_for_every_kind_of_journal_entry(t *testing.T) {
	source, err := os.ReadFile("../journal/entry.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("simulator/app.js")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`\bKind\s+= "([a-z]+)"`).FindAllSubmatch(source, -1)
	if len(kinds) < 10 {
		t.Fatalf("found the kinds %q only", kinds)
	}
	for _, kind := range kinds {
		if !bytes.Contains(page, []byte("kind_"+string(kind[1])+":[")) {
			t.Errorf("web/simulator/src/text/catalogue.ts lacks kind_%s", kind[1])
		}
	}
}
