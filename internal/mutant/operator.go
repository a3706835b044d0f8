package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// site is a place that can be broken: do breaks it, undo mends it.
type site struct {
	node     ast.Node
	what     string // such as "&& becomes ||"
	do, undo func()
}

// finder collects the sites of one function.
type finder struct {
	p       *pkg
	sites   []site
	results []*ast.FieldList // of the function, and of the literals around the place
}

// sitesOf returns the sites of a function's body.
func (p *pkg) sitesOf(fn *ast.FuncDecl) []site {
	f := &finder{p: p, results: []*ast.FieldList{fn.Type.Results}}
	f.walk(fn.Body)
	return f.sites
}

func (f *finder) add(node ast.Node, what string, do, undo func()) {
	f.sites = append(f.sites, site{node, what, do, undo})
}

// swap adds a site that puts another value into a variable of the syntax.
func swap[T any](f *finder, node ast.Node, what string, place *T, to T) {
	from := *place
	f.add(node, what, func() { *place = to }, func() { *place = from })
}

func (f *finder) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			f.results = append(f.results, n.Type.Results)
			f.walk(n.Body)
			f.results = f.results[:len(f.results)-1]
			return false
		case *ast.CallExpr:
			return f.call(n)
		case *ast.CompositeLit:
			return f.literal(n)
		case ast.Stmt:
			f.statement(n)
		case ast.Expr:
			f.expression(n)
		}
		return true
	})
}

// call adds the sites of a call. It returns false for a call whose arguments
// are prose.
func (f *finder) call(n *ast.CallExpr) bool {
	name := text(f.p, n.Fun)
	switch {
	case name == "problem.New":
		code := text(f.p, n.Args[0])
		swap(f, n, code+" becomes Internal", &n.Args[0], ast.Expr(&ast.SelectorExpr{X: ast.NewIdent("problem"), Sel: ast.NewIdent("Internal")}))
		return false
	case name == "fmt.Errorf", name == "errors.New", name == "panic", strings.HasPrefix(name, "slog."), strings.HasSuffix(name, ".log"):
		return false
	case name == "min", name == "max":
		other := map[string]string{"min": "max", "max": "min"}[name]
		swap(f, n, name+" becomes "+other+" in "+text(f.p, n), &n.Fun, ast.Expr(ast.NewIdent(other)))
	}
	return true
}

// literal adds one site for each member of a struct or map. It returns false
// for a literal that is prose: an entry of the journal.
func (f *finder) literal(n *ast.CompositeLit) bool {
	t := f.p.info.Types[n].Type
	if t == nil || told(t) {
		return false
	}
	for i, one := range n.Elts {
		if kv, ok := one.(*ast.KeyValueExpr); ok {
			without := append(append([]ast.Expr{}, n.Elts[:i]...), n.Elts[i+1:]...)
			swap(f, kv, text(f.p, kv.Key)+" is left out of "+text(f.p, n.Type), &n.Elts, without)
		}
	}
	return true
}

// told reports whether values of a type tell a story and decide nothing.
func told(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Name() {
	case "journal", "event":
		return true
	}
	return false
}

var others = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR}, token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL}, token.REM: {token.MUL},
	token.SHL: {token.SHR}, token.SHR: {token.SHL}, token.AND: {token.OR}, token.OR: {token.AND},
	token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN}, token.INC: {token.DEC}, token.DEC: {token.INC},
	token.QUO_ASSIGN: {token.MUL_ASSIGN}, token.MUL_ASSIGN: {token.QUO_ASSIGN},
}

func (f *finder) expression(n ast.Expr) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		for _, op := range others[n.Op] {
			if n.Op == token.ADD && f.isText(n) {
				continue
			}
			swap(f, n, n.Op.String()+" becomes "+op.String()+" in "+text(f.p, n), &n.Op, op)
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			swap(f, n, text(f.p, n)+" loses its !", &n.X, ast.Expr(&ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: n.X}}))
		} else if n.Op == token.SUB {
			swap(f, n, text(f.p, n)+" loses its -", &n.Op, token.ADD)
		}
	case *ast.BasicLit:
		if v, err := strconv.ParseInt(n.Value, 0, 64); err == nil && n.Kind == token.INT {
			swap(f, n, n.Value+" becomes one more", &n.Value, strconv.FormatInt(v+1, 10))
		}
	case *ast.Ident:
		if n.Name == "true" {
			swap(f, n, "true becomes false", &n.Name, "false")
		} else if n.Name == "false" {
			swap(f, n, "false becomes true", &n.Name, "true")
		}
	}
}

func (f *finder) isText(n ast.Expr) bool {
	t, ok := f.p.info.Types[n].Type.Underlying().(*types.Basic)
	return ok && t.Info()&types.IsString != 0
}
