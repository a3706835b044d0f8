package bank_test

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/user"
)

// counter is a stage with the user sari and the mini app kopi. Sari has a bank
// account and has given her consents; kopi is open.
type counter struct {
	*stage.Stage
	bank   *bank.Service
	app    miniapp.App
	launch launch.Launch
}

var account = user.BankAccount{Code: "jago", Name: "Sari", Number: "5200130014001"}

func newCounter(t *testing.T) *counter {
	t.Helper()
	s := stage.New(t)
	c := &counter{Stage: s, bank: &bank.Service{DB: stage.View[bank.Tx](s), Clock: s.Clock, Key: s.Key}, app: s.App("kopi", "bank_account")}
	s.Person("sari", 0)
	c.linked(account)
	c.launch = s.Launch("kopi", "sari")
	s.Decides("sari", "kopi", consent.BankAccount, consent.Given)
	return c
}

func (c *counter) linked(account user.BankAccount) {
	c.Write(func(tx *stage.Tx) error {
		return tx.Users().Change(c.Ctx, "sari", func(u *user.User) error { u.Bank = account; return nil })
	})
}

func (c *counter) token() string {
	c.Helper()
	token, err := c.bank.Issue(c.launch.ID)
	c.Must(err)
	return token
}

func (c *counter) request(id string) request.Request {
	return request.Of("kopi", id, "bank-details", []byte("body"), c.Clock.Now())
}

func (c *counter) redeem(token, id string) (user.BankAccount, error) {
	return c.bank.Redeem(c.Ctx, c.app, token, c.request(id))
}

func TestRedeem_takes_a_token_once(t *testing.T) {
	by := func(id string) func(c *counter, token string) {
		return func(c *counter, token string) { _, err := c.redeem(token, id); c.Must(err) }
	}
	c := newCounter(t)
	for _, one := range []struct {
		name   string
		before func(c *counter, token string)
		id     string
		pass   time.Duration
		code   string
	}{
		{"a new token", nil, "a", 0, "none"},
		{"without a request id", nil, "", 0, "none"},
		{"at its last moment", nil, "a", 5 * time.Minute, "none"},
		{"after its life", nil, "a", 5*time.Minute + time.Millisecond, "code_expired"},
		{"a retry", by("a"), "a", 0, "none"},
		{"a late retry", by("a"), "a", time.Hour, "none"},
		{"a replay", by("a"), "b", 0, "code_replayed"},
		{"a replay without a request id", by(""), "", 0, "code_replayed"},
		{"a late replay", by("a"), "b", time.Hour, "code_expired"},
	} {
		c.Pass(request.Kept) // so that the ids are free
		token := c.token()
		if one.before != nil {
			one.before(c, token)
		}
		c.Pass(one.pass)
		got, err := c.redeem(token, one.id)
		stage.Is(t, one.name, stage.Code(err), one.code)
		if err == nil {
			stage.Is(t, one.name, got, account)
		}
	}
}

func TestRedeem_refuses_tokens_that_are_not_the_mini_apps(t *testing.T) {
	c := newCounter(t)
	teh := c.App("teh", "bank_account")
	gone, err := c.bank.Issue(c.IDs.New())
	c.Must(err)
	for _, one := range []struct {
		name  string
		app   miniapp.App
		token string
	}{
		{"no token", c.app, "token"},
		{"another mini app's", teh, c.token()},
		{"of a launch that is gone", c.app, gone},
		{"an auth code", c.app, c.Key.Seal("auth code", c.IDs.UUID(), c.Clock.Now(), nil)},
	} {
		got, err := c.bank.Redeem(c.Ctx, one.app, one.token, c.request("a"))
		stage.Is(t, one.name, stage.Code(err), "code_unknown")
		stage.Is(t, one.name, got, user.BankAccount{})
	}
}

func TestRedeem_needs_permission_consent_and_an_account(t *testing.T) {
	c := newCounter(t)
	token := c.token()
	for _, one := range []struct {
		name   string
		before func()
		code   string
	}{
		{"no permission", func() { c.app.Consents = nil }, "not_permitted"},
		{"consent revoked", func() {
			c.app.Consents = []miniapp.Consent{{Name: "bank_account"}}
			c.Decides("sari", "kopi", consent.BankAccount, consent.Revoked)
		}, "consent_missing"},
		{"no account", func() {
			c.Decides("sari", "kopi", consent.BankAccount, consent.Given)
			c.linked(user.BankAccount{})
		}, "user_unknown"},
		{"all of them", func() { c.linked(account) }, "none"},
		{"a retry after the consent is revoked", func() { c.Decides("sari", "kopi", consent.BankAccount, consent.Revoked) }, "consent_missing"},
	} {
		one.before()
		_, err := c.redeem(token, "a")
		stage.Is(t, one.name, stage.Code(err), one.code)
	}
}

