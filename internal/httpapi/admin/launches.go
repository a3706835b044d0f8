package admin

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// launchView is a launch. The operator's backend sends launch_id and token to its host,
// and keeps its own API key.
type launchView struct {
	LaunchID  string         `json:"launch_id"`
	Token     string         `json:"token,omitempty"`
	MiniAppID string         `json:"mini_app_id"`
	UserID    string         `json:"user_id"`
	State     launch.State   `json:"state"`
	EntryURL  string         `json:"entry_url"`
	Reason    event.Reason   `json:"reason,omitempty"`
	Message   string         `json:"message,omitempty"`
	App       *edge.AppView  `json:"app,omitempty"`
	Ask       *ask.Ask       `json:"ask,omitempty"`
	Device    *device.Device `json:"device,omitempty"`
	CreatedAt int64          `json:"created_at"`
	EndedAt   int64          `json:"ended_at,omitempty"`
}

func (d *door) viewLaunch(l launch.Launch, app miniapp.App) launchView {
	seen := d.Apps.View(app)
	return launchView{
		LaunchID: l.ID, MiniAppID: l.MiniAppID, UserID: l.UserID, State: l.State, EntryURL: l.EntryURL(app), Reason: l.Reason,
		Message: l.Message(language.English, app.Name), App: &seen, Device: l.Device, CreatedAt: l.CreatedAt, EndedAt: l.EndedAt,
	}
}

// launchWish is the body of a request for a launch.
type launchWish struct {
	MiniAppID string      `json:"mini_app_id"`
	UserID    string      `json:"user_id"`
	Path      string      `json:"path"`
	Device    *deviceWish `json:"device"`
}

// deviceWish describes the device. Only os and app_version are required.
type deviceWish struct {
	OS           device.OS       `json:"os"`
	AppVersion   version.Version `json:"app_version"`
	Locale       string          `json:"locale"` // id_ID if it is empty
	ScreenWidth  int             `json:"screen_width"`
	ScreenHeight int             `json:"screen_height"`
	// Lacks lists the capabilities that the device does not have.
	Lacks []device.Capability `json:"lacks"`
}

func (w *deviceWish) device() (*device.Device, error) {
	if w == nil {
		return nil, problem.New(problem.BadRequest, `device is missing, such as {"os":"android","app_version":"2.1.0"}: a mini app's methods depend on it`)
	}
	dev := device.Device{OS: w.OS, AppVersion: w.AppVersion, Locale: w.Locale, Online: true, ScreenWidth: w.ScreenWidth, ScreenHeight: w.ScreenHeight}
	if dev.Locale == "" {
		dev.Locale = device.Indonesian
	}
	switch {
	case dev.OS != device.Android && dev.OS != device.IOS:
		return nil, problem.New(problem.BadRequest, "device.os is android or ios, not %q", dev.OS)
	case dev.AppVersion == version.Version{}:
		return nil, problem.New(problem.BadRequest, `device.app_version is missing: the version of the super app, such as "2.1.0"`)
	case dev.Locale != device.Indonesian && dev.Locale != device.English:
		return nil, problem.New(problem.BadRequest, "device.locale is id_ID or en_ID, not %q", dev.Locale)
	}
	for _, one := range w.Lacks {
		if dev.Lacks == nil {
			dev.Lacks = map[device.Capability]string{}
		}
		dev.Lacks[one] = "the device has none"
	}
	return &dev, nil
}

// hostWait is how long the host of a new launch may take to connect. Then the launch ends,
// and with it its token.
const hostWait = time.Minute

func (d *door) createLaunch(ctx context.Context, tx Tx, c *call) (done, error) {
	var in launchWish
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	dev, err := in.Device.device()
	if err != nil {
		return done{}, err
	}
	if err := d.ensureUser(ctx, tx, in.UserID); err != nil {
		return done{}, err
	}
	opened, err := d.Launches.OpenIn(ctx, tx, launch.Request{MiniAppID: in.MiniAppID, UserID: in.UserID, Path: in.Path, Device: dev})
	if err != nil {
		return done{}, err
	}
	id, err := uuid.Parse(opened.Launch.ID)
	if err != nil {
		return done{}, err
	}
	v := d.viewLaunch(opened.Launch, opened.App)
	v.Token = d.Key.LaunchToken(id)
	if opened.Ask != nil {
		shown := edge.AskFor(*v.App, *opened.Ask)
		v.Ask = &shown
	}
	return done{
		Status: http.StatusCreated, Body: v, Target: v.LaunchID, MiniAppID: v.MiniAppID, UserID: v.UserID,
		after: func(context.Context) error {
			d.Engine.Hosts.Expect(v.LaunchID, hostWait)
			return nil
		},
	}, nil
}

func (d *door) showLaunch(ctx context.Context, c *call) (any, error) {
	var v launchView
	err := d.DB.Read(ctx, func(tx Tx) error {
		l, err := tx.Launches().Get(ctx, c.PathValue("id"))
		if err != nil {
			return err
		}
		app, err := tx.MiniApps().Get(ctx, l.MiniAppID)
		v = d.viewLaunch(l, app)
		return err
	})
	return v, err
}

// endLaunch records the act; the launch ends after the commit, as when its host closes it.
func (d *door) endLaunch(ctx context.Context, tx Tx, c *call) (done, error) {
	l, err := tx.Launches().Get(ctx, c.PathValue("id"))
	return done{
		Status: http.StatusAccepted, Body: map[string]string{"launch_id": l.ID}, Target: l.ID, MiniAppID: l.MiniAppID, UserID: l.UserID,
		after: func(ctx context.Context) error { return d.Engine.End(ctx, l.ID, event.OperatorClosed) },
	}, err
}
