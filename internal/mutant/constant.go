package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// constants returns the mutants of the numbers in a declaration of constants or
// variables.
func (p *pkg) constants(file *source, d *ast.GenDecl) (list []*mutant) {
	if d.Tok != token.CONST && d.Tok != token.VAR {
		return nil
	}
	for _, one := range d.Specs {
		spec := one.(*ast.ValueSpec)
		for _, value := range spec.Values {
			for _, s := range p.numbers(value) {
				s.do()
				m := p.mutant(file, d.Tok.String(), s)
				m.what = spec.Names[0].Name + ": " + m.what
				m.constant = &constant{d, spec.Type, value, text(p, value), text(p, file.file)}
				list = append(list, m)
				s.undo()
			}
		}
	}
	return list
}

// numbers returns the sites of the numbers in a value that is not a function.
func (p *pkg) numbers(value ast.Expr) []site {
	f := &finder{p: p}
	if _, isFunc := value.(*ast.FuncLit); isFunc {
		return nil
	}
	ast.Inspect(value, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			f.expression(lit)
		}
		return true
	})
	return f.sites
}

// variable adds to a list the mutants of those constants that may become
// variables: a length of an array may not.
func (p *pkg) variable(list, constants []*mutant) []*mutant {
	for len(constants) > 0 {
		n := slices.IndexFunc(constants, func(m *mutant) bool { return m.constant.decl != constants[0].constant.decl })
		if n < 0 {
			n = len(constants)
		}
		if more := append(slices.Clone(list), constants[:n]...); p.compiles(p.woven(more)) {
			list = more
		}
		constants = constants[n:]
	}
	return list
}

// edit replaces the part of a file between two places.
type edit struct {
	from, to token.Pos
	text     string
}

// choices makes the values of a declaration depend on the chosen mutant. Its
// edits are in the order of the file.
func (p *pkg) choices(d *ast.GenDecl, mine []*mutant) (edits []edit) {
	if len(mine) == 0 {
		return nil
	}
	edits = append(edits, edit{d.TokPos, d.TokPos + token.Pos(len(d.Tok.String())), "var"})
	for len(mine) > 0 {
		c := mine[0].constant
		kind, chosen := "", text(p, c.value)
		if c.kind != nil {
			kind = "[" + text(p, c.kind) + "]"
		}
		for len(mine) > 0 && mine[0].constant.value == c.value {
			chosen = fmt.Sprintf("mutantValue%s(\"%d\", %s, %s)", kind, mine[0].id, chosen, mine[0].constant.text)
			mine = mine[1:]
		}
		edits = append(edits, edit{c.value.Pos(), c.value.End(), chosen})
	}
	return edits
}
