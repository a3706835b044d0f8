package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *finder) statement(n ast.Stmt) {
	switch n := n.(type) {
	case *ast.IfStmt:
		f.condition(n, &n.Cond)
		f.empty(n, "if "+text(f.p, n.Cond), &n.Body.List)
		if other, ok := n.Else.(*ast.BlockStmt); ok {
			f.empty(n, "else of "+text(f.p, n.Cond), &other.List)
		}
	case *ast.ForStmt:
		if n.Cond != nil {
			f.condition(n, &n.Cond)
		}
		f.empty(n, "for", &n.Body.List)
	case *ast.RangeStmt:
		f.empty(n, "range "+text(f.p, n.X), &n.Body.List)
	case *ast.SwitchStmt:
		f.cases(n)
	case *ast.BlockStmt:
		f.removals(&n.List)
	case *ast.CaseClause:
		f.removals(&n.Body)
	case *ast.IncDecStmt:
		swap(f, n, n.Tok.String()+" becomes "+others[n.Tok][0].String(), &n.Tok, others[n.Tok][0])
	case *ast.AssignStmt:
		if op := others[n.Tok]; len(op) > 0 && !f.isText(n.Lhs[0]) {
			swap(f, n, text(f.p, n)+" with "+op[0].String(), &n.Tok, op[0])
		}
	case *ast.ReturnStmt:
		f.returns(n)
	}
}

// condition adds a site that turns a condition around, unless that is a
// comparison, which has sites of its own.
func (f *finder) condition(n ast.Node, place *ast.Expr) {
	if b, ok := (*place).(*ast.BinaryExpr); ok && b.Op != token.LAND && b.Op != token.LOR {
		return
	}
	if u, ok := (*place).(*ast.UnaryExpr); ok && u.Op == token.NOT {
		return
	}
	swap(f, n, text(f.p, *place)+" is negated", place, ast.Expr(&ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: *place}}))
}

// empty adds a site that empties a body of more than one statement; a single
// one is removed by removals.
func (f *finder) empty(n ast.Node, what string, body *[]ast.Stmt) {
	if len(*body) > 1 || len(*body) == 1 && !f.removable((*body)[0]) {
		swap(f, n, "the body of "+what+" is emptied", body, nil)
	}
}

func (f *finder) cases(n *ast.SwitchStmt) {
	for _, one := range n.Body.List {
		c := one.(*ast.CaseClause)
		if n.Tag == nil && len(c.List) == 1 {
			f.condition(c, &c.List[0])
		}
		f.empty(c, "case "+listed(f.p, c.List), &c.Body)
	}
}

// removals adds a site for each statement of a list that can be left out.
func (f *finder) removals(body *[]ast.Stmt) {
	for i, one := range *body {
		if f.removable(one) {
			without := append(append([]ast.Stmt{}, (*body)[:i]...), (*body)[i+1:]...)
			swap(f, one, text(f.p, one)+" is removed", body, without)
		}
	}
}

// removable reports whether a statement acts by itself. Locks are left alone:
// their tests are the races of storetest.
func (f *finder) removable(n ast.Stmt) bool {
	switch n := n.(type) {
	case *ast.ExprStmt:
		said := text(f.p, n)
		return !strings.HasSuffix(said, "ock()") && !strings.HasPrefix(said, "panic(") && !strings.HasPrefix(said, "slog.") && !strings.Contains(said, ".log(")
	case *ast.AssignStmt:
		return n.Tok != token.DEFINE && text(f.p, n.Lhs[0]) != "_"
	case *ast.IncDecStmt, *ast.BranchStmt, *ast.SendStmt:
		return true
	}
	return false
}

// returns adds a site for each result that is not a zero value already.
func (f *finder) returns(n *ast.ReturnStmt) {
	fields := f.results[len(f.results)-1]
	if fields == nil || len(n.Results) == 0 {
		return
	}
	var kinds []ast.Expr
	for _, one := range fields.List {
		for range max(len(one.Names), 1) {
			kinds = append(kinds, one.Type)
		}
	}
	if len(n.Results) != len(kinds) {
		zeros := make([]ast.Expr, len(kinds))
		for i, kind := range kinds {
			if zeros[i] = f.zero(kind); zeros[i] == nil {
				return
			}
		}
		swap(f, n, text(f.p, n)+" returns nothing", &n.Results, zeros)
		return
	}
	for i, kind := range kinds {
		if zero := f.zero(kind); zero != nil && text(f.p, zero) != text(f.p, n.Results[i]) && !isCall(n.Results[i], "problem.New", f.p) {
			swap(f, n, text(f.p, n.Results[i])+" is returned as "+text(f.p, zero), &n.Results[i], zero)
		} else if isCall(n.Results[i], "problem.New", f.p) {
			swap(f, n, "no problem "+text(f.p, n.Results[i].(*ast.CallExpr).Args[0])+" is returned", &n.Results[i], ast.Expr(ast.NewIdent("nil")))
		}
	}
}

func isCall(n ast.Expr, name string, p *pkg) bool {
	call, ok := n.(*ast.CallExpr)
	return ok && text(p, call.Fun) == name
}

// zero returns the zero value of a type, as an expression. It returns nil for
// a bool, whose values have sites of their own, and for a type parameter.
func (f *finder) zero(kind ast.Expr) ast.Expr {
	t := f.p.info.Types[kind].Type
	if t == nil {
		return nil
	}
	if _, ok := t.(*types.TypeParam); ok {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return nil
		case u.Info()&types.IsString != 0:
			return &ast.BasicLit{Kind: token.STRING, Value: `""`}
		default:
			return &ast.BasicLit{Kind: token.INT, Value: "0"}
		}
	case *types.Struct, *types.Array:
		return &ast.CompositeLit{Type: kind}
	default:
		return ast.NewIdent("nil")
	}
}
