package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// pkg is a package under trial, with its syntax and its types.
type pkg struct {
	name, dir, path string
	fset            *token.FileSet
	files           []*source
	info            *types.Info
	exports         map[string]string // files of compiled imports, by path
}

// source is one file of a package.
type source struct {
	path string
	text []byte
	file *ast.File
}

// load reads a package and the compiled forms of what it imports.
func load(path string) (*pkg, error) {
	p := &pkg{fset: token.NewFileSet(), exports: map[string]string{}}
	const members = "-json=Dir,ImportPath,Name,GoFiles,Export,DepOnly"
	out, err := exec.Command("go", "list", "-export", "-deps", members, path, "os", "sync").Output() // the woven file needs these two
	if err != nil {
		return nil, fmt.Errorf("listing: %w", err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var one struct {
			Dir, ImportPath, Name, Export string
			GoFiles                       []string
			DepOnly                       bool
		}
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		p.exports[one.ImportPath] = one.Export
		if one.DepOnly || one.ImportPath == "os" || one.ImportPath == "sync" {
			continue
		}
		p.name, p.dir, p.path = one.Name, one.Dir, one.ImportPath
		for _, name := range one.GoFiles {
			if err := p.read(filepath.Join(one.Dir, name)); err != nil {
				return nil, err
			}
		}
	}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	if faults := p.check(p.files, p.info); len(faults) > 0 {
		return nil, faults[0]
	}
	return p, nil
}

func (p *pkg) read(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(p.fset, path, text, parser.SkipObjectResolution)
	p.files = append(p.files, &source{path, text, file})
	return err
}

// check finds the types of files and returns what is wrong with them.
func (p *pkg) check(files []*source, info *types.Info) (faults []types.Error) {
	var list []*ast.File
	for _, f := range files {
		list = append(list, f.file)
	}
	imports := importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(p.exports[path]) })
	c := types.Config{Importer: imports, Error: func(err error) {
		if one, ok := errors.AsType[types.Error](err); ok {
			faults = append(faults, one)
		}
	}}
	_, _ = c.Check(p.path, p.fset, list, info) // each error is in faults
	return faults
}
