package control

import (
	"context"
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// mostOnPage is the largest number of rows of a page, and the number without ?limit=.
const mostOnPage = 200

// maxCursor is the largest length of a cursor, in bytes.
const maxCursor = 100

// pageOf returns the page that a request asks for with ?cursor= and ?limit=.
func pageOf(r *http.Request) (p store.Page, err error) {
	query := r.URL.Query()
	p = store.Page{Cursor: query.Get("cursor"), Limit: mostOnPage}
	if text := query.Get("limit"); text != "" {
		if p.Limit, err = strconv.Atoi(text); err != nil || p.Limit < 1 || p.Limit > mostOnPage {
			return p, problem.New(problem.BadRequest, "limit is 1 to %d, not %q", mostOnPage, edge.Excerpt(text))
		}
	}
	if len(p.Cursor) > maxCursor || !edge.Storable(p.Cursor) {
		return p, problem.New(problem.BadRequest, "no list has returned this cursor; leave it out to begin at the first page")
	}
	return p, nil
}

// onePage reads the rows of a page. Next is the cursor of the next page, or empty after
// the last one.
func onePage[T any](p store.Page, cursor func(T) string, read func(store.Page) ([]T, error)) (list []T, next string, err error) {
	list, err = read(store.Page{Cursor: p.Cursor, Limit: p.Limit + 1})
	if len(list) > p.Limit {
		list = list[:p.Limit]
		next = cursor(list[p.Limit-1])
	}
	return list, next, err
}

// paged returns the answer with a page of a list.
func paged(name string, views any, next string) map[string]any {
	answer := map[string]any{name: views}
	if next != "" {
		answer["next"] = next
	}
	return answer
}

// registered returns the mini apps by their ids, in one statement.
func registered(ctx context.Context, tx jsapi.Tx) (map[string]miniapp.App, error) {
	list, err := tx.MiniApps().List(ctx)
	apps := make(map[string]miniapp.App, len(list))
	for _, app := range list {
		apps[app.ID] = app
	}
	return apps, err
}

// idsOf returns the ids of rows.
func idsOf[T any](list []T, id func(T) string) (ids []string) {
	for _, one := range list {
		ids = append(ids, id(one))
	}
	return ids
}
