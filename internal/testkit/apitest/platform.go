// Package apitest runs a real development platform for tests of HTTP doors, and
// calls it as its clients do: hosts, backends that sign BI-SNAP, users' browsers and
// developers. It checks every answer against spec/openapi.yaml.
package apitest

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	local "github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/server"
)

const Kopi = `{"id":"kopi","name":"Kopi","generation":"webview","icon":"/icon.png",
	"consents":[{"name":"profile"},{"name":"location","reason":"To find a shop"},{"name":"bank_account"},{"name":"wifi"}],
	"deeplinks":["gopay://home/promo"]}`

// Platform is a running development platform, and a client of it.
type Platform struct {
	T    testing.TB
	URLs local.Addresses
	ID   string // client id and secret of kopi
	Key  string
	Stop func()

	API *httpapi.Handler
}

func Start(t testing.TB) *Platform { return StartWith(t, Kopi) }

func StartWith(t testing.TB, manifest string) *Platform {
	t.Helper()
	return StartOn(t, manifest, "").known()
}

// StartLimited starts one with times of its own.
func StartLimited(t testing.TB, limits server.Limits) *Platform {
	t.Helper()
	return startAs(t, Kopi, local.Config{Ephemeral: true, Limits: limits}).known()
}

// StartIn starts one that has further dialects beside webview.
func StartIn(t testing.TB, dialects ...*jsapi.Dialect) *Platform {
	t.Helper()
	return startAs(t, Kopi, local.Config{Ephemeral: true, Dialects: dialects}).known()
}

// known learns the credentials of kopi.
func (d *Platform) known() *Platform {
	d.T.Helper()
	var set struct {
		ID  string `json:"client_id"`
		Key string `json:"client_secret"`
	}
	d.Get("/control/v1/credentials").Into(&set)
	d.ID, d.Key = set.ID, set.Key
	return d
}

// StartOn starts a platform on a data folder; without one it keeps nothing.
func StartOn(t testing.TB, manifest, data string) *Platform {
	t.Helper()
	return startAs(t, manifest, local.Config{Ephemeral: data == "", Data: data})
}

func startAs(t testing.TB, manifest string, c local.Config) *Platform {
	t.Helper()
	folder := t.TempDir()
	Must(t, os.WriteFile(filepath.Join(folder, "miniapp.json"), []byte(manifest), 0o600))
	Must(t, os.WriteFile(filepath.Join(folder, "index.html"), []byte("<!doctype html>kopi"), 0o600))
	c.Target, c.Listen, c.AppListen, c.Version = folder, "127.0.0.1:0", "127.0.0.1:0", "test"
	platform, err := local.Start(t.Context(), c)
	Must(t, err)
	d := &Platform{T: t, URLs: platform.URLs, Stop: sync.OnceFunc(func() { Must(t, platform.Close()) }), API: platform.API()}
	t.Cleanup(d.Stop)
	return d
}

func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *Platform) Basic() Header { return func(r *http.Request) { r.SetBasicAuth(d.ID, d.Key) } }

func (d *Platform) Send(method, path, body string, headers ...Header) Answer {
	d.T.Helper()
	r, err := http.NewRequestWithContext(d.T.Context(), method, d.URLs.API+path, strings.NewReader(body))
	Must(d.T, err)
	for _, set := range headers {
		set(r)
	}
	got, err := http.DefaultClient.Do(r)
	Must(d.T, err)
	defer got.Body.Close()
	data, err := io.ReadAll(got.Body)
	Must(d.T, err)
	a := Answer{d.T, method + " " + path, got.StatusCode, got.Header, data}
	a.documented(got.Request)
	return a
}

func (d *Platform) Get(path string, headers ...Header) Answer {
	d.T.Helper()
	return d.Send("GET", path, "", headers...).OK(200)
}

func (d *Platform) Post(path, body string, headers ...Header) Answer {
	d.T.Helper()
	return d.Send("POST", path, body, headers...)
}

func (d *Platform) Patch(path, body string) Answer {
	d.T.Helper()
	return d.Send("PATCH", path, body).OK(200)
}

// Open opens kopi for the current user and answers its sheet, if any.
func (d *Platform) Open(answer string) Launch {
	d.T.Helper()
	opened := d.Post("/host/v1/launches", "").OK(201)
	l := Launch{d, opened.Text("launch_id"), opened.Text("token")}
	if opened.Member("ask") != "" {
		l.Answer(opened.Text("ask.id"), answer).OK(200)
	}
	return l
}

func (d *Platform) Partner() *Partner { return d.PartnerOf("") }

// PartnerOf is the backend of a mini app; of the only one without a name.
func (d *Platform) PartnerOf(miniAppID string) *Partner {
	d.T.Helper()
	p := &Partner{Platform: d, IDs: new(atomic.Int64)}
	d.Get("/control/v1/credentials?mini_app_id=" + miniAppID).Into(&p.Set)
	block, _ := pem.Decode([]byte(p.Set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	Must(d.T, err)
	p.Private = key.(*rsa.PrivateKey)
	p.Token = p.Access().OK(200).Text("accessToken")
	return p
}
