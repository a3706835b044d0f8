package serve_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/testkit/openapitest"
	"github.com/selasar/selasar/internal/testkit/pgtest"
	"github.com/selasar/selasar/spec"
)

// document returns spec/admin.yaml. Every answer of the operator API matches it.
var document = sync.OnceValue(func() *openapitest.Document { return openapitest.Parse(spec.Admin) })

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// operator is a running platform with the key of its owner.
type operator struct {
	t *testing.T
	*serve.Platform
	key string
}

// start starts a platform on free ports, on SQLite unless the configuration names another
// database.
func start(t *testing.T, c serve.Config) *operator {
	t.Helper()
	c.Listen, c.AdminListen = "127.0.0.1:0", "127.0.0.1:0"
	if c.Data == "" {
		c.Data = t.TempDir()
	}
	p, err := serve.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return &operator{t, p, p.FirstKey}
}

// answer is an HTTP answer.
type answer struct {
	t      *testing.T
	what   string
	status int
	header http.Header
	body   map[string]any
	text   string
}

func (o *operator) do(method, path, body string, headers ...string) answer {
	o.t.Helper()
	base := o.Admin
	if !strings.HasPrefix(path, "/admin/") && path != "/metrics" {
		base = o.Public
	}
	r, err := http.NewRequestWithContext(o.t.Context(), method, base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		o.t.Fatal(err)
	}
	if o.key != "" {
		r.Header.Set("Authorization", "Bearer "+o.key)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	if base == o.Admin {
		if err := document().CheckAnswer(r, response.StatusCode, response.Header, data); err != nil {
			o.t.Errorf("%s %s: %v", method, path, err)
		}
	}
	a := answer{o.t, method + " " + path, response.StatusCode, response.Header, nil, string(data)}
	_ = json.Unmarshal(data, &a.body)
	return a
}

// is checks the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: %d, want %d: %s", a.what, a.status, status, a.text)
	}
	return a
}

// refused checks a problem.
func (a answer) refused(status int, code string) answer {
	a.t.Helper()
	if got := a.at("error.code"); a.status != status || got != code {
		a.t.Errorf("%s: %d %s, want %d %s", a.what, a.status, a.text, status, code)
	}
	return a
}

