package programtest

import "testing"

// logIn opens a launch and redeems codes. It adds the secrets, and returns the
// launch and a live auth token.
func logIn(t *testing.T, p *program, user string, secrets map[string]string) (*launched, string) {
	t.Helper()
	l, err := p.launch(user)
	must(t, l, err)
	secrets["launch token"] = l.Token

	secrets["unspent code"] = must1(t)(l.code())
	secrets["spent code"] = must1(t)(l.code())
	g, err := p.exchange(secrets["spent code"], "first")
	must(t, g, err)
	secrets["auth_token"] = g.Data.Token
	secrets["replayed code"] = must1(t)(l.code())
	revoked, err := p.exchange(secrets["replayed code"], "")
	must(t, revoked, err)
	_, _ = p.exchange(secrets["replayed code"], "")
	secrets["revoked auth_token"] = revoked.Data.Token
	return l, g.Data.Token
}
