// Package webui serves the files that are embedded in the binary: the simulator
// page, and the SDK packages for mini apps and hosts.
package webui

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:simulator all:sdk
var files embed.FS

// Simulator serves the simulator page. framed returns, for the Host header of the
// request, the origins that the page may show in frames and load pictures from.
func Simulator(framed func(host string) (frames, pictures []string)) http.Handler {
	dir, err := fs.Sub(files, "simulator")
	if err != nil {
		panic(err) // it is embedded
	}
	serve := http.FileServerFS(dir)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy(framed(r.Host)))
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		serve.ServeHTTP(w, r)
	})
}

// policy returns the page's content security policy. It allows the page's own
// files and the given origins.
func policy(frames, pictures []string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'",
		"connect-src 'self' ws: wss: " + strings.Join(frames, " "), // prepares the mini app's origin for a launch
		"img-src 'self' data: " + strings.Join(pictures, " "),
		"frame-src 'self' " + strings.Join(frames, " "),
		"frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
	}, "; ")
}

// alias maps the short path of an SDK file to its path in a package.
var alias = map[string]string{
	"miniapp-client.js":          "miniapp-client/dist/miniapp-client.js",
	"miniapp-client.umd.js":      "miniapp-client/dist/miniapp-client.umd.js",
	"miniapp-client.dummy.js":    "miniapp-client/dist/miniapp-client.dummy.js",
	"miniapp-client.d.ts":        "miniapp-client/dist/miniapp-client.d.ts",
	"gp-container.js":            "gp-container/dist/gp-container.js",
	"gp-container.min.js":        "gp-container/dist/gp-container.min.js",
	"gp-container.d.ts":          "gp-container/dist/gp-container.d.ts",
	"stable/gp-container.min.js": "gp-container/dist/gp-container.min.js", // the path of GoPay's own script
	"miniapp-host.js":            "miniapp-host/dist/miniapp-host.js",
	"miniapp-host.d.ts":          "miniapp-host/dist/miniapp-host.d.ts",
}

// SDK serves the SDK files below /sdk/ to pages of every origin, and each package
// as an npm archive. An answer to ?v=VERSION may be cached without a limit. An answer to
// the bare path, or to a path below stable/, must be revalidated each time.
func SDK() http.Handler {
	dir, err := fs.Sub(files, "sdk")
	if err != nil {
		panic(err) // it is embedded
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/sdk/")
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		if pkg, ok := strings.CutSuffix(name, ".tgz"); ok {
			serveArchive(w, r, dir, pkg)
			return
		}
		data, err := fs.ReadFile(dir, alias[name])
		if err != nil {
			http.Error(w, "there is no SDK file "+name, http.StatusNotFound)
			return
		}
		serveTagged(w, r, name, typeOf(name), data)
	})
}

func typeOf(name string) string {
	if strings.HasSuffix(name, ".ts") {
		return "application/typescript; charset=utf-8"
	}
	return "text/javascript; charset=utf-8"
}
