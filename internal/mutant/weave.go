package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// mutant is one broken place.
type mutant struct {
	id       int
	file     *source
	function string // such as (*Service).expire
	what     string
	place    string // file:line
	fn       *ast.FuncDecl
	decl     string // the function, broken
	constant *constant
}

// constant is a broken number in a declaration outside of functions.
type constant struct {
	decl  *ast.GenDecl
	kind  ast.Expr // of the declaration, or nil
	value ast.Expr // of the declaration, which contains the number
	text  string   // the value, broken
	whole string   // the file, broken
}

// String names a mutant the same way as long as its place stays as it is.
func (m *mutant) String() string {
	return filepath.Base(filepath.Dir(m.file.path)) + "/" + filepath.Base(m.file.path) + " " + m.function + ": " + m.what
}

// mutants returns the mutants of a package's functions and constants.
func (p *pkg) mutants() (list []*mutant) {
	for _, file := range p.files {
		for _, d := range file.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body == nil || d.Name.Name == "init" || p.prose(d) {
					continue
				}
				for _, s := range p.sitesOf(d) {
					s.do()
					m := p.mutant(file, nameOf(p, d), s)
					m.fn, m.decl = d, text(p, plain(d))
					list = append(list, m)
					s.undo()
				}
			case *ast.GenDecl:
				list = append(list, p.constants(file, d)...)
			}
		}
	}
	for i, m := range list {
		m.id = i + 1
	}
	return list
}

func (p *pkg) mutant(file *source, function string, s site) *mutant {
	at := p.fset.Position(s.node.Pos())
	return &mutant{
		file: file, function: function, what: strings.Join(strings.Fields(s.what), " "),
		place: fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line),
	}
}

// sound leaves out the mutants of functions that do not compile.
func (p *pkg) sound(list []*mutant) ([]*mutant, error) {
	for {
		files, err := p.parsed(p.woven(list))
		if err != nil {
			return nil, err
		}
		broken := map[int]bool{}
		faults := p.check(files, nil)
		for _, fault := range faults {
			id := mutantAt(files, p.fset, fault.Pos)
			if id == 0 {
				return nil, fault
			}
			broken[id] = true
		}
		if len(faults) == 0 {
			return list, nil
		}
		list = slices.DeleteFunc(list, func(m *mutant) bool { return broken[m.id] })
	}
}

// compiles reports whether the package compiles with other texts of files.
func (p *pkg) compiles(texts map[string]string) bool {
	files, err := p.parsed(texts)
	return err == nil && len(p.check(files, nil)) == 0
}

// parsed returns the package's files, some of them with other texts.
func (p *pkg) parsed(texts map[string]string) (files []*source, err error) {
	for path, text := range texts {
		file, err := parser.ParseFile(p.fset, path, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, &source{path, []byte(text), file})
	}
	for _, file := range p.files {
		if texts[file.path] == "" {
			files = append(files, file)
		}
	}
	return files, nil
}

// mutantAt returns the id of the mutant that a place belongs to, or 0.
func mutantAt(files []*source, fset *token.FileSet, pos token.Pos) (id int) {
	at := fset.Position(pos)
	for _, file := range files {
		if file.path != at.Filename {
			continue
		}
		above := file.text[:at.Offset]
		if i := bytes.LastIndex(above, []byte("\n// mutant ")); i >= 0 {
			_, _ = fmt.Sscanf(string(above[i:]), "\n// mutant %d", &id)
		}
	}
	return id
}

// prose reports whether a function only words an entry of the journal.
func (p *pkg) prose(fn *ast.FuncDecl) bool {
	results := fn.Type.Results
	return results != nil && len(results.List) == 1 && told(p.info.Types[results.List[0].Type].Type)
}

// plain returns a function without its comment.
func plain(fn *ast.FuncDecl) *ast.FuncDecl {
	return &ast.FuncDecl{Recv: fn.Recv, Name: fn.Name, Type: fn.Type, Body: fn.Body}
}

// nameOf returns a function's name with its receiver.
func nameOf(p *pkg, fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	receiver := text(p, fn.Recv.List[0].Type)
	if strings.HasPrefix(receiver, "*") {
		receiver = "(" + receiver + ")"
	}
	return receiver + "." + fn.Name.Name
}

func listed(p *pkg, nodes []ast.Expr) string {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = text(p, n)
	}
	if len(texts) == 0 {
		return "default"
	}
	return strings.Join(texts, ", ")
}

func text(p *pkg, n ast.Node) string {
	if n == nil {
		return ""
	}
	var b bytes.Buffer
	if err := format.Node(&b, p.fset, n); err != nil {
		panic(err)
	}
	return b.String()
}
