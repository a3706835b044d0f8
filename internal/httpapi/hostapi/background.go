package hostapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

func (d *door) background(ctx context.Context, launchID string, _ *http.Request) (any, error) {
	return d.Engine.Running(ctx, launchID)
}

// leavePage ends the subscriptions of a page, over plain HTTP.
func (d *door) leavePage(ctx context.Context, launchID string, r *http.Request) (any, error) {
	text := r.URL.Query().Get("page")
	page, err := strconv.Atoi(text)
	if err != nil {
		return nil, problem.New(problem.BadRequest, "page is the number of the page that has gone, such as ?page=1; got %q", edge.Excerpt(text))
	}
	return d.leave(ctx, launchID, page)
}

// leave ends the subscriptions of a page, and returns what still runs.
func (d *door) leave(ctx context.Context, launchID string, page int) (any, error) {
	if err := pageNumber(page); err != nil {
		return nil, err
	}
	return d.Engine.Leave(ctx, launchID, page)
}

// maxPage is the largest number of a page.
const maxPage = 1 << 31

// pageNumber checks a host's number of a page.
func pageNumber(page int) error {
	if page < 0 || page > maxPage {
		return problem.New(problem.BadRequest, "page is a number from 0 to %d", maxPage)
	}
	return nil
}
