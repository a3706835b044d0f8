package login_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestAuthenticate_gives_the_session_of_a_token(t *testing.T) {
	g := newGate(t)
	_, token := g.redeemed("a")
	session, err := g.login.Authenticate(g.Ctx, token)
	g.Must(err)
	stage.Is(t, "the session", session, login.Session{App: session.App, User: g.User("sari"), LaunchID: g.launch.ID})
	stage.Is(t, "its mini app", session.App.ID, "kopi")
	g.Loud(func() error { _, err := g.login.Authenticate(g.Ctx, token); return err })
}

func TestAuthenticate_refuses_what_is_no_token(t *testing.T) {
	g := newGate(t)
	code, token := g.redeemed("a")
	never, _ := g.Key.Unseal("auth code", g.code())
	parsed, _ := secret.ParseToken(token)
	other := g.Key.Token(never)
	plain, err := base64.StdEncoding.DecodeString(token)
	g.Must(err)
	forged := base64.StdEncoding.EncodeToString([]byte(strings.TrimSuffix(string(plain), parsed.Secret) + other.Secret))
	for name, text := range map[string]string{
		"no token": "token", "a code": code, "a token that was never issued": other.Text, "another secret": forged, "none": "",
	} {
		stage.Is(t, name, g.opens(text), "token_invalid")
	}
	g.Suspend(g.app)
	stage.Is(t, "a suspended mini app's", g.opens(token), "mini_app_suspended")
}

func TestAllowed_asks_for_permission_and_consent(t *testing.T) {
	g := newGate(t)
	_, token := g.redeemed("a")
	allowed := func(name consent.Name) string {
		session, err := g.login.Authenticate(g.Ctx, token)
		g.Must(err)
		return stage.Code(g.login.Allowed(g.Ctx, session, name))
	}
	stage.Is(t, "never asked", allowed(consent.Profile), "consent_missing")
	for _, one := range []struct {
		action consent.Action
		want   string
	}{
		{consent.Given, "none"}, {consent.Revoked, "consent_missing"}, {consent.Given, "none"}, {consent.Refused, "consent_missing"}, {consent.Forgotten, "consent_missing"},
	} {
		g.Decides("sari", "kopi", consent.Profile, one.action)
		stage.Is(t, string(one.action), allowed(consent.Profile), one.want)
	}
	g.Decides("sari", "kopi", consent.Wifi, consent.Given)
	stage.Is(t, "a consent that the mini app may not ask for", allowed(consent.Wifi), "not_permitted")
	g.Decides("sari", "kopi", consent.Profile, consent.Given)
	session, err := g.login.Authenticate(g.Ctx, token)
	g.Must(err)
	g.Loud(func() error { return g.login.Allowed(g.Ctx, session, consent.Profile) })
}
