package architecture

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The bounds of what a reader takes in at once.
const (
	maxFileLines     = 300
	maxFunctionLines = 60
	maxPackageFiles  = 25
)

// A store has a file for each noun, so that its package grows with the nouns.
var maxFilesOf = map[string]int{"internal/sqlstore": 40}

const root = "../.."

// TestSizes_stay_readable holds hand-written code to the bounds above.
// Packages of testkit count; _test.go files count for no package, and neither
// for the length of files nor of functions.
func TestSizes_stay_readable(t *testing.T) {
	inPackage := map[string]int{}
	for path, text := range handWritten(t) {
		if lines := bytes.Count(text, []byte("\n")); lines > maxFileLines {
			t.Errorf("%s has %d lines: split it by subject, at most %d", path, lines, maxFileLines)
		}
		if !strings.HasSuffix(path, ".go") {
			continue
		}
		folder := filepath.Dir(path)
		most := cmp.Or(maxFilesOf[folder], maxPackageFiles)
		if inPackage[folder]++; inPackage[folder] == most+1 {
			t.Errorf("%s has more than %d files: split the package", folder, most)
		}
		checkFunctions(t, path, text)
	}
	if len(inPackage) < 30 {
		t.Errorf("found %d packages: the walk misses some", len(inPackage))
	}
}

func checkFunctions(t *testing.T, path string, text []byte) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, declared := range file.Decls {
		f, ok := declared.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1; lines > maxFunctionLines {
			t.Errorf("%s: %s has %d lines: at most %d", path, f.Name.Name, lines, maxFunctionLines)
		}
	}
}

// handWritten returns the Go and TypeScript sources of the repository by path,
// without tests and without what a program wrote.
func handWritten(t *testing.T) map[string][]byte {
	t.Helper()
	sources := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "node_modules" || name == "testdata" || (strings.HasPrefix(name, ".") && path != root) || path == filepath.Join(root, "internal", "webui", "sdk") {
				return filepath.SkipDir
			}
			return nil
		}
		if !source(name) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Contains(text[:min(len(text), 200)], []byte("Code generated")) {
			sources[strings.TrimPrefix(filepath.ToSlash(path), root+"/")] = text
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// source reports whether a file of this name is hand-written code that counts.
func source(name string) bool {
	if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".d.ts") || strings.Contains(name, ".gen.") {
		return false
	}
	return strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".ts") || strings.HasSuffix(name, ".tsx")
}
