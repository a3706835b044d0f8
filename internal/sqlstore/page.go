package sqlstore

import (
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// newest completes a query that ends in a condition: it returns a page of its rows,
// newest first by id. A page costs the same at any size if the columns of the condition
// and the id have an index. TestLists_use_an_index checks that.
func newest(p store.Page, query string, args ...any) (string, []any) {
	return byKey(p, "id", " DESC", " < ", query, args)
}

// oldest is newest with the oldest rows first.
func oldest(p store.Page, query string, args ...any) (string, []any) {
	return byKey(p, "id", "", " > ", query, args)
}

func byKey(p store.Page, key, order, compare, query string, args []any) (string, []any) {
	if p.Cursor != "" {
		args = append(args, p.Cursor)
		query += " AND " + key + compare + place(args)
	}
	args = append(args, p.Limit)
	return query + " ORDER BY " + key + order + " LIMIT " + place(args), args
}

// place returns the parameter of the last argument.
func place(args []any) string { return "$" + strconv.Itoa(len(args)) }

// newestPayments is newest for payments: their numbers are not in the order of their
// creation, so that the cursor has both.
func newestPayments(p store.Page, query string) (string, []any, error) {
	var args []any
	if p.Cursor != "" {
		text, ref, _ := strings.Cut(p.Cursor, ".")
		createdAt, err := strconv.ParseInt(text, 10, 64)
		if err != nil || ref == "" {
			return "", nil, problem.New(problem.BadRequest, "no list of payments has returned this cursor; leave it out to begin at the newest")
		}
		query, args = query+" WHERE (created_at, ref) < ($1, $2)", []any{createdAt, ref}
	}
	args = append(args, p.Limit)
	return query + " ORDER BY created_at DESC, ref DESC LIMIT " + place(args), args, nil
}

// oneOf returns the list of an IN condition, with its arguments.
func oneOf(texts []string) (list string, args []any) {
	for _, text := range texts {
		args = append(args, text)
		list += ", " + place(args)
	}
	return "(" + strings.TrimPrefix(list, ", ") + ")", args
}
