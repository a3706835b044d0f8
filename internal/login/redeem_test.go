package login_test

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/stage"
)

const life = 5 * time.Minute // of a code of the MiniAppSDK

// Each line redeems one code, by a request of an id, a while after it was
// issued, and then what before has done to it.
func TestRedeem_takes_a_code_once(t *testing.T) {
	by := func(id string) func(g *gate, code string) {
		return func(g *gate, code string) { _, err := g.redeem(code, id); g.Must(err) }
	}
	replayed := func(g *gate, code string) { by("a")(g, code); _, _ = g.redeem(code, "b") }
	g := newGate(t)
	for _, one := range []struct {
		name     string
		before   func(g *gate, code string)
		id       string
		pass     time.Duration
		code     string
		token    string // what becomes of the first token: "none" is that it opens a session
		warnings int
	}{
		{"a new code", nil, "x", 0, "none", "none", 0},
		{"without a request id", nil, "", 0, "none", "none", 0},
		{"at its last moment", nil, "x", life, "none", "none", 0},
		{"after its life", nil, "x", life + time.Millisecond, "code_expired", "token_invalid", 0},
		{"issued in the future", nil, "x", -1001 * time.Millisecond, "code_expired", "token_invalid", 0},
		{"a retry", by("a"), "a", 0, "none", "none", 0},
		{"a late retry", by("a"), "a", time.Hour, "none", "none", 0},
		{"a replay", by("a"), "b", 0, "code_replayed", "token_invalid", 1},
		{"a replay without a request id", by(""), "", 0, "code_replayed", "token_invalid", 1},
		{"a replay after the code's life", by("a"), "b", time.Hour, "code_replayed", "token_invalid", 1},
		{"a retry after a replay", replayed, "a", 0, "code_replayed", "token_invalid", 0},
	} {
		g.app.ID = "kopi"
		code := g.code()
		if one.id != "" && one.before == nil {
			one.id = "new " + one.name
		}
		if one.before != nil { // each line's requests have ids of their own
			g.Pass(request.Kept)
			code = g.code()
			one.before(g, code)
		}
		before := len(g.Entries(journal.Warning))
		g.Pass(one.pass)
		granted, err := g.redeem(code, one.id)
		stage.Is(t, one.name, stage.Code(err), one.code)
		sealed, _ := g.Key.Unseal("auth code", code)
		stage.Is(t, one.name+": the token", g.opens(g.Key.Token(sealed).Text), one.token)
		stage.Is(t, one.name+": the warnings", len(g.Entries(journal.Warning))-before, one.warnings)
		if err == nil {
			stage.Is(t, one.name, granted, login.Granted{Token: g.Key.Token(sealed).Text, AccountID: "01-sari-26", LaunchID: g.launch.ID})
		} else {
			stage.Is(t, one.name, granted, login.Granted{})
		}
		if one.pass < 0 {
			g.Pass(-one.pass)
		}
	}
}

func TestRedeem_keeps_the_token_as_a_hash(t *testing.T) {
	g := newGate(t)
	g.Pass(time.Minute)
	code, token := g.redeemed("a")
	parsed, _ := secret.ParseToken(token)
	stage.Is(t, "the token kept", g.kept(code), login.Token{
		ID: parsed.ID.String(), MiniAppID: "kopi", UserID: "sari", LaunchID: g.launch.ID, SecretHash: secret.Hash(parsed.Secret), CreatedAt: g.Now(),
	})
	g.Pass(time.Second)
	_, _ = g.redeem(code, "b")
	revoked := g.Now()
	g.Pass(time.Second)
	_, _ = g.redeem(code, "c")
	stage.Is(t, "when it was revoked", g.kept(code).RevokedAt, revoked)
	e := g.Entries(journal.Warning)[0]
	stage.Is(t, "the warning", e.MiniAppID+" "+e.UserID+" "+e.LaunchID, "kopi sari "+g.launch.ID)
}

func TestRedeem_refuses_codes_that_are_not_the_mini_apps(t *testing.T) {
	g := newGate(t)
	teh := g.App("teh")
	for _, one := range []struct {
		name string
		app  miniapp.App
		code func() string
		want string
	}{
		{"no code", g.app, func() string { return "code" }, "code_unknown"},
		{"another mini app's", teh, g.code, "code_unknown"},
		{"of a launch that is gone", g.app, func() string { code, _ := g.login.Issue(g.IDs.New(), miniapp.Webview); return code }, "code_unknown"},
		{"a bank token", g.app, func() string { return g.Key.Seal("bank token", g.IDs.UUID(), g.Clock.Now(), nil) }, "code_unknown"},
	} {
		before := g.Contents()
		code := one.code()
		_, err := g.login.Redeem(g.Ctx, one.app, code, g.request("a"))
		stage.Is(t, one.name, stage.Code(err), one.want)
		stage.Is(t, one.name+" changes nothing", g.Contents(), before)
	}
}

