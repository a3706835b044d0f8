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
	whole    string // or the file, broken, where the place is in no function
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
					list = append(list, p.mutant(file, d, nameOf(p, d), s, text(p, plain(d)), ""))
					s.undo()
				}
			case *ast.GenDecl:
				for _, s := range p.constants(d) {
					s.do()
					list = append(list, p.mutant(file, nil, d.Tok.String(), s, "", text(p, file.file)))
					s.undo()
				}
			}
		}
	}
	for i, m := range list {
		m.id = i + 1
	}
	return list
}

func (p *pkg) mutant(file *source, fn *ast.FuncDecl, function string, s site, decl, whole string) *mutant {
	at := p.fset.Position(s.node.Pos())
	return &mutant{
		file: file, fn: fn, function: function, what: strings.Join(strings.Fields(s.what), " "), decl: decl, whole: whole,
		place: fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line),
	}
}

// constants returns the sites of the numbers in constants and variables.
func (p *pkg) constants(d *ast.GenDecl) []site {
	f := &finder{p: p}
	if d.Tok == token.CONST || d.Tok == token.VAR {
		for _, spec := range d.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				name := spec.(*ast.ValueSpec).Names[0].Name
				if _, isFunc := value.(*ast.FuncLit); isFunc {
					continue
				}
				ast.Inspect(value, func(n ast.Node) bool {
					if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.INT {
						before := len(f.sites)
						f.expression(lit)
						for i := range f.sites[before:] {
							f.sites[before+i].what = name + ": " + f.sites[before+i].what
						}
					}
					return true
				})
			}
		}
	}
	return f.sites
}

// chosen is the file that a woven package gets: which mutant runs, and, while
// the tests are traced, which functions they reach.
const chosen = `package %s

import (
	"os"
	"sync"
)

var (
	mutantChosen = os.Getenv("MUTANT")
	mutantTrace  = os.Getenv("MUTANT_TRACE")
	mutantSeen   sync.Map
)

func mutantReached(name string) {
	if mutantTrace == "" {
		return
	}
	if _, seen := mutantSeen.LoadOrStore(name, true); seen {
		return
	}
	f, err := os.OpenFile(mutantTrace, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	_, _ = f.WriteString(name + "\n")
	_ = f.Close()
}
`

// woven returns the files of a package with some mutants of its functions in
// it, and where in them each mutant stands.
func (p *pkg) woven(list []*mutant) map[string]string {
	texts := map[string]string{filepath.Join(p.dir, "zz_mutant_chosen.go"): fmt.Sprintf(chosen, p.name)}
	for _, file := range p.files {
		whole := string(file.text)
		var after strings.Builder
		decls := slices.Clone(file.file.Decls)
		slices.Reverse(decls) // so that the places of those before stay
		for _, d := range decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			mine := slices.DeleteFunc(slices.Clone(list), func(m *mutant) bool { return m.fn != fn })
			if len(mine) == 0 {
				continue
			}
			end := p.fset.Position(fn.Name.End()).Offset
			whole = whole[:end] + "__0" + whole[end:]
			after.WriteString(p.chooser(fn, mine))
			for _, m := range mine {
				fmt.Fprintf(&after, "\n// mutant %d\n%s\n", m.id, rename(m.decl, fn.Name.Name, fmt.Sprintf("%s__%d", fn.Name.Name, m.id)))
			}
		}
		if after.Len() > 0 {
			texts[file.path] = whole + "\n" + after.String()
		}
	}
	return texts
}

// rename gives a printed function another name.
func rename(decl, from, to string) string {
	if strings.HasPrefix(decl, "func (") {
		return strings.Replace(decl, ") "+from, ") "+to, 1)
	}
	return strings.Replace(decl, "func "+from, "func "+to, 1)
}

// chooser returns a function that calls the chosen mutant of fn, or fn.
func (p *pkg) chooser(fn *ast.FuncDecl, mine []*mutant) string {
	shown := &ast.FuncDecl{Name: fn.Name, Type: &ast.FuncType{TypeParams: fn.Type.TypeParams, Results: unnamed(fn.Type.Results)}}
	var arguments []string
	shown.Type.Params, arguments = named("a", fn.Type.Params)
	target := fn.Name.Name
	if fn.Recv != nil {
		var receiver []string
		shown.Recv, receiver = named("r", fn.Recv)
		target = receiver[0] + "." + target
	}
	var explicit string
	if fn.Type.TypeParams != nil {
		_, names := named("", fn.Type.TypeParams)
		explicit = "[" + strings.Join(names, ", ") + "]"
	}
	call := func(id int) string {
		text := fmt.Sprintf("%s__%d%s(%s)", target, id, explicit, strings.Join(arguments, ", "))
		if fn.Type.Results != nil {
			return "return " + text
		}
		return text + "\n\t\treturn"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n// mutant 0\n%s {\n\tmutantReached(%q)\n\tswitch mutantChosen {\n", text(p, shown), nameOf(p, fn))
	for _, m := range mine {
		fmt.Fprintf(&b, "\tcase \"%d\":\n\t\t%s\n", m.id, call(m.id))
	}
	fmt.Fprintf(&b, "\t}\n\t%s\n}\n", call(0))
	return b.String()
}

// named returns fields that all have names, and the names as arguments. With
// an empty prefix the names stay.
func named(prefix string, fields *ast.FieldList) (*ast.FieldList, []string) {
	list := &ast.FieldList{}
	var names []string
	for _, one := range fields.List {
		spread := ""
		if _, ok := one.Type.(*ast.Ellipsis); ok {
			spread = "..."
		}
		given := one.Names
		for i := range max(len(given), 1) {
			name := fmt.Sprintf("%s%d", prefix, len(names))
			if prefix == "" {
				name = given[i].Name
			}
			list.List = append(list.List, &ast.Field{Names: []*ast.Ident{ast.NewIdent(name)}, Type: one.Type})
			names = append(names, name+spread)
		}
	}
	return list, names
}

func unnamed(fields *ast.FieldList) *ast.FieldList {
	if fields == nil {
		return nil
	}
	list, _ := named("a", fields)
	for _, one := range list.List {
		one.Names = nil
	}
	return list
}

// sound leaves out the mutants that do not compile.
func (p *pkg) sound(list []*mutant) ([]*mutant, error) {
	for {
		var files []*source
		broken := map[int]bool{}
		texts := p.woven(list)
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