func TestRedeem_refuses_a_request_id_that_stands_for_another_call(t *testing.T) {
	c := newCounter(t)
	first, second := c.token(), c.token()
	_, err := c.redeem(first, "a")
	c.Must(err)
	other := c.request("a")
	other.Operation = "token"
	_, err = c.bank.Redeem(c.Ctx, c.app, second, other)
	stage.Is(t, "another operation", stage.Code(err), "request_id_reused")
	if _, err = c.redeem(second, "a"); err == nil {
		t.Error("another token under the id is taken for a retry")
	}
	_, err = c.redeem(second, "b")
	stage.Is(t, "the token afterwards", stage.Code(err), "none")
}

func TestRedeem_is_whole(t *testing.T) {
	c := newCounter(t)
	token := c.token()
	redeem := func(id string) func() error {
		return func() error { _, err := c.redeem(token, id); return err }
	}
	c.Whole(redeem("a"))
	c.Whole(redeem("a")) // a retry
	c.Whole(func() error {
		if _, err := c.redeem(token, "b"); stage.Code(err) != "code_replayed" {
			return err
		}
		return nil
	})
}

func TestIssue_refuses_what_is_no_launch(t *testing.T) {
	c := newCounter(t)
	if token, err := c.bank.Issue("launch"); err == nil || token != "" {
		t.Errorf("got %q, %v", token, err)
	}
}

// raced is a database in which another spends the token between the rule's
// look at its request and the row of the spent token.
type raced struct {
	c         *counter
	meanwhile func(tx *stage.Tx)
}

func (db raced) Write(ctx context.Context, fn func(bank.Tx) error) error {
	return stage.View[*stage.Tx](db.c.Stage).Write(ctx, func(tx *stage.Tx) error { return fn(racedTx{tx, db.meanwhile}) })
}

func (db raced) Read(ctx context.Context, fn func(bank.Tx) error) error {
	return stage.View[bank.Tx](db.c.Stage).Read(ctx, fn)
}

type racedTx struct {
	*stage.Tx
	meanwhile func(tx *stage.Tx)
}

func (tx racedTx) BankTokens() bank.Store { return racedTokens{tx} }

type racedTokens struct{ tx racedTx }

func (s racedTokens) Insert(ctx context.Context, id, miniAppID, userID string, now int64) (bool, error) {
	s.tx.meanwhile(s.tx.Tx)
	return s.tx.Tx.BankTokens().Insert(ctx, id, miniAppID, userID, now)
}

func TestRedeem_meets_another_that_was_faster(t *testing.T) {
	for by, want := range map[string]string{"a": "none", "b": "code_replayed"} {
		c := newCounter(t)
		token := c.token()
		sealed, _ := c.Key.Unseal("bank token", token)
		c.bank.DB = raced{c, func(tx *stage.Tx) {
			_, err := tx.BankTokens().Insert(c.Ctx, sealed.ID.String(), "kopi", "sari", 7)
			c.Must(err)
			c.Must(request.Keep(c.Ctx, tx.Requests(), c.request(by), sealed.ID.String()))
		}}
		_, err := c.redeem(token, "a")
		stage.Is(t, "after request "+by, stage.Code(err), want)
	}
}

// directory has one account, or gives no answer.
type directory struct {
	account user.BankAccount
	err     error
	asked   int
}

func (d *directory) Profile(context.Context, string) (user.User, error) { return user.User{}, d.err }

func (d *directory) BankAccount(context.Context, string) (user.BankAccount, error) {
	d.asked++
	return d.account, d.err
}

func TestRedeem_reads_the_account_from_the_directory(t *testing.T) {
	c := newCounter(t)
	d := &directory{err: problem.New(problem.Unavailable, "down")}
	c.bank.Directory = d
	token := c.token()
	_, err := c.redeem(token, "")
	c.Refused(err, problem.Unavailable)
	d.err = nil
	_, err = c.redeem(token, "")
	c.Refused(err, problem.UserUnknown) // no account is linked there
	d.account = user.BankAccount{Code: "bri", Name: "Sari W", Number: "123456789"}
	got, err := c.redeem(token, "")
	c.Must(err)
	stage.Is(t, "the account after the outage", got, d.account)
	_, err = c.redeem(token, "")
	c.Refused(err, problem.CodeReplayed)
	asked := d.asked
	c.Decides("sari", "kopi", consent.BankAccount, consent.Revoked)
	_, err = c.redeem(c.token(), "")
	c.Refused(err, problem.ConsentMissing)
	stage.Is(t, "questions without consent", d.asked-asked, 0)
}
