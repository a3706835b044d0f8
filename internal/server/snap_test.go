package server_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/apitest"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/user"
)

// partnerOf returns kopi's backend, as a client of BI-SNAP over HTTP.
func partnerOf(t *testing.T, p *server.Platform) *apitest.Partner {
	t.Helper()
	api := httptest.NewServer(p.API)
	t.Cleanup(api.Close)
	b := &apitest.Partner{Platform: &apitest.Platform{T: t, URLs: dev.Addresses{API: api.URL}}, IDs: new(atomic.Int64)}
	set, err := p.Credentials.Of(t.Context(), "kopi")
	must(t, err)
	text, err := json.Marshal(set)
	must(t, err)
	must(t, json.Unmarshal(text, &b.Set))
	b.Token = p.Credentials.IssueToken(credential.Party{MiniAppID: "kopi"}, set.Generation, p.Clock.Now())
	return b
}

// While a provider does not answer, a refund is answered 5045800, and a payment that it
// charges cannot be cancelled. The same requests get the outcomes once it answers.
func TestSnap_with_a_provider_that_does_not_answer(t *testing.T) {
	t.Parallel()
	s := stage.New(t)
	s.Clock.Set(time.Now())
	s.Person("sari", 100_000)
	f := &faulty{next: &provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{sharedSecret}}}
	between := httptest.NewServer(f)
	defer between.Close()
	p := openAt(t, filepath.Join(t.TempDir(), "selasar.db"), between.URL, 100*time.Millisecond)
	defer func() { must(t, p.Close()) }()
	b := partnerOf(t, p)
	paid, held := order(t, p, 30_000), order(t, p, 20_000)
	_, err := p.Payments.SettleAlone(t.Context(), paid, "sari", payment.StatusSuccess)
	must(t, err)

	f.silent.Store(true)
	p.Payments.Transfers.Patience = 50 * time.Millisecond
	_, err = p.Payments.SettleAlone(t.Context(), held, "sari", payment.StatusSuccess)
	must(t, err)
	cancel := `{"originalReferenceNo":"` + held + `"}`
	b.Asks(apitest.CancelPath, cancel).Says("4035715", "being charged")
	refund := `{"originalReferenceNo":"` + paid + `","refundAmount":{"value":"10000.00","currency":"IDR"}}`
	again := apitest.ExternalID("refund-1")
	for range 2 {
		b.Asks(apitest.RefundPath, refund, again).Says("5045800", "same request again")
	}
	if got := b.Status(paid); got.Member("refundHistory") != "[]" || got.Text("latestTransactionStatus") != "00" {
		t.Errorf("before the outcome: %s", got.Body)
	}

	f.silent.Store(false)
	p.Payments.Transfers.Patience = time.Minute
	first := b.Asks(apitest.RefundPath, refund, again).Says("2005800").Text("refundNo")
	if second := b.Asks(apitest.RefundPath, refund, again).Says("2005800").Text("refundNo"); second != first {
		t.Errorf("the refund %s is %s in a retry", first, second)
	}
	if got := b.Status(paid); strings.Count(string(got.Body), `"refundNo"`) != 1 || got.Text("latestTransactionStatus") != "04" {
		t.Errorf("after the outcome: %s", got.Body)
	}
	settled(t, p, 2)
	b.Asks(apitest.CancelPath, cancel).Says("4035715", "refund it instead")
	if left := s.User("sari").Balance; left != 60_000 {
		t.Errorf("sari has %s", left)
	}
}

// A profile comes from the provider, and an outage of the provider is a 503.
func TestProfile_comes_from_the_provider(t *testing.T) {
	t.Parallel()
	s := stage.New(t)
	s.Clock.Set(time.Now())
	s.Person("sari", 0)
	between := httptest.NewServer(&provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{sharedSecret}})
	p := openAt(t, filepath.Join(t.TempDir(), "selasar.db"), between.URL, time.Second)
	defer func() { must(t, p.Close()) }()
	token := loggedIn(t, p)
	profile := func() *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/mini-apps/users/profile", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Request-Id", p.IDs.New())
		w := httptest.NewRecorder()
		p.API.ServeHTTP(w, r)
		return w
	}
	s.Write(func(tx *stage.Tx) error {
		return tx.Users().Change(s.Ctx, "sari", func(u *user.User) error { u.Username, u.Phone = "sari.w", "+628123456789"; return nil })
	})
	if got := profile(); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `"phone_number":"+628123456789"`) || !strings.Contains(got.Body.String(), "sari.w") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	between.Close()
	if got := profile(); got.Code != http.StatusServiceUnavailable {
		t.Errorf("without the provider: %d %s", got.Code, got.Body)
	}
}

// loggedIn returns an auth token of sari, whose row in the platform has no profile.
func loggedIn(t *testing.T, p *server.Platform) (token string) {
	t.Helper()
	ctx := t.Context()
	var app miniapp.App
	l := launch.Launch{ID: p.IDs.New(), MiniAppID: "kopi", UserID: "sari", State: launch.Open, CreatedAt: p.Clock.Now().UnixMilli()}
	must(t, p.DB.Write(ctx, func(tx *sqlstore.Tx) (err error) {
		if app, err = tx.MiniApps().Get(ctx, "kopi"); err != nil {
			return err
		}
		app.Consents = []miniapp.Consent{{Name: string(consent.Profile)}}
		return errors.Join(
			tx.MiniApps().Put(ctx, app),
			tx.Users().Insert(ctx, user.User{ID: "sari", AccountID: user.NewAccountID()}),
			tx.Launches().Insert(ctx, l),
			tx.Consents().Insert(ctx, consent.Entry{ID: p.IDs.New(), UserID: "sari", MiniAppID: "kopi", Name: consent.Profile, Action: consent.Given, At: l.CreatedAt, Source: consent.Settings}),
		)
	}))
	code, err := p.Login.Issue(l.ID, miniapp.Webview)
	must(t, err)
	granted, err := p.Login.Redeem(ctx, app, code, request.Request{})
	must(t, err)
	return granted.Token
}
