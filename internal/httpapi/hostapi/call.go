package hostapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// callRequest is one JSAPI call. An empty Dialect means the platform's first one.
type callRequest struct {
	Dialect string          `json:"dialect"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Page    int             `json:"page"` // the host's number of the page that calls; 0 without one
}

// maxParams is the largest size of a call's parameters, in bytes.
const maxParams = 256 << 10

func (d *door) call(ctx context.Context, launchID string, r *http.Request) (any, error) {
	var in callRequest
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	to, err := readerOf(r)
	if err != nil {
		return nil, err
	}
	return d.run(ctx, to, launchID, in, nil)
}

// run runs a call. turn, when set, waits for the calls before it.
func (d *door) run(ctx context.Context, to reader, launchID string, in callRequest, turn func(context.Context) error) (any, error) {
	if len(in.Params) > maxParams {
		return nil, problem.New(problem.TooLarge, "the parameters are %d bytes long; at most %d", len(in.Params), maxParams)
	}
	if err := pageNumber(in.Page); err != nil {
		return nil, err
	}
	lost, err := d.cross(ctx)
	if err != nil {
		return nil, err
	}
	reply, err := d.Engine.Run(ctx, jsapi.Request{
		Dialect: in.Dialect, LaunchID: launchID, Method: in.Method, Params: in.Params, Page: in.Page, Turn: turn, Lost: lost,
	})
	if err != nil {
		return nil, err
	}
	return d.reply(ctx, to, launchID, reply)
}

// cross takes a call over the network, and reports whether it is lost there. The call
// then fails like one of a device without a connection.
func (d *door) cross(ctx context.Context) (lost bool, err error) {
	if d.Network == nil {
		return false, nil
	}
	lost, wait := d.Network.Enter()
	if wait == nil {
		return lost, nil
	}
	crossing, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-d.Done:
			stop()
		case <-crossing.Done():
		}
	}()
	if err = wait(crossing); ctx.Err() == nil {
		err = nil // the platform stops: the call goes on at once
	}
	return lost, err
}

type replyView struct {
	CallID string        `json:"call_id"`
	Result *jsapi.Result `json:"result,omitempty"`
	Ask    *ask.Ask      `json:"ask,omitempty"`
}

func (d *door) reply(ctx context.Context, to reader, launchID string, reply jsapi.Reply) (any, error) {
	if reply.Launch == nil && reply.Ask == nil {
		return replyView{CallID: reply.CallID, Result: reply.Result}, nil
	}
	var app miniapp.App
	err := d.DB.Read(ctx, func(tx jsapi.Tx) (err error) {
		_, app, err = launched(ctx, tx, launchID)
		return err
	})
	if err != nil {
		return nil, err
	}
	app = d.Apps.At(to.host, app)
	if l := reply.Launch; l != nil {
		return launchView{LaunchID: l.ID, State: l.State, EntryURL: l.EntryURL(app), Reason: l.Reason, Message: l.Message(to.language, app.Name)}, nil
	}
	shown := edge.AskFor(d.Apps.View(app), *reply.Ask)
	return replyView{CallID: reply.CallID, Ask: &shown}, nil
}

func (d *door) answer(ctx context.Context, launchID string, r *http.Request) (any, error) {
	raw, err := edge.ReadBody(r)
	if err != nil {
		return nil, err
	}
	to, err := readerOf(r)
	if err != nil {
		return nil, err
	}
	askID := r.PathValue("id")
	reply, err := d.Engine.Answer(ctx, launchID, askID, raw)
	if err != nil {
		return nil, err
	}
	d.Engine.TellAnswered(launchID, askID, reply) // a host on the launch's socket may show the sheet
	return d.reply(ctx, to, launchID, reply)
}

func (d *door) take(ctx context.Context, to reader, launchID, askID string, raw json.RawMessage) (any, error) {
	reply, err := d.Engine.Answer(ctx, launchID, askID, raw)
	if err != nil {
		return nil, err
	}
	return d.reply(ctx, to, launchID, reply)
}

func (d *door) withdrawAsk(ctx context.Context, launchID string, r *http.Request) (any, error) {
	to, err := readerOf(r)
	if err != nil {
		return nil, err
	}
	return d.withdraw(ctx, to, launchID, r.PathValue("id"))
}

func (d *door) withdraw(ctx context.Context, to reader, launchID, askID string) (any, error) {
	reply, err := d.Engine.Withdraw(ctx, launchID, askID)
	if err != nil {
		return nil, err
	}
	return d.reply(ctx, to, launchID, reply)
}
