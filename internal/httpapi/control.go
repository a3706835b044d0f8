package httpapi

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Control is what the control API of dev moves.
type Control struct {
	Simulator *simulator.Simulator
	People    *simulator.People
	Clock     *clock.Movable
	Target    func() Target
	URLs      URLs
	Version   string
	Reset     func(ctx context.Context) error
	// Sweep settles what a moved clock has made due.
	Sweep func(ctx context.Context) error
	// NotificationURL is where a mini app's backend is told of its payments.
	NotificationURL func(miniapp.App) string

	// resetting is held alone by a reset, and shared by everything else here:
	// nobody sees a platform that is emptied and not yet filled again.
	resetting sync.RWMutex
}

// URLs are the addresses of a development platform.
type URLs struct {
	Simulator string `json:"simulator"`
	App       string `json:"app"`
	API       string `json:"api"`
	Control   string `json:"control"`
}

// Target is where the mini app's pages come from, and how that stands.
type Target struct {
	Kind    string `json:"kind"` // command, url, folder or none
	Command string `json:"command,omitempty"`
	URL     string `json:"url,omitempty"`
	State   string `json:"state"` // none, starting, running or exited
	Message string `json:"message,omitempty"`
}

// control serves the endpoints of the control API.
type control struct {
	*Control
	api *API
}

func (c *Control) routes(a *API) []Route {
	k := &control{c, a}
	routes := []Route{
		{"GET /control/v1/state", OwnOrigin, k.whole(k.state)},
		{"GET /control/v1/device", OwnOrigin, k.whole(k.device)},
		{"PATCH /control/v1/device", OwnOrigin, k.whole(k.changeDevice)},
		{"GET /control/v1/answers", OwnOrigin, k.whole(k.answers)},
		{"PATCH /control/v1/answers", OwnOrigin, k.whole(k.choose)},
		{"GET /control/v1/clock", OwnOrigin, k.whole(k.clock)},
		{"POST /control/v1/clock", OwnOrigin, k.whole(k.advance)},
		{"GET /control/v1/journal", OwnOrigin, http.HandlerFunc(k.journal)},
		{"GET /control/v1/payments", OwnOrigin, k.whole(k.payments)},
		{"POST /control/v1/payments", OwnOrigin, k.whole(k.pay)},
		{"GET /control/v1/notifications", OwnOrigin, k.whole(k.notifications)},
		{"POST /control/v1/notifications/{id}/replay", OwnOrigin, k.whole(k.replay)},
		{"GET /control/v1/messages", OwnOrigin, k.whole(k.messages)},
		{"DELETE /control/v1/messages/{id}", OwnOrigin, k.whole(k.dismiss)},
		{"GET /control/v1/wallet", OwnOrigin, k.whole(k.wallet)},
		{"GET /control/v1/users", OwnOrigin, k.whole(k.users)},
		{"POST /control/v1/users", OwnOrigin, k.whole(k.addUser)},
		{"PATCH /control/v1/users", OwnOrigin, k.whole(k.changeUser)},
		{"GET /control/v1/consents", OwnOrigin, k.whole(k.consents)},
		{"PATCH /control/v1/consents", OwnOrigin, k.whole(k.decide)},
		{"PATCH /control/v1/mini-app", OwnOrigin, k.whole(k.changeApp)},
		{"GET /control/v1/credentials", OwnOrigin, k.whole(k.credentials)},
		{"POST /control/v1/credentials/rotate", OwnOrigin, k.whole(k.rotate)},
		{"GET /control/v1/faults", OwnOrigin, k.whole(k.faults)},
		{"POST /control/v1/faults", OwnOrigin, k.whole(k.addFault)},
		{"DELETE /control/v1/faults", OwnOrigin, k.whole(k.removeFaults)},
		{"DELETE /control/v1/faults/{id}", OwnOrigin, k.whole(k.removeFault)},
		{"POST /control/v1/reset", OwnOrigin, endpoint(k.reset)},
	}
	return append(routes, pages{k}.routes()...)
}

// fill puts the only mini app and the current user where none is named.
func (c *Control) fill(ctx context.Context, miniAppID, userID *string) error {
	if *userID == "" {
		*userID = c.Simulator.User()
	}
	return c.fillApp(ctx, miniAppID)
}

