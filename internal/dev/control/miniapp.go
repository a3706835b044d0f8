package control

import (
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

func (d *door) changeApp(r *http.Request) (any, error) {
	var in struct {
		ID     string         `json:"id"`
		Status miniapp.Status `json:"status"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	if in.Status != miniapp.Active && in.Status != miniapp.Suspended {
		return nil, problem.New(problem.BadRequest, "status is active or suspended, not %q", in.Status)
	}
	ctx := r.Context()
	d.fillApp(&in.ID)
	var app miniapp.App
	err := d.DB.Write(ctx, func(tx jsapi.Tx) (err error) {
		if app, err = tx.MiniApps().Get(ctx, in.ID); err != nil || app.Status == in.Status {
			return err
		}
		app.Status = in.Status
		if err := tx.MiniApps().Put(ctx, app); err != nil {
			return err
		}
		return tx.Journal().Append(ctx, statusEntry(app))
	})
	if err == nil {
		err = d.Review(ctx, "", app.ID)
	}
	d.Simulator.Changed()
	return d.appOf(d.Apps.At(r.Host, app)), err
}

// statusEntry returns the journal entry for a mini app that an operator suspended or
// activated.
func statusEntry(app miniapp.App) journal.Entry {
	changed := event.MiniAppActivated
	if app.Status == miniapp.Suspended {
		changed = event.MiniAppSuspended
	}
	return changed.Entry(event.Scope{MiniAppID: app.ID}, event.AppStatus{Status: string(app.Status)})
}
