package serve_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/user"
)

const shared = "a-secret-that-both-sides-share-1234"

// bank is an operator's provider. Its only user has 50,000 rupiah.
func bank(t *testing.T) (url, secretFile string, requests *atomic.Int64) {
	t.Helper()
	c := clock.NewSystem()
	ids := id.NewSource(c, nil)
	db, err := sqlstore.Open(t.Context(), sqlstore.Options{Path: filepath.Join(t.TempDir(), "bank.db"), Key: secret.Random(), Log: journal.NewLog(c, ids)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	err = db.Write(t.Context(), func(tx *sqlstore.Tx) error {
		return tx.Users().Insert(t.Context(), user.User{ID: "u-1", Name: "Sari Wulandari", AccountID: user.NewAccountID(), Balance: 50_000})
	})
	if err != nil {
		t.Fatal(err)
	}
	requests = &atomic.Int64{}
	reference := &provider.Reference{DB: sqlstore.View[provider.ReferenceTx](db), Clock: c, IDs: ids, Secrets: []string{shared}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		reference.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	secretFile = filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secretFile, []byte(shared+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, secretFile, requests
}

// With a provider, a launch needs no registered user, and a payment is charged by the
// provider: once, and not beyond the user's money.
func TestServe_with_a_provider_moves_the_operators_money(t *testing.T) {
	t.Parallel()
	url, file, requests := bank(t)
	o := start(t, serve.Config{Provider: url, ProviderSecret: file})
	o.do("POST", "/admin/v1/mini-apps", strings.Replace(kopi, `"consents":[{"name":"profile"}]`, `"consents":[]`, 1)).is(201)
	o.do("PUT", "/admin/v1/mini-apps/kopi/permissions", `{"jsapis":[{"name":"triggerPayment"}]}`).is(200)
	o.do("POST", "/admin/v1/mini-apps/kopi/versions/1/approve", "").is(200)
	l := o.launch()
	token := []string{"Authorization", "Bearer " + l.at("token")}
	pay := func(amount int64) answer {
		deeplink, err := o.Order(t.Context(), "kopi", amount)
		if err != nil {
			t.Fatal(err)
		}
		asked := o.do("POST", "/host/v1/launches/"+l.at("launch_id")+"/calls", `{"method":"triggerPayment","params":{"deeplink":"`+deeplink+`"}}`, token...).is(200)
		return o.do("POST", "/host/v1/asks/"+asked.at("ask.id")+"/answer", `{"answer":"success"}`, token...)
	}
	if paid := pay(30_000); paid.at("result.success") != "true" || requests.Load() == 0 {
		t.Fatalf("paying: %s, after %d requests", paid.text, requests.Load())
	}
	if short := pay(30_000); short.status == 200 && short.at("result.success") == "true" {
		t.Errorf("paying without money: %s", short.text)
	}
	list := o.do("GET", "/admin/v1/payments", "").is(200)
	if got := strings.Count(list.text, `"state":"paid"`); got != 1 {
		t.Errorf("%d payments are paid: %s", got, list.text)
	}
	o.do("POST", "/admin/v1/launches", `{"mini_app_id":"kopi","user_id":"../etc",`+android+`}`).refused(400, "bad_request")
}
