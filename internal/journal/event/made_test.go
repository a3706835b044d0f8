package event

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// Packages that handle entries without telling of an event: the journal itself,
// its store, and the contract of that store.
var handlers = []string{"internal/journal", "internal/testkit/storetest"}

// Every other place makes entries by an event of this package: it writes no
// journal.Entry of its own.
func TestEntries_are_made_from_declared_events_only(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	files := 0
	for _, folder := range []string{"cmd", "internal", "bench", "examples"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			for _, handler := range handlers {
				if strings.HasPrefix(filepath.ToSlash(name), handler+"/") {
					return nil
				}
			}
			files++
			return checkMade(t, name, path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were read", files)
	}
}

func checkMade(t *testing.T, name, path string) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return err
	}
	if !imports(file, "internal/journal") {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		made, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if of, ok := made.Type.(*ast.SelectorExpr); ok && of.Sel.Name == "Entry" {
			if from, ok := of.X.(*ast.Ident); ok && from.Name == "journal" {
				t.Errorf("%s:%d makes an entry by itself; use an event of package event", name, set.Position(n.Pos()).Line)
			}
		}
		return true
	})
	return nil
}

func imports(file *ast.File, suffix string) bool {
	for _, spec := range file.Imports {
		if strings.HasSuffix(strings.Trim(spec.Path.Value, `"`), suffix) {
			return true
		}
	}
	return false
}