// fillApp puts the only mini app where none is named.
func (c *Control) fillApp(ctx context.Context, miniAppID *string) error {
	if *miniAppID != "" {
		return nil
	}
	return c.People.DB.Read(ctx, func(tx simulator.PeopleTx) error {
		apps, err := tx.MiniApps().List(ctx)
		if err != nil {
			return err
		}
		if len(apps) != 1 {
			return problem.New(problem.BadRequest, "there are %d mini apps; name one as mini_app_id", len(apps))
		}
		*miniAppID = apps[0].ID
		return nil
	})
}

func (c *control) device(*http.Request) (any, error)  { return c.Simulator.Now(), nil }
func (c *control) answers(*http.Request) (any, error) { return c.Simulator.Answers(), nil }

func (c *control) changeDevice(r *http.Request) (any, error) {
	patch, err := readBody(r)
	if err != nil {
		return nil, err
	}
	return c.Simulator.Change(r.Context(), patch)
}

func (c *control) choose(r *http.Request) (any, error) {
	patch, err := readBody(r)
	if err != nil {
		return nil, err
	}
	return c.Simulator.Choose(r.Context(), patch)
}

type clockView struct {
	Now      int64 `json:"now"`
	OffsetMS int64 `json:"offset_ms"`
}

func (c *control) clockNow() clockView {
	return clockView{c.Clock.Now().UnixMilli(), c.Clock.Offset().Milliseconds()}
}

func (c *control) clock(*http.Request) (any, error) { return c.clockNow(), nil }

func (c *control) advance(r *http.Request) (any, error) {
	var in struct {
		Advance string `json:"advance"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	by, err := time.ParseDuration(in.Advance)
	if err != nil {
		return nil, problem.New(problem.BadRequest, `advance is a duration such as "90s", "5m" or "24h", not %q`, cut(in.Advance))
	}
	if err := c.Simulator.Advance(r.Context(), by); err != nil {
		return nil, err
	}
	return c.clockNow(), c.Sweep(r.Context())
}

func (c *control) reset(r *http.Request) (any, error) {
	if _, err := readBody(r); err != nil {
		return nil, err
	}
	c.resetting.Lock()
	defer c.resetting.Unlock()
	return nil, c.Reset(r.Context())
}

// whole serves an endpoint that no reset may come between. Its body is read
// before: a slow caller keeps nobody waiting.
func (c *control) whole(serve endpoint) endpoint {
	return func(r *http.Request) (any, error) {
		body, err := readBody(r)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.resetting.RLock()
		defer c.resetting.RUnlock()
		return serve(r)
	}
}

func (c *control) changeApp(r *http.Request) (any, error) {
	var in struct {
		ID     string         `json:"id"`
		Status miniapp.Status `json:"status"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if in.Status != miniapp.Active && in.Status != miniapp.Suspended {
		return nil, problem.New(problem.BadRequest, "status is active or suspended, not %q", in.Status)
	}
	ctx := r.Context()
	if err := c.fillApp(ctx, &in.ID); err != nil {
		return nil, err
	}
	var app miniapp.App
	err := c.api.DB.Write(ctx, func(tx jsapi.Tx) (err error) {
		if app, err = tx.MiniApps().Get(ctx, in.ID); err != nil || app.Status == in.Status {
			return err
		}
		app.Status = in.Status
		if err := tx.MiniApps().Put(ctx, app); err != nil {
			return err
		}
		return tx.Journal().Append(ctx, statusEntry(app))
	})
	c.Simulator.Changed()
	return c.appOf(c.api.at(r.Host, app)), err
}

// statusEntry tells the journal that an operator suspended or activated a mini app.
func statusEntry(app miniapp.App) journal.Entry {
	e := journal.Entry{
		Kind: journal.MiniApp, MiniAppID: app.ID, Title: "mini app activated", Outcome: journal.Info,
		Detail: journal.Detail(map[string]any{"status": app.Status}),
	}
	if app.Status == miniapp.Suspended {
		e.Title, e.Message = "mini app suspended", "it does not open, its calls answer 203, and its backend is refused"
	}
	return e
}