func TestRedeem_refuses_a_request_id_that_stands_for_another_call(t *testing.T) {
	g := newGate(t)
	g.redeemed("a")
	other := g.request("a")
	other.Operation = "bank-details"
	code := g.code()
	_, err := g.login.Redeem(g.Ctx, g.app, code, other)
	stage.Is(t, "another operation", stage.Code(err), "request_id_reused")
	_, err = g.redeem(code, "a") // the same words for another code are no retry of it
	if c := stage.Code(err); c == "none" || c == "code_replayed" {
		t.Errorf("another code under the id is taken for a retry: %s", c)
	}
}

func TestRedeem_is_loud_about_faults(t *testing.T) {
	g := newGate(t)
	code := g.code()
	redeem := func(id string) func() error {
		return func() error { _, err := g.redeem(code, id); return err }
	}
	g.Whole(redeem("a"))
	g.Loud(redeem("a")) // a retry
	expired := g.code()
	g.Pass(time.Hour)
	refused := func(code, id, want string) func() error {
		return func() error {
			if _, err := g.redeem(code, id); stage.Code(err) != want {
				return err
			}
			return nil
		}
	}
	g.Loud(refused(expired, "b", "code_expired"))
	g.Whole(refused(code, "b", "code_replayed"))
}

func TestIssue_refuses_what_is_no_launch(t *testing.T) {
	g := newGate(t)
	if code, err := g.login.Issue("launch", miniapp.Webview); err == nil || code != "" {
		t.Errorf("got %q, %v", code, err)
	}
}

func TestCodeLife(t *testing.T) {
	for generation, want := range map[miniapp.Generation]time.Duration{
		miniapp.Webview: 5 * time.Minute, miniapp.ContainerV1: 6 * time.Minute, miniapp.ContainerV2: 6 * time.Minute,
	} {
		stage.Is(t, string(generation), login.CodeLife(generation), want)
	}
	g := newGate(t)
	stage.Is(t, "how long a revoked token is kept", g.login.Kept(), 24*time.Hour+6*time.Minute)
	g.login.Life = time.Hour
	stage.Is(t, "with a longer life of codes", g.login.Kept(), 25*time.Hour)
	code := g.code()
	g.Pass(time.Hour)
	_, err := g.redeem(code, "a")
	stage.Is(t, "a code at the end of that life", stage.Code(err), "none")
	g.login.Life = time.Second
	code = g.code()
	g.Pass(time.Second + time.Millisecond)
	_, err = g.redeem(code, "b")
	stage.Is(t, "a code after a short life", stage.Code(err), "code_expired")
}

// raced is a database in which another redeems the code between the rule's
// look at its request and the row of the token.
type raced struct {
	*stage.Tx
	meanwhile func(tx *stage.Tx)
}

func (tx raced) Tokens() login.Store { return racedTokens{tx.Tx.Tokens(), tx} }

type racedTokens struct {
	login.Store
	tx raced
}

func (s racedTokens) Insert(ctx context.Context, t login.Token) (bool, error) {
	s.tx.meanwhile(s.tx.Tx)
	return s.Store.Insert(ctx, t)
}

type racedDB struct {
	g         *gate
	meanwhile func(tx *stage.Tx)
}

func (db racedDB) Write(ctx context.Context, fn func(login.Tx) error) error {
	return stage.View[*stage.Tx](db.g.Stage).Write(ctx, func(tx *stage.Tx) error { return fn(raced{tx, db.meanwhile}) })
}

func (db racedDB) Read(ctx context.Context, fn func(login.Tx) error) error {
	return stage.View[login.Tx](db.g.Stage).Read(ctx, fn)
}

func TestRedeem_meets_another_that_was_faster(t *testing.T) {
	g := newGate(t)
	for _, one := range []struct {
		name, by, code, token string
		revoked               bool
	}{
		{"this very request", "a", "none", "none", false},
		{"another request", "b", "code_replayed", "token_invalid", false},
		{"this very request, revoked since", "a", "code_replayed", "token_invalid", true},
	} {
		g.Pass(request.Kept)
		code := g.code()
		sealed, _ := g.Key.Unseal("auth code", code)
		token := g.Key.Token(sealed)
		g.login.DB = racedDB{g, func(tx *stage.Tx) {
			_, err := tx.Tokens().Insert(g.Ctx, login.Token{ID: token.ID.String(), MiniAppID: "kopi", UserID: "sari", LaunchID: g.launch.ID, SecretHash: secret.Hash(token.Secret)})
			g.Must(err)
			g.Must(request.Keep(g.Ctx, tx.Requests(), g.request(one.by), token.ID.String()))
			if one.revoked {
				g.Must(tx.Tokens().Revoke(g.Ctx, token.ID.String(), 7))
			}
		}}
		_, err := g.redeem(code, "a")
		stage.Is(t, one.name, stage.Code(err), one.code)
		stage.Is(t, one.name, g.opens(token.Text), one.token)
	}
}
