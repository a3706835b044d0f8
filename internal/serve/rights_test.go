package serve_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/sql/sqlite"
	"github.com/selasar/selasar/internal/testkit/openapitest"
	"github.com/selasar/selasar/spec"
)

// demand is one operation of the operator API with its rights.
type demand struct {
	method, path string
	role         apikey.Role
	scope        apikey.Scope
}

// demands returns all operations that need a key. Package admin's own test compares the
// document with the route table.
func demands() (all []demand) {
	operations := document().Operations()
	for _, name := range slices.Sorted(maps.Keys(operations)) {
		role, ok := operations[name]["x-role"].(string)
		if !ok {
			continue
		}
		scope, _ := operations[name]["x-scope"].(string)
		method, path, _ := strings.Cut(name, " ")
		all = append(all, demand{method, path, apikey.Role(role), apikey.Scope(scope)})
	}
	return all
}

// at returns the path with ids in it.
func (d demand) at(id, key string) string {
	if strings.HasPrefix(d.path, "/admin/v1/keys/") {
		id = key
	}
	return strings.NewReplacer("{id}", id, "{number}", "1", "{ref}", "A1").Replace(d.path)
}

// keyFor makes a key of the owner, and returns its text and its id.
func (o *operator) keyFor(role apikey.Role, scopes ...apikey.Scope) (text, id string) {
	o.t.Helper()
	list, _ := json.Marshal(scopes)
	if scopes == nil {
		list = []byte("[]")
	}
	made := o.do("POST", "/admin/v1/keys", fmt.Sprintf(`{"name":"test","role":%q,"scopes":%s,"expires_in":3600}`, role, list)).is(201)
	return made.at("key"), made.at("id")
}

// everything returns all that the operator API shows, without the times of use.
func (o *operator) everything() string {
	o.t.Helper()
	var all strings.Builder
	for _, d := range demands() {
		if d.method != "GET" || strings.Contains(d.path, "{ref}") || strings.Contains(d.path, "launches/") || strings.Contains(d.path, "receipt") {
			continue
		}
		id := "kopi"
		if strings.Contains(d.path, "users") {
			id = "u-1"
		}
		shown := o.do("GET", d.at(id, ""), "").is(200)
		keys, _ := shown.body["keys"].([]any)
		for _, k := range append(keys, shown.body) {
			delete(k.(map[string]any), "used_at")
		}
		text, _ := json.Marshal(shown.body)
		all.Write(text)
	}
	return all.String()
}

// as returns the operator with another key.
func (o *operator) as(key string) *operator {
	other := *o
	other.key = key
	return &other
}

func TestRoutes_refuse_every_caller_without_the_right_key(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	o := start(t, serve.Config{Data: data})
	o.opened()
	unauthorized, spare := o.invalidKeys(data)
	lesser := map[apikey.Role]string{}
	for i, role := range apikey.Roles[:len(apikey.Roles)-1] {
		lesser[apikey.Roles[i+1]], _ = o.keyFor(role)
	}
	foreign := map[bool]string{}
	foreign[true], _ = o.keyFor(apikey.Owner, apikey.AuditRead)
	foreign[false], _ = o.keyFor(apikey.Owner, apikey.ConsentsRead)
	before := o.everything()
	for _, d := range demands() {
		id := "kopi"
		if strings.HasPrefix(d.path, "/admin/v1/users") {
			id = "u-1"
		}
		for what, header := range unauthorized {
			a := o.as("").do(d.method, d.at(id, spare), "{}", "Authorization", header)
			a.what += " with " + what
			a.refused(401, "unauthorized")
			if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Bearer ") {
				t.Errorf("%s: WWW-Authenticate is %q", a.what, a.header.Get("WWW-Authenticate"))
			}
		}
		if key := lesser[d.role]; key != "" {
			o.as(key).do(d.method, d.at(id, spare), "{}").refused(403, "forbidden")
		}
		if d.scope != "" {
			o.as(foreign[d.scope == apikey.ConsentsRead]).do(d.method, d.at(id, spare), "{}").refused(403, "forbidden")
		}
	}
	if after := o.everything(); after != before {
		t.Errorf("refused requests have changed something:\n%s\n%s", before, after)
	}
}

// invalidKeys returns Authorization headers that no route accepts, and the id of a valid
// key.
func (o *operator) invalidKeys(data string) (headers map[string]string, spare string) {
	o.t.Helper()
	expired, expiredID := o.keyFor(apikey.Owner)
	revoked, revokedID := o.keyFor(apikey.Owner)
	o.do("DELETE", "/admin/v1/keys/"+revokedID, "").is(204)
	conn, err := sqlite.Open(filepath.Join(data, "selasar.db"), "busy_timeout(10000)")
	if err == nil {
		err = conn.Script("UPDATE api_keys SET expires_at = 1 WHERE id = '" + expiredID + "'")
	}
	if err != nil {
		o.t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		o.t.Fatal(err)
	}
	valid, spare := o.keyFor(apikey.Owner)
	return map[string]string{
		"no key": "", "no scheme": valid, "another scheme": "Basic " + valid, "no text": "Bearer ", "a wrong key": "Bearer " + valid[:len(valid)-4] + "AAAA",
		"an expired key": "Bearer " + expired, "a revoked key": "Bearer " + revoked,
	}, spare
}

// The smallest rights that the document states are enough.
func TestRoutes_accept_the_least_key(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	for _, d := range demands() {
		key, _ := o.keyFor(d.role)
		if d.scope != "" {
			key, _ = o.keyFor(d.role, d.scope)
		}
		if a := o.as(key).do(d.method, d.at("none", "none"), `{"x":`); a.status == 401 || a.status == 403 || a.status >= 500 {
			t.Errorf("%s by the least key: %d %s", a.what, a.status, a.text)
		}
	}
}

// Neither listener has a route of the other one, or of a development platform.
func TestListeners_have_only_their_own_routes(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	absent := func(base, method, path string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, base+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+o.key)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if response.Body.Close(); response.StatusCode != 404 {
			t.Errorf("%s %s%s: status %d", method, base, path, response.StatusCode)
		}
	}
	for _, d := range demands() {
		absent(o.Public, d.method, d.at("kopi", "kopi"))
	}
	for name := range openapitest.Parse(spec.OpenAPI).Operations() {
		method, path, _ := strings.Cut(name, " ")
		if path == "/healthz" || path == "/openapi.yaml" {
			continue
		}
		absent(o.Admin, method, path)
		if path == "/" || strings.HasPrefix(path, "/control/") || strings.HasPrefix(path, "/npm/") {
			absent(o.Public, method, path)
		}
	}
	for _, base := range []string{o.Public, o.Admin} {
		for _, path := range []string{"/app/kopi/", "/app", "/index.html", "/assets/simulator.js", "/control", "/npm/-/ping"} {
			absent(base, "GET", path)
		}
	}
}
