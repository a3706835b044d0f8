package login_test

import (
	"testing"

	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// gate is a stage with the mini app kopi, which sari has open.
type gate struct {
	*stage.Stage
	login  *login.Service
	app    miniapp.App
	launch launch.Launch
}

func newGate(t *testing.T) *gate {
	t.Helper()
	s := stage.New(t)
	g := &gate{Stage: s, login: &login.Service{DB: stage.View[login.Tx](s), Clock: s.Clock, Key: s.Key}, app: s.App("kopi", "profile")}
	s.Person("sari", 0)
	g.launch = s.Launch("kopi", "sari")
	return g
}

// code returns a new code of the launch.
func (g *gate) code() string {
	g.Helper()
	code, err := g.login.Issue(g.launch.ID, miniapp.Webview)
	g.Must(err)
	return code
}

// request is kopi's request of an id; an empty id is none.
func (g *gate) request(id string) request.Request {
	return request.Of("kopi", id, "token", []byte("body"), g.Clock.Now())
}

// redeem exchanges a code by a request of an id.
func (g *gate) redeem(code, id string) (login.Granted, error) {
	return g.login.Redeem(g.Ctx, g.app, code, g.request(id))
}

// redeemed returns a code and the token it was exchanged for.
func (g *gate) redeemed(id string) (code, token string) {
	g.Helper()
	code = g.code()
	granted, err := g.redeem(code, id)
	g.Must(err)
	return code, granted.Token
}

// opens says whether a token opens a session: "none", or the problem's code.
func (g *gate) opens(token string) string {
	_, err := g.login.Authenticate(g.Ctx, token)
	return stage.Code(err)
}

// kept returns the token of a code as kept.
func (g *gate) kept(code string) (t login.Token) {
	g.Helper()
	sealed, _ := g.Key.Unseal("auth code", code)
	g.Read(func(tx *stage.Tx) (err error) {
		t, _, err = tx.Tokens().Get(g.Ctx, g.Key.Token(sealed).ID.String())
		return err
	})
	return t
}
