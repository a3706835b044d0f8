// Command gen writes the files that are generated from the bindings of the dialects:
// the TypeScript types of the SDKs, the reference page, and the conformance vectors for
// both languages. Run it with `go generate ./internal/jsapi/...`.
package main

//go:generate go run .

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect"
)

func main() {
	if err := run("../../.."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes every file below the repository's root.
func run(root string) error {
	files, err := written(root, dialect.All)
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

// written returns the text of each file by its path from the root. The first dialect is
// the default one; the files of the others have its name in theirs, and their TypeScript
// the name of their family.
func written(root string, dialects []*jsapi.Dialect) (map[string]string, error) {
	document, err := openapi(root, declared{dialects, ask.Declarations, bus.Declarations})
	first := dialects[0]
	files := map[string]string{
		"sdk/protocol/src/asks.gen.ts":      asks(ask.Declarations),
		"sdk/protocol/src/catalogue.gen.ts": typescript(first),
		"sdk/protocol/src/codes.gen.ts":     errorCodes(first),
		"spec/openapi.yaml":                 document,

		"web/simulator/src/control/methods.gen.ts": firstVersions(dialects),
	}
	families := map[string][]*jsapi.Dialect{}
	for i, d := range dialects {
		dash := ""
		if i > 0 {
			dash = "-" + d.Name
			family := cmp.Or(d.Family, d.Name)
			families[family] = append(families[family], d)
			if !slices.Equal(d.Codes, first.Codes) {
				files["sdk/protocol/src/codes."+family+".gen.ts"] = errorCodes(d)
			}
		}
		files["docs/jsapi"+dash+".md"] = reference(d)
		files["spec/vectors/jsapi"+dash+".json"] = vectors(d)
	}
	for name, members := range families {
		files["sdk/protocol/src/catalogue."+name+".gen.ts"] = methodTypes(name, members)
	}
	return files, err
}
