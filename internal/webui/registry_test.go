package webui

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

type packument struct {
	Name     string
	DistTags map[string]string `json:"dist-tags"`
	Time     map[string]string
	Versions map[string]struct {
		Name, Version string
		Exports       any
		Dist          struct{ Tarball, Integrity, Shasum string }
	}
}

func TestRegistry_has_each_package_with_its_archive_on_the_same_origin(t *testing.T) {
	for _, name := range Packages() {
		for _, path := range []string{name, strings.Replace(name, "/", "%2f", 1)} {
			answer := get(t, Registry(), "/npm/"+path, "Accept", "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*")
			var p packument
			if err := json.Unmarshal(body(t, answer), &p); err != nil || answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "application/vnd.npm.install-v1+json" {
				t.Fatalf("%s: %d %v %v", path, answer.StatusCode, answer.Header, err)
			}
			latest := p.DistTags["latest"]
			v := p.Versions[latest]
			if p.Name != name || v.Name != name || v.Version != latest || p.Time[latest] == "" || v.Exports == nil {
				t.Errorf("%s: %+v", path, p)
			}
			tarball, own := strings.CutPrefix(v.Dist.Tarball, "http://example.com")
			data := body(t, get(t, Registry(), tarball))
			sum := sha512.Sum512(data)
			if !own || v.Dist.Integrity != "sha512-"+base64.StdEncoding.EncodeToString(sum[:]) || len(v.Dist.Shasum) != 40 {
				t.Errorf("%s: %+v", path, v.Dist)
			}
			_, contents := entries(t, data)
			var inside struct{ Name, Version string }
			if err := json.Unmarshal(contents["package/package.json"], &inside); err != nil || inside.Name != name || inside.Version != latest {
				t.Errorf("%s has a package.json of %+v", path, inside)
			}
		}
	}
	if a, err := PackageArchive("@gopay/miniapp-client"); err != nil || a.Version != "0.3.19" || a.File() != "gopay-miniapp-client-0.3.19.tgz" {
		t.Errorf("%s %s: a range such as ^0.3.19 does not accept it (%v)", a.Name, a.Version, err)
	}
}

func TestRegistry_refuses_other_packages_and_methods(t *testing.T) {
	for _, path := range []string{"", "react", "@gopay/other", "@gopay/miniapp-client/-/miniapp-client-0.3.20.tgz", "@gopay/miniapp-client/-/../x", "miniapp-client", "../sdk/miniapp-client", "%00"} {
		answer := get(t, Registry(), "/npm/"+path)
		var reason struct{ Error string }
		if err := json.Unmarshal(body(t, answer), &reason); err != nil || answer.StatusCode != 404 || reason.Error == "" {
			t.Errorf("%q: %d %v", path, answer.StatusCode, err)
		}
	}
	w := httptest.NewRecorder()
	Registry().ServeHTTP(w, httptest.NewRequest("PUT", "/npm/@gopay%2fminiapp-client", nil))
	if w.Code != 405 || !slices.Contains(w.Result().Header["Allow"], "GET, HEAD") {
		t.Errorf("PUT: %d", w.Code)
	}
	if got := get(t, Registry(), "/npm/-/ping"); got.StatusCode != 200 {
		t.Errorf("ping: %d", got.StatusCode)
	}
}
