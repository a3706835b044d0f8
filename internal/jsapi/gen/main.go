// Command gen writes the files that are generated from the bindings of the dialects:
// the TypeScript types of the SDKs, the reference page, and the conformance vectors for
// both languages. Run it with `go generate ./internal/jsapi/...`.
package main

//go:generate go run .

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
)

func main() {
	if err := run("../../.."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes every file below the repository's root.
func run(root string) error {
	files, err := written(root)
	if err != nil {
		return err
	}
	for path, text := range files {
		path = filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// written returns the text of each file by its path from the root.
func written(root string) (map[string]string, error) {
	document, err := openapi(root, webview.Dialect, ask.Declarations)
	return map[string]string{
		"sdk/protocol/src/catalogue.gen.ts": typescript(webview.Dialect),
		"sdk/protocol/src/codes.gen.ts":     errorCodes(webview.Dialect),
		"sdk/protocol/src/asks.gen.ts":      asks(ask.Declarations),
		"docs/jsapi.md":                     reference(webview.Dialect),
		"spec/vectors/jsapi.json":           vectors(webview.Dialect),
		"spec/openapi.yaml":                 document,
	}, err
}
