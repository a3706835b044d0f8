package stage

import (
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

// App registers a mini app with permission for the named consents. A name that ends
// in "!" is mandatory.
func (s *Stage) App(id string, consents ...string) miniapp.App {
	s.Helper()
	app := miniapp.App{
		ID: id, Name: "Mini app " + id, Generation: miniapp.Webview, Status: miniapp.Active,
		Origin: "https://" + id + ".example", EntryURL: "https://" + id + ".example/start",
	}
	for _, name := range consents {
		c := miniapp.Consent{Name: name}
		if last := len(name) - 1; name[last] == '!' {
			c = miniapp.Consent{Name: name[:last], Mandatory: true}
		}
		app.Consents = append(app.Consents, c)
	}
	s.Put(app)
	return app
}

// Put registers a mini app, or replaces its registration.
func (s *Stage) Put(app miniapp.App) {
	s.Helper()
	s.Write(func(tx *Tx) error { return tx.MiniApps().Put(s.Ctx, app) })
}

// Suspend suspends a mini app, like its operator.
func (s *Stage) Suspend(app miniapp.App) {
	s.Helper()
	app.Status = miniapp.Suspended
	s.Put(app)
}

// Person adds a user with a name, which is also the id, and a balance.
func (s *Stage) Person(name string, balance money.Rupiah) user.User {
	s.Helper()
	u := user.User{ID: name, Name: name, AccountID: "01-" + name + "-26", Balance: balance, CreatedAt: s.Now()}
	s.Write(func(tx *Tx) error { return tx.Users().Insert(s.Ctx, u) })
	return u
}

// User returns a user from the database.
func (s *Stage) User(id string) (u user.User) {
	s.Helper()
	s.Read(func(tx *Tx) (err error) { u, err = tx.Users().Get(s.Ctx, id); return err })
	return u
}

// Launch inserts an open launch of a mini app by a user.
func (s *Stage) Launch(miniAppID, userID string) launch.Launch {
	s.Helper()
	l := launch.Launch{ID: s.IDs.New(), MiniAppID: miniAppID, UserID: userID, State: launch.Open, CreatedAt: s.Now()}
	s.Write(func(tx *Tx) error { return tx.Launches().Insert(s.Ctx, l) })
	return l
}

// Decides records a user's decision about a consent of a mini app.
func (s *Stage) Decides(userID, miniAppID string, name consent.Name, action consent.Action) {
	s.Helper()
	e := consent.Entry{ID: s.IDs.New(), UserID: userID, MiniAppID: miniAppID, Name: name, Action: action, At: s.Now(), Source: consent.Settings}
	s.Write(func(tx *Tx) error { return tx.Consents().Insert(s.Ctx, e) })
}

// Code returns the code of a problem, "none" without an error, and the text of any
// other error.
func Code(err error) string {
	switch {
	case err == nil:
		return "none"
	case problem.Of(err).Code == problem.Internal:
		return err.Error()
	default:
		return string(problem.Of(err).Code)
	}
}
