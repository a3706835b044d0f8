package main

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"slices"
	"strings"
)

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

func mutantValue[T any](id string, sound, broken T) T {
	if mutantChosen == id {
		return broken
	}
	return sound
}

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

// woven returns the files of a package with some mutants in it. The comment
// before a function names its mutant.
func (p *pkg) woven(list []*mutant) map[string]string {
	texts := map[string]string{filepath.Join(p.dir, "zz_mutant_chosen.go"): fmt.Sprintf(chosen, p.name)}
	for _, file := range p.files {
		var edits []edit
		var after strings.Builder
		for _, d := range file.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if mine := only(list, func(m *mutant) bool { return m.fn == d }); len(mine) > 0 {
					edits = append(edits, edit{d.Name.End(), d.Name.End(), "__0"})
					p.choose(&after, d, mine)
				}
			case *ast.GenDecl:
				edits = append(edits, p.choices(d, only(list, func(m *mutant) bool { return m.constant != nil && m.constant.decl == d }))...)
			}
		}
		if len(edits) > 0 {
			texts[file.path] = p.edited(file, edits) + "\n" + after.String()
		}
	}
	return texts
}

func only(list []*mutant, of func(*mutant) bool) []*mutant {
	return slices.DeleteFunc(slices.Clone(list), func(m *mutant) bool { return !of(m) })
}

// edited returns the text of a file after edits, which are in its order.
func (p *pkg) edited(file *source, edits []edit) string {
	whole := string(file.text)
	for _, e := range slices.Backward(edits) { // so that the places of those before stay
		from, to := p.fset.Position(e.from).Offset, p.fset.Position(e.to).Offset
		whole = whole[:from] + e.text + whole[to:]
	}
	return whole
}

// choose writes a function that chooses among the mutants of fn, and these.
func (p *pkg) choose(w *strings.Builder, fn *ast.FuncDecl, mine []*mutant) {
	w.WriteString(p.chooser(fn, mine))
	for _, m := range mine {
		fmt.Fprintf(w, "\n// mutant %d\n%s\n", m.id, rename(m.decl, fn.Name.Name, fmt.Sprintf("%s__%d", fn.Name.Name, m.id)))
	}
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
