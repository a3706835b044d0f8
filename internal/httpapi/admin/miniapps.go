package admin

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/store"
)

type appView struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	Status      registry.Status      `json:"status"`
	Reason      string               `json:"reason"`
	LiveVersion int64                `json:"live_version"`
	Newest      int64                `json:"newest_version"`
	Permissions registry.Permissions `json:"permissions"`
	CreatedAt   int64                `json:"created_at"`
	ChangedAt   int64                `json:"changed_at"`
}

func viewApp(r registry.Registration) appView {
	p := r.Permissions
	p.Consents, p.JSAPIs = append([]string{}, p.Consents...), append([]registry.Grant{}, p.JSAPIs...) // [] and not null
	p.Deeplinks, p.Domains = append([]string{}, p.Deeplinks...), append([]string{}, p.Domains...)
	p.Rewards.Types = append([]miniapp.RewardType{}, p.Rewards.Types...)
	return appView{r.ID, r.Name, r.Status, r.Reason, r.Live, r.Versions, p, r.CreatedAt, r.ChangedAt}
}

func (d *door) listApps(ctx context.Context, c *call) (any, error) {
	return list(ctx, d, c, "mini_apps", func(r registry.Registration) string { return r.ID }, viewApp, func(tx Tx, p store.Page) ([]registry.Registration, error) {
		return tx.Registrations().List(ctx, p)
	})
}

func (d *door) showApp(ctx context.Context, c *call) (any, error) {
	var r registry.Registration
	err := d.DB.Read(ctx, func(tx Tx) (err error) {
		r, err = tx.Registrations().Get(ctx, c.PathValue("id"))
		if err == nil && r.Gone() {
			err = registry.Unknown(r.ID)
		}
		return err
	})
	return tagged{viewApp(r), r.ETag()}, err
}

// submission is a version in a request.
type submission struct {
	Origin   string          `json:"origin"`
	Manifest json.RawMessage `json:"manifest"`
}

func (d *door) register(ctx context.Context, tx Tx, c *call) (done, error) {
	var in submission
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	r, err := d.Registry.Register(ctx, tx, registry.Submission(in), c.key.ID)
	return done{
		Status: http.StatusCreated, Body: viewApp(r), ETag: r.ETag(), Target: r.ID, MiniAppID: r.ID, Detail: map[string]any{"origin": in.Origin},
	}, err
}

// changeApp runs a change of a registration that is limited by If-Match.
func (d *door) changeApp(c *call, detail any, change func(id string, match registry.Match) (registry.Registration, error)) (done, error) {
	match, err := c.match()
	if err != nil {
		return done{}, err
	}
	r, err := change(c.PathValue("id"), match)
	return done{
		Body: viewApp(r), ETag: r.ETag(), Target: r.ID, MiniAppID: r.ID, Detail: detail,
		after: func(ctx context.Context) error { return d.Engine.Review(ctx, "", r.ID) },
	}, err
}

func (d *door) permit(ctx context.Context, tx Tx, c *call) (done, error) {
	var in registry.Permissions
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	return d.changeApp(c, in, func(id string, match registry.Match) (registry.Registration, error) {
		return d.Registry.Permit(ctx, tx, id, in, match)
	})
}

// because is the body of a decision.
type because struct {
	Reason string `json:"reason"`
}

func (d *door) suspend(ctx context.Context, tx Tx, c *call) (done, error) {
	var in because
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	return d.changeApp(c, in, func(id string, match registry.Match) (registry.Registration, error) {
		return d.Registry.Suspend(ctx, tx, id, in.Reason, match)
	})
}

func (d *door) resume(ctx context.Context, tx Tx, c *call) (done, error) {
	return d.changeApp(c, nil, func(id string, match registry.Match) (registry.Registration, error) {
		return d.Registry.Resume(ctx, tx, id, match)
	})
}

func (d *door) deleteApp(ctx context.Context, tx Tx, c *call) (done, error) {
	did, err := d.changeApp(c, nil, func(id string, match registry.Match) (registry.Registration, error) {
		return d.Registry.Delete(ctx, tx, id, match)
	})
	did.Status, did.Body, did.ETag = http.StatusNoContent, nil, ""
	return did, err
}

// list reads a page of rows, and returns the view of each under a name.
func list[T, V any](ctx context.Context, d *door, c *call, name string, cursor func(T) string, view func(T) V, read func(tx Tx, p store.Page) ([]T, error)) (any, error) {
	return listAll(ctx, d, c, name, cursor, func(_ Tx, rows []T) ([]V, error) {
		views := []V{}
		for _, row := range rows {
			views = append(views, view(row))
		}
		return views, nil
	}, read)
}

// listAll is list for views that are read together, in the transaction of the rows.
func listAll[T, V any](ctx context.Context, d *door, c *call, name string, cursor func(T) string, views func(tx Tx, rows []T) ([]V, error), read func(tx Tx, p store.Page) ([]T, error)) (any, error) {
	page, err := edge.PageOf(c.Request)
	if err != nil {
		return nil, err
	}
	var seen []V
	next := ""
	err = d.DB.Read(ctx, func(tx Tx) error {
		rows, more, err := edge.OnePage(page, cursor, func(p store.Page) ([]T, error) { return read(tx, p) })
		if err == nil {
			next = more
			seen, err = views(tx, rows)
		}
		return err
	})
	return edge.Paged(name, seen, next), err
}
