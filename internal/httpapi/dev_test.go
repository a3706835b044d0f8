package httpapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	local "github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/server"
)

const kopi = `{"id":"kopi","name":"Kopi","generation":"webview","icon":"/icon.png",
	"consents":[{"name":"profile"},{"name":"location","reason":"To find a shop"},{"name":"bank_account"},{"name":"wifi"}],
	"deeplinks":["gopay://home/promo"]}`

// dev is a running development platform, and a program that talks to it.
type dev struct {
	t    testing.TB
	urls local.Addresses
	id   string // client id and secret of kopi
	key  string
	stop func()

	api *httpapi.Handler
}

func start(t testing.TB) *dev { return startWith(t, kopi) }

func startWith(t testing.TB, manifest string) *dev {
	t.Helper()
	return startOn(t, manifest, "").known()
}

// startLimited starts one with times of its own.
func startLimited(t testing.TB, limits server.Limits) *dev {
	t.Helper()
	return startAs(t, kopi, local.Config{Ephemeral: true, Limits: limits}).known()
}

// known learns the credentials of kopi.
func (d *dev) known() *dev {
	d.t.Helper()
	var set struct {
		ID  string `json:"client_id"`
		Key string `json:"client_secret"`
	}
	d.get("/control/v1/credentials").into(&set)
	d.id, d.key = set.ID, set.Key
	return d
}

// startOn starts a platform on a data folder; without one it keeps nothing.
func startOn(t testing.TB, manifest, data string) *dev {
	t.Helper()
	return startAs(t, manifest, local.Config{Ephemeral: data == "", Data: data})
}

func startAs(t testing.TB, manifest string, c local.Config) *dev {
	t.Helper()
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, "miniapp.json"), []byte(manifest), 0o600))
	must(t, os.WriteFile(filepath.Join(folder, "index.html"), []byte("<!doctype html>kopi"), 0o600))
	c.Target, c.Listen, c.AppListen, c.Version = folder, "127.0.0.1:0", "127.0.0.1:0", "test"
	platform, err := local.Start(t.Context(), c)
	must(t, err)
	d := &dev{t: t, urls: platform.URLs, stop: sync.OnceFunc(func() { must(t, platform.Close()) }), api: platform.API()}
	t.Cleanup(d.stop)
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is an HTTP answer, read to its end.
type answer struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	body   []byte
}

// header is one header of a request; basic and bearer make the usual ones.
type header func(*http.Request)

func with(name, value string) header { return func(r *http.Request) { r.Header.Set(name, value) } }
func bearer(token string) header     { return with("Authorization", "Bearer "+token) }
func host(name string) header        { return func(r *http.Request) { r.Host = name } }

func (d *dev) basic() header { return func(r *http.Request) { r.SetBasicAuth(d.id, d.key) } }

func (d *dev) send(method, path, body string, headers ...header) answer {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.urls.API+path, strings.NewReader(body))
	must(d.t, err)
	for _, set := range headers {
		set(r)
	}
	got, err := http.DefaultClient.Do(r)
	must(d.t, err)
	defer got.Body.Close()
	data, err := io.ReadAll(got.Body)
	must(d.t, err)
	a := answer{d.t, method + " " + path, got.StatusCode, got.Header, data}
	a.documented(got.Request)
	return a
}

func (d *dev) get(path string, headers ...header) answer {
	d.t.Helper()
	return d.send("GET", path, "", headers...).ok(200)
}

func (d *dev) post(path, body string, headers ...header) answer {
	d.t.Helper()
	return d.send("POST", path, body, headers...)
}

func (d *dev) patch(path, body string) answer {
	d.t.Helper()
	return d.send("PATCH", path, body).ok(200)
}

// ok checks the status.
func (a answer) ok(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d, want %d: %.300s", a.what, a.status, status, a.body)
	}
	return a
}

func (a answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		a.t.Fatalf("%s: %v in %.300s", a.what, err, a.body)
	}
}

// refused checks an error of Selasar's own APIs: status, code, and a message
// of one line that says all of words.
func (a answer) refused(status int, code string, words ...string) {
	a.t.Helper()
	var got struct {
		Error struct{ Code, Message string }
	}
	a.ok(status).into(&got)
	if got.Error.Code != code || got.Error.Message == "" || strings.Contains(got.Error.Message, "\n") {
		a.t.Errorf("%s: got %s, want %s", a.what, a.body, code)
	}
	for _, word := range words {
		if !strings.Contains(got.Error.Message, word) {
			a.t.Errorf("%s: %q does not say %q", a.what, got.Error.Message, word)
		}
	}
	if a.header.Get("Content-Type") != "application/json" || a.header.Get("Cache-Control") != "no-store" || a.header.Get("X-Content-Type-Options") != "nosniff" {
		a.t.Errorf("%s: headers %v", a.what, a.header)
	}
}

// member gives what stands under a path of names in a JSON body, as JSON.
func (a answer) member(path string) string {
	a.t.Helper()
	value := json.RawMessage(bytes.TrimSpace(a.body))
	for _, name := range strings.Split(path, ".") {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(value, &members); err != nil {
			a.t.Fatalf("%s: no %s in %.300s", a.what, path, a.body)
		}
		value = members[name]
	}
	return string(value)
}

func (a answer) text(path string) (s string) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.member(path)), &s); err != nil {
		a.t.Fatalf("%s: %s is no text in %.300s", a.what, path, a.body)
	}
	return s
}

// launch is one opening of kopi.
type launch struct {
	*dev
	id, token string
}

// open opens kopi for the current user and answers its sheet, if any.
func (d *dev) open(answer string) launch {
	d.t.Helper()
	opened := d.post("/host/v1/launches", "").ok(201)
	l := launch{d, opened.text("launch_id"), opened.text("token")}
	if opened.member("ask") != "" {
		l.answer(opened.text("ask.id"), answer).ok(200)
	}
	return l
}

const allowAll = `{"answer":"allow"}`

func (l launch) answer(ask, answer string) answer {
	l.t.Helper()
	return l.post("/host/v1/asks/"+ask+"/answer", answer, bearer(l.token))
}

func (l launch) path(rest string) string { return "/host/v1/launches/" + l.id + rest }

func (l launch) call(method, params string) answer {
	l.t.Helper()
	if params == "" {
		params = "{}"
	}
	return l.post(l.path("/calls"), `{"method":"`+method+`","params":`+params+`}`, bearer(l.token)).ok(200)
}

// code gives a fresh auth code.
func (l launch) code() string {
	l.t.Helper()
	return l.call("getAuthCode", "").text("result.data.authCode")
}

// login gives the auth token of the launch's user.
func (l launch) login() string {
	l.t.Helper()
	return l.post("/v1/mini-apps/authorizations/token", `{"auth_code":"`+l.code()+`"}`, l.basic()).ok(200).text("data.auth_token")
}
