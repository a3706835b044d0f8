package admin

import (
	"context"
	"strconv"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) listAudit(ctx context.Context, c *call) (any, error) {
	query := c.URL.Query()
	of := audit.Filter{Actor: query.Get("actor"), Action: query.Get("action"), MiniAppID: query.Get("mini_app_id"), UserID: query.Get("user_id")}
	for name, to := range map[string]*int64{"since": &of.Since, "until": &of.Until} {
		if text := query.Get(name); text != "" {
			at, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, problem.New(problem.BadRequest, "%s is a time in milliseconds since the epoch", name)
			}
			*to = at
		}
	}
	cursor := func(e audit.Entry) string { return strconv.FormatInt(e.Number, 10) }
	same := func(e audit.Entry) audit.Entry { return e }
	return list(ctx, d, c, "entries", cursor, same, func(tx Tx, p store.Page) ([]audit.Entry, error) {
		return tx.Audit().List(ctx, of, p)
	})
}

// verifyAudit verifies the whole log. A fault is part of the answer and not an error.
func (d *door) verifyAudit(ctx context.Context, c *call) (any, error) {
	anchor, err := c.anchor()
	if err != nil {
		return nil, err
	}
	return audit.Verify(ctx, store.View[audit.Tx](d.DB), d.Key, anchor)
}

// anchor reads the anchor of an earlier report from the body; nil for none.
func (c *call) anchor() (chain.Anchor, error) {
	var in struct {
		Anchor string `json:"anchor"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return chain.ParseAnchor(in.Anchor)
}
