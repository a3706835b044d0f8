package operator

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// mostOnPage is the most rows that the API returns at once.
const mostOnPage = 200

// List is the rows of a list, as the API returns them. Next is the cursor of the following
// rows, or empty.
type List struct {
	Rows []json.RawMessage
	Next string
}

// List reads at most limit rows of a list from a cursor on, in pages. Name is the member
// of the answer that has the rows.
func (c *Client) List(ctx context.Context, path, name string, query url.Values, cursor string, limit int) (l List, err error) {
	query = url.Values(http.Header(query).Clone())
	if query == nil {
		query = url.Values{}
	}
	l = List{Rows: []json.RawMessage{}, Next: cursor}
	for first := true; len(l.Rows) < limit && (first || l.Next != ""); first = false {
		query.Set("limit", strconv.Itoa(min(mostOnPage, limit-len(l.Rows))))
		if l.Next != "" {
			query.Set("cursor", l.Next)
		}
		a, err := c.Do(ctx, Request{Method: http.MethodGet, Path: path + "?" + query.Encode()})
		if err != nil {
			return l, err
		}
		var page map[string]json.RawMessage
		var rows []json.RawMessage
		if err = json.Unmarshal(a.Body, &page); err == nil {
			err = json.Unmarshal(page[name], &rows)
		}
		if err != nil {
			return l, fmt.Errorf("the operator API returned no list of %s: %w", name, err)
		}
		l.Rows, l.Next = append(l.Rows, rows...), ""
		if next := page["next"]; next != nil {
			err = json.Unmarshal(next, &l.Next)
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
}
