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
