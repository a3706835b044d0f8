package webui

import (
	"crypto/sha1" //nolint:gosec // npm's registry protocol names it beside the strong hash
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
)

// npmPackage is a package of the registry.
type npmPackage struct {
	name    string
	folder  string // below sdk
	version string // empty: that of the folder's package.json
}

// npmPackages are the packages of the registry. GoPay's package has the version in which its documentation introduces
// MiniAppSDK, so that a range such as ^0.3.19 accepts it.
var npmPackages = []npmPackage{
	{"@gopay/miniapp-client", "miniapp-client", "0.3.19"},
	{"@selasar/miniapp-client", "miniapp-client", ""},
	{"@selasar/gp-container", "gp-container", ""},
	{"@selasar/miniapp-host", "miniapp-host", ""},
}

// Packages returns the names of the packages that the registry has.
func Packages() (names []string) {
	for _, one := range npmPackages {
		names = append(names, one.name)
	}
	return names
}

// Archive is a package as npm installs it.
type Archive struct {
	Name, Version string
	Data          []byte // a .tgz

	manifest map[string]any
}

// File returns the name of the archive's file, such as gopay-miniapp-client-0.3.19.tgz.
func (a Archive) File() string {
	return strings.ReplaceAll(strings.TrimPrefix(a.Name, "@"), "/", "-") + "-" + a.Version + ".tgz"
}

// path returns the path of the archive in the registry.
func (a Archive) path() string {
	_, short, _ := strings.Cut(a.Name, "/")
	return registryPath + a.Name + "/-/" + short + "-" + a.Version + ".tgz"
}

// PackageArchive returns a package by its name.
func PackageArchive(name string) (a Archive, err error) {
	at := slices.IndexFunc(npmPackages, func(one npmPackage) bool { return one.name == name })
	if at < 0 {
		return a, fmt.Errorf("there is no package %s; the registry has %s", name, strings.Join(Packages(), ", "))
	}
	one := npmPackages[at]
	dir, err := fs.Sub(files, "sdk/"+one.folder)
	if err != nil {
		return a, err
	}
	text, err := fs.ReadFile(dir, "package.json")
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(text, &a.manifest); err != nil {
		return a, err
	}
	if one.version == "" {
		one.version, _ = a.manifest["version"].(string)
	}
	a.Name, a.Version = one.name, one.version
	if a.manifest["name"] != a.Name { // served under another name, with its version
		a.manifest["name"], a.manifest["version"] = a.Name, a.Version
		if text, err = json.MarshalIndent(a.manifest, "", "  "); err != nil {
			return a, err
		}
	}
	a.Data, err = pack(dir, text)
	return a, err
}

// registryPath is where the registry answers.
const registryPath = "/npm/"

// Registry serves the packages by the protocol of npm's registry, for a line such as
// "@gopay:registry=http://127.0.0.1:7300/npm/" in .npmrc. It has no other packages, and accepts none.
func Registry() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			registryError(w, http.StatusMethodNotAllowed, "this registry only serves the packages of Selasar")
			return
		}
		name := strings.TrimPrefix(r.URL.Path, registryPath)
		if name == "-/ping" {
			writeJSON(w, r, "application/json", map[string]any{})
			return
		}
		wanted, _, isArchive := strings.Cut(name, "/-/")
		archive, err := PackageArchive(wanted)
		switch {
		case err != nil:
			registryError(w, http.StatusNotFound, err.Error()+"; in .npmrc, name it for these scopes only: @gopay:registry and @selasar:registry")
		case isArchive && r.URL.Path == archive.path():
			serveTagged(w, r, archive.File(), "application/octet-stream", archive.Data)
		case isArchive:
			registryError(w, http.StatusNotFound, fmt.Sprintf("%s has the version %s only", archive.Name, archive.Version))
		default:
			writeJSON(w, r, kindOfPackument(r), archive.packument("http://"+r.Host))
		}
	})
}

// kindOfPackument returns the media type of an answer: npm asks for a shorter document, of which this one is a superset.
func kindOfPackument(r *http.Request) string {
	const short = "application/vnd.npm.install-v1+json"
	if strings.Contains(r.Header.Get("Accept"), short) {
		return short
	}
	return "application/json"
}

// packument returns the package's document. Its archive is on the origin of the registry, as npm 12 demands.
func (a Archive) packument(origin string) map[string]any {
	strong, weak := sha512.Sum512(a.Data), sha1.Sum(a.Data) //nolint:gosec // see the import
	version := map[string]any{"_id": a.Name + "@" + a.Version, "dist": map[string]any{
		"tarball":   origin + a.path(),
		"integrity": "sha512-" + base64.StdEncoding.EncodeToString(strong[:]),
		"shasum":    hex.EncodeToString(weak[:]),
	}}
	for key, value := range a.manifest {
		version[key] = value
	}
	made := npmTime.Format("2006-01-02T15:04:05.000Z") // package managers refuse very young packages
	return map[string]any{
		"_id": a.Name, "name": a.Name, "modified": made,
		"dist-tags": map[string]string{"latest": a.Version},
		"versions":  map[string]any{a.Version: version},
		"time":      map[string]string{"created": made, "modified": made, a.Version: made},
	}
}

func writeJSON(w http.ResponseWriter, r *http.Request, kind string, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		registryError(w, http.StatusInternalServerError, "the document cannot be written")
		return
	}
	serveTagged(w, r, "", kind, data)
}

func registryError(w http.ResponseWriter, status int, reason string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": reason})
}