// at returns a member of the body as text.
func (a answer) at(path string) string {
	var value any = a.body
	for _, name := range strings.Split(path, ".") {
		members, _ := value.(map[string]any)
		value = members[name]
	}
	if number, ok := value.(float64); ok {
		return fmt.Sprint(int64(number))
	}
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

const kopi = `{"origin":"http://localhost:9000","manifest":{"id":"kopi","name":"Kopi","generation":"webview","consents":[{"name":"profile"}]}}`

const android = `"device":{"os":"android","app_version":"2.45.0"}`

// opened registers a mini app and a user, and opens a launch.
func (o *operator) opened() answer {
	o.t.Helper()
	o.do("POST", "/admin/v1/mini-apps", kopi).is(201)
	o.do("PUT", "/admin/v1/mini-apps/kopi/permissions", `{"consents":["profile"],"jsapis":[{"name":"getAuthCode"}]}`).is(200)
	o.do("POST", "/admin/v1/mini-apps/kopi/versions/1/approve", `{"reason":"looks good"}`).is(200)
	o.do("PUT", "/admin/v1/users/u-1", `{"name":"Sari Wulandari","balance":50000}`).is(201)
	return o.launch()
}

func (o *operator) launch() answer {
	o.t.Helper()
	return o.do("POST", "/admin/v1/launches", `{"mini_app_id":"kopi","user_id":"u-1",`+android+`}`).is(201)
}

// A launch that an operator opens works with its token alone; the whole way from the
// registration to the auth token runs on both databases.
func TestServe_runs_a_mini_app(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]string{"SQLite": "", "PostgreSQL": pgtest.Database(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := start(t, serve.Config{Database: database})
			l := o.opened()
			token := []string{"Authorization", "Bearer " + l.at("token")}
			if l.at("state") != "consent" || l.at("ask.app.name") != "Kopi" || l.at("device.app_version") != "2.45.0" {
				t.Fatalf("the launch: %s", l.text)
			}
			o.do("POST", "/host/v1/asks/"+l.at("ask.id")+"/answer", `{"answer":"allow"}`, token...).is(200)
			called := o.do("POST", "/host/v1/launches/"+l.at("launch_id")+"/calls", `{"method":"getAuthCode"}`, token...).is(200)
			code := called.at("result.data.authCode")
			o.do("POST", "/host/v1/launches/"+l.at("launch_id")+"/calls", `{"method":"getLocation"}`, token...).is(200)
			set := o.do("POST", "/admin/v1/mini-apps/kopi/credentials/reveal", "").is(200)
			r, _ := http.NewRequestWithContext(t.Context(), "POST", o.Public+"/v1/mini-apps/authorizations/token", strings.NewReader(`{"auth_code":"`+code+`"}`))
			r.SetBasicAuth(set.at("client_id"), set.at("client_secret"))
			r.Header.Set("Content-Type", "application/json")
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != 200 {
				body, _ := io.ReadAll(response.Body)
				t.Fatalf("the token: %d %s, for code %q", response.StatusCode, body, code)
			}
			o.do("POST", "/admin/v1/mini-apps/kopi/suspend", `{"reason":"test"}`).is(200)
			refused := o.do("POST", "/host/v1/launches/"+l.at("launch_id")+"/calls", `{"method":"getAuthCode"}`, token...).is(200)
			if refused.at("result.error.code") != "203" {
				t.Errorf("a call of a suspended mini app: %s", refused.text)
			}
			o.do("POST", "/admin/v1/launches", `{"mini_app_id":"kopi","user_id":"u-1",`+android+`}`).refused(403, "mini_app_suspended")
		})
	}
}

func TestActs_happen_once_for_an_idempotency_key(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	key := []string{"Idempotency-Key", "abc"}
	first := o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"viewer"}`, key...).is(201)
	again := o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"viewer"}`, key...).is(201)
	if first.text != again.text || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the retry: %s, the first: %s", again.text, first.text)
	}
	o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"owner"}`, key...).refused(409, "request_id_reused")
	o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"viewer","expires_in":18446744074}`).refused(400, "bad_request") // 2^64 nanoseconds
	o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"viewer","expires_in":-18446744073}`).refused(400, "bad_request")
	o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"x"}`, "Idempotency-Key", "other").refused(400, "bad_request")
	o.do("POST", "/admin/v1/keys", `{"name":"ci","role":"viewer"}`, "Idempotency-Key", "other").is(201) // a failure keeps no key
	if keys := o.do("GET", "/admin/v1/keys", "").is(200).body["keys"].([]any); len(keys) != 3 {
		t.Errorf("%d keys", len(keys))
	}
}

func TestPermissions_need_the_newest_revision(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	made := o.do("POST", "/admin/v1/mini-apps", kopi).is(201)
	tag := made.header.Get("ETag")
	changed := o.do("PUT", "/admin/v1/mini-apps/kopi/permissions", `{}`, "If-Match", tag).is(200)
	o.do("PUT", "/admin/v1/mini-apps/kopi/permissions", `{}`, "If-Match", tag).refused(412, "changed")
	o.do("PUT", "/admin/v1/mini-apps/kopi/permissions", `{}`, "If-Match", "r1").refused(400, "bad_request")
	if shown := o.do("GET", "/admin/v1/mini-apps/kopi", "").is(200); shown.header.Get("ETag") != changed.header.Get("ETag") || tag == changed.header.Get("ETag") {
		t.Errorf("ETags %s, %s, %s", tag, changed.header.Get("ETag"), shown.header.Get("ETag"))
	}
}
