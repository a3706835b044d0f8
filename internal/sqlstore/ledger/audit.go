package ledger

import (
	"context"
	"strconv"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

// Audit stores the audit log in a transaction.
type Audit struct {
	Run   engine.Statements
	Chain *chain.Ledger
}

// AuditLog is the table of the audit log.
const AuditLog = "audit_log"

const auditColumns = `number, id, at, actor, name, role, action, target, mini_app_id, user_id, detail, request_id, address, hash`

// Insert adds an entry at the end of the chain.
func (s Audit) Insert(ctx context.Context, e audit.Entry) error {
	link, err := extend(ctx, s.Run, s.Chain, 0, s.Chain.Commit(nil, e.Content()))
	if err != nil {
		return err
	}
	_, err = s.Run.Exec(ctx, `INSERT INTO audit_log (`+auditColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		link.Number, e.ID, e.At, e.Actor, e.Name, e.Role, e.Action, e.Target, e.MiniAppID, e.UserID, string(e.Detail), e.RequestID, e.Address, link.Hash)
	return err
}

// List returns a page of the selected entries, newest first.
func (s Audit) List(ctx context.Context, of audit.Filter, p store.Page) ([]audit.Entry, error) {
	query, args := `SELECT `+auditColumns+` FROM audit_log WHERE true`, []any{}
	where := func(condition string, arg any) {
		args = append(args, arg)
		query += " AND " + condition + "$" + strconv.Itoa(len(args))
	}
	for _, one := range []struct{ column, value string }{{"actor", of.Actor}, {"mini_app_id", of.MiniAppID}, {"user_id", of.UserID}} {
		if one.value != "" {
			where(one.column+" = ", one.value)
		}
	}
	if n := len(of.Action); n > 0 && of.Action[n-1] == '.' {
		where("action >= ", of.Action)
		where("action < ", of.Action[:n-1]+"/") // the character after the dot
	} else if n > 0 {
		where("action = ", of.Action)
	}
	if of.Since != 0 {
		where("at >= ", of.Since)
	}
	if of.Until != 0 {
		where("at < ", of.Until)
	}
	if p.Cursor != "" {
		number, err := strconv.ParseInt(p.Cursor, 10, 64)
		if err != nil {
			return nil, problem.New(problem.BadRequest, "no list of the audit log has returned this cursor; leave it out to begin at the newest")
		}
		where("number < ", number)
	}
	args = append(args, p.Limit)
	return s.list(ctx, query+" ORDER BY number DESC LIMIT "+"$"+strconv.Itoa(len(args)), args...)
}

// ListFrom returns the entries from a number on.
func (s Audit) ListFrom(ctx context.Context, number int64, limit int) ([]audit.Entry, error) {
	return s.list(ctx, `SELECT `+auditColumns+` FROM audit_log WHERE number >= $1 ORDER BY number LIMIT $2`, number, limit)
}

// Heads returns the head of the chain.
func (s Audit) Heads(ctx context.Context) ([]chain.Head, error) {
	return heads(ctx, s.Run, s.Chain)
}

func (s Audit) list(ctx context.Context, query string, args ...any) (list []audit.Entry, err error) {
	err = s.Run.All(ctx, func(row engine.Row) error {
		var e audit.Entry
		var detail string
		err := row.Scan(&e.Number, &e.ID, &e.At, &e.Actor, &e.Name, &e.Role, &e.Action, &e.Target, &e.MiniAppID, &e.UserID, &detail,
			&e.RequestID, &e.Address, &e.Hash)
		if detail != "" {
			e.Detail = []byte(detail)
		}
		list = append(list, e)
		return err
	}, query, args...)
	return list, err
}
