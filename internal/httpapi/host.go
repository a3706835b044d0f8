package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal"
	happened "github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// appView is a mini app as a host shows it.
type appView struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	IconURL    string             `json:"icon_url"`
	Origin     string             `json:"origin"`
	Generation miniapp.Generation `json:"generation"`
}

// at gives a mini app as a page sees it that reached this platform under a
// host name: the mini app stands under the same name, so that both are one site.
func (a *API) at(host string, app miniapp.App) miniapp.App {
	if a.At == nil {
		return app
	}
	return a.At(host, app)
}

func (a *API) view(app miniapp.App) appView {
	return appView{ID: app.ID, Name: app.Name, IconURL: a.IconURL(app), Origin: app.Origin, Generation: app.Generation}
}

type launchView struct {
	LaunchID string       `json:"launch_id"`
	Token    string       `json:"token,omitempty"`
	State    launch.State `json:"state"`
	EntryURL string       `json:"entry_url"`
	Reason   string       `json:"reason,omitempty"`
	App      *appView     `json:"app,omitempty"`
	Ask      *ask.Ask     `json:"ask,omitempty"`
	Asks     []ask.Ask    `json:"asks,omitempty"`
}

func (a *API) openLaunch(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string `json:"mini_app_id"`
		UserID    string `json:"user_id"`
		Path      string `json:"path"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if a.Dev != nil {
		a.Dev.resetting.RLock()
		defer a.Dev.resetting.RUnlock()
		if err := a.Dev.fill(r.Context(), &in.MiniAppID, &in.UserID); err != nil {
			return nil, err
		}
	}
	opened, err := a.Launches.Open(r.Context(), in.MiniAppID, in.UserID, in.Path)
	if err != nil {
		a.traceRefusal(in.MiniAppID, in.UserID, err)
		return nil, err
	}
	id, err := uuid.Parse(opened.Launch.ID)
	if err != nil {
		return nil, err
	}
	opened.App = a.at(r.Host, opened.App)
	app := a.view(opened.App)
	v := launchView{
		LaunchID: opened.Launch.ID, Token: a.Key.LaunchToken(id), State: opened.Launch.State,
		EntryURL: opened.Launch.EntryURL(opened.App), Reason: opened.Launch.Reason, App: &app,
	}
	if opened.Ask != nil {
		withApp := a.withApp(*opened.Ask, app)
		v.Ask = &withApp
	}
	return created{v}, nil
}

// traceRefusal tells the journal of a mini app that was not opened because it
// is suspended. What else a host may ask for wrongly is the host's own affair.
func (a *API) traceRefusal(miniAppID, userID string, refused error) {
	if !problem.Is(refused, problem.MiniAppSuspended) {
		return
	}
	a.Journal.Trace(journal.Entry{
		Kind: journal.Launch, MiniAppID: miniAppID, UserID: userID, Title: "launch refused", Outcome: journal.Failed,
		Message: problem.Of(refused).Message, Next: `activate it: in the simulator's bar, or PATCH /control/v1/mini-app {"status":"active"}`,
		Detail: journal.Detail(map[string]any{"reason": problem.MiniAppSuspended}),
	})
}

// withApp adds to an ask whose it is, for the sheet.
func (a *API) withApp(one ask.Ask, app appView) ask.Ask {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(one.Show, &members); err != nil {
		return one
	}
	data, err := json.Marshal(app)
	if err != nil {
		return one
	}
	members["app"] = data
	if one.Show, err = json.Marshal(members); err != nil {
		return one
	}
	return one
}

func (a *API) showLaunch(ctx context.Context, launchID string, r *http.Request) (any, error) {
	var v launchView
	err := a.DB.Read(ctx, func(tx jsapi.Tx) error {
		l, app, err := launched(ctx, tx, launchID)
		if err != nil {
			return err
		}
		app = a.at(r.Host, app)
		view := a.view(app)
		v = launchView{LaunchID: l.ID, State: l.State, EntryURL: l.EntryURL(app), Reason: l.Reason, App: &view}
		asks, err := tx.Asks().Open(ctx, launchID)
		for _, one := range asks {
			v.Asks = append(v.Asks, a.withApp(one, view))
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

func (a *API) endLaunch(ctx context.Context, launchID string, _ *http.Request) (any, error) {
	return nil, a.Engine.End(ctx, launchID, happened.UserClosed)
}

func (a *API) capabilities(ctx context.Context, launchID string, _ *http.Request) (any, error) {
	return a.Engine.Capabilities(ctx, launchID)
}

// callRequest is one JSAPI call.
type callRequest struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// maxParams bounds the parameters of a call, in bytes.
const maxParams = 256 << 10

func (a *API) call(ctx context.Context, launchID string, r *http.Request) (any, error) {
	var in callRequest
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	return a.run(ctx, r.Host, launchID, in)
}

func (a *API) run(ctx context.Context, host, launchID string, in callRequest) (any, error) {
	if len(in.Params) > maxParams {
		return nil, problem.New(problem.TooLarge, "the parameters are %d bytes long; at most %d", len(in.Params), maxParams)
	}
	return a.reply(ctx, host, launchID, a.Engine.Call(ctx, launchID, in.Method, in.Params))
}

type replyView struct {
	CallID string        `json:"call_id"`
	Result *jsapi.Result `json:"result,omitempty"`
	Ask    *ask.Ask      `json:"ask,omitempty"`
}

func (a *API) reply(ctx context.Context, host, launchID string, reply jsapi.Reply) (any, error) {
	if reply.Launch == nil && reply.Ask == nil {
		return replyView{CallID: reply.CallID, Result: reply.Result}, nil
	}
	var app miniapp.App
	err := a.DB.Read(ctx, func(tx jsapi.Tx) (err error) {
		_, app, err = launched(ctx, tx, launchID)
		return err
	})
	if err != nil {
		return nil, err
	}
	app = a.at(host, app)
	if l := reply.Launch; l != nil {
		return launchView{LaunchID: l.ID, State: l.State, EntryURL: l.EntryURL(app), Reason: l.Reason}, nil
	}
	shown := a.withApp(*reply.Ask, a.view(app))
	return replyView{CallID: reply.CallID, Ask: &shown}, nil
}

func (a *API) answer(ctx context.Context, launchID string, r *http.Request) (any, error) {
	raw, err := readBody(r)
	if err != nil {
		return nil, err
	}
	return a.take(ctx, r.Host, launchID, r.PathValue("id"), raw)
}

func (a *API) take(ctx context.Context, host, launchID, askID string, raw json.RawMessage) (any, error) {
	reply, err := a.Engine.Answer(ctx, launchID, askID, raw)
	if err != nil {
		return nil, err
	}
	return a.reply(ctx, host, launchID, reply)
}
