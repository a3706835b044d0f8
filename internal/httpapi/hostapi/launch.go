package hostapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// launchView is the launch in a response to its host.
type launchView struct {
	LaunchID string        `json:"launch_id"`
	Token    string        `json:"token,omitempty"`
	State    launch.State  `json:"state"`
	EntryURL string        `json:"entry_url"`
	Reason   event.Reason  `json:"reason,omitempty"`
	Message  string        `json:"message,omitempty"` // the words of the reason
	App      *edge.AppView `json:"app,omitempty"`
	Ask      *ask.Ask      `json:"ask,omitempty"`
	Asks     []ask.Ask     `json:"asks,omitempty"`
}

// reader is the host that a response goes to.
type reader struct {
	host     string // the Host header of its request
	language language.Language
}

func readerOf(r *http.Request) (reader, error) {
	in, err := edge.Language(r)
	return reader{edge.OwnHost(r), in}, err
}

func (d *door) openLaunch(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string `json:"mini_app_id"`
		UserID    string `json:"user_id"`
		Path      string `json:"path"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	to, err := readerOf(r)
	if err != nil {
		return nil, err
	}
	if d.Fill != nil {
		app, user, done, err := d.Fill(r.Context(), in.MiniAppID, in.UserID)
		if err != nil {
			return nil, err
		}
		defer done()
		in.MiniAppID, in.UserID = app, user
	}
	opened, err := d.Launches.Open(r.Context(), launch.Request{MiniAppID: in.MiniAppID, UserID: in.UserID, Path: in.Path})
	if err != nil {
		d.traceRefusal(in.MiniAppID, in.UserID, err)
		return nil, err
	}
	id, err := uuid.Parse(opened.Launch.ID)
	if err != nil {
		return nil, err
	}
	opened.App = d.Apps.At(r.Host, opened.App)
	app := d.Apps.View(opened.App)
	v := launchView{
		LaunchID: opened.Launch.ID, Token: d.Key.LaunchToken(id), State: opened.Launch.State,
		EntryURL: opened.Launch.EntryURL(opened.App), Reason: opened.Launch.Reason, Message: opened.Launch.Message(to.language, opened.App.Name), App: &app,
	}
	if opened.Ask != nil {
		withApp := edge.AskFor(app, *opened.Ask)
		v.Ask = &withApp
	}
	return edge.Created{Body: v}, nil
}

// traceRefusal adds a journal entry for a suspended mini app that was not opened. Other
// failures are only in the host's response.
func (d *door) traceRefusal(miniAppID, userID string, refused error) {
	if !problem.Is(refused, problem.MiniAppSuspended) {
		return
	}
	d.Journal.Trace(event.LaunchBlocked.Entry(event.Scope{MiniAppID: miniAppID, UserID: userID}, event.LaunchBlock{Reason: problem.MiniAppSuspended}))
}

func (d *door) showLaunch(ctx context.Context, launchID string, r *http.Request) (any, error) {
	var v launchView
	to, err := readerOf(r)
	if err != nil {
		return v, err
	}
	err = d.DB.Read(ctx, func(tx jsapi.Tx) error {
		l, app, err := launched(ctx, tx, launchID)
		if err != nil {
			return err
		}
		app = d.Apps.At(to.host, app)
		view := d.Apps.View(app)
		v = launchView{LaunchID: l.ID, State: l.State, EntryURL: l.EntryURL(app), Reason: l.Reason, Message: l.Message(to.language, app.Name), App: &view}
		asks, err := tx.Asks().Open(ctx, launchID)
		for _, one := range asks {
			v.Asks = append(v.Asks, edge.AskFor(view, one))
		}
		return err
	})
	return v, err
}

func launched(ctx context.Context, tx jsapi.Tx, launchID string) (launch.Launch, miniapp.App, error) {
	l, err := tx.Launches().Get(ctx, launchID)
	if err != nil {
		return l, miniapp.App{}, err
	}
	app, err := tx.MiniApps().Get(ctx, l.MiniAppID)
	return l, app, err
}

func (d *door) endLaunch(ctx context.Context, launchID string, _ *http.Request) (any, error) {
	return nil, d.Engine.End(ctx, launchID, event.UserClosed)
}

func (d *door) capabilities(ctx context.Context, launchID string, r *http.Request) (any, error) {
	return d.Engine.Capabilities(ctx, r.URL.Query().Get("dialect"), launchID)
}
