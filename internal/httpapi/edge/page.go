package edge

import (
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// MostOnPage is the largest number of rows of a page, and the number without ?limit=.
const MostOnPage = 200

// MaxCursor is the largest length of a cursor, in bytes.
const MaxCursor = 100

// PageOf returns the page that a request asks for with ?cursor= and ?limit=. Its problem
// is BadRequest.
func PageOf(r *http.Request) (p store.Page, err error) {
	query := r.URL.Query()
	p = store.Page{Cursor: query.Get("cursor"), Limit: MostOnPage}
	if text := query.Get("limit"); text != "" {
		if p.Limit, err = strconv.Atoi(text); err != nil || p.Limit < 1 || p.Limit > MostOnPage {
			return p, problem.New(problem.BadRequest, "limit is 1 to %d, not %q", MostOnPage, Excerpt(text))
		}
	}
	if len(p.Cursor) > MaxCursor || !Storable(p.Cursor) {
		return p, problem.New(problem.BadRequest, "no list has returned this cursor; leave it out to begin at the first page")
	}
	return p, nil
}

// OnePage reads the rows of a page. Next is the cursor of the next page, or empty after
// the last one.
func OnePage[T any](p store.Page, cursor func(T) string, read func(store.Page) ([]T, error)) (list []T, next string, err error) {
	list, err = read(store.Page{Cursor: p.Cursor, Limit: p.Limit + 1})
	if len(list) > p.Limit {
		list = list[:p.Limit]
		next = cursor(list[p.Limit-1])
	}
	return list, next, err
}

// Paged returns the answer with a page of a list.
func Paged(name string, views any, next string) map[string]any {
	answer := map[string]any{name: views}
	if next != "" {
		answer["next"] = next
	}
	return answer
}
