package serve_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// again starts a platform on the data of an earlier one, with the owner's key of that.
func again(t *testing.T, c serve.Config, key string) *operator {
	t.Helper()
	o := start(t, c)
	if o.FirstKey != "" {
		t.Fatal("the second start made a first key")
	}
	o.key = key
	return o
}

func copyOf(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A change of the key's file keeps keys, credentials and ledgers. A crash at any step of it
// is finished by the next start, and a start with the old file alone is refused.
func TestMasterKey_changes_while_the_platform_runs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "master.key")
	first, err := serve.Start(t.Context(), serve.Config{Listen: "127.0.0.1:0", AdminListen: "127.0.0.1:0", Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	o := &operator{t, first, first.FirstKey}
	o.opened()
	set := o.do("POST", "/admin/v1/mini-apps/kopi/credentials/reveal", "").is(200).at("client_secret")
	before := copyOf(t, file)
	o.do("POST", "/admin/v1/master-key/rotate", "").is(204)
	after := copyOf(t, file)
	if string(before) == string(after) {
		t.Fatal("the file has the old key")
	}
	o.whole("")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	for what, files := range map[string]map[string][]byte{
		"the change is whole":              {"master.key": after},
		"a crash before both renames":      {"master.key": before, "master.key.next": after},
		"a crash between the renames":      {"master.key.next": after},
		"a crash before the commit (next)": {"master.key": after, "master.key.next": before},
	} {
		for _, name := range []string{"master.key", "master.key.next"} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			if data := files[name]; data != nil {
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		t.Run(what, func(t *testing.T) {
			next := again(t, serve.Config{Data: dir}, o.key)
			if got := next.do("POST", "/admin/v1/mini-apps/kopi/credentials/reveal", "").is(200).at("client_secret"); got != set {
				t.Errorf("another client secret")
			}
			next.whole("")
			if string(copyOf(t, file)) != string(after) {
				t.Errorf("the file has not the new key")
			}
		})
	}
	_ = os.Remove(filepath.Join(dir, "master.key.next"))
	if err := os.WriteFile(file, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := serve.Start(t.Context(), serve.Config{Listen: "127.0.0.1:0", AdminListen: "127.0.0.1:0", Data: dir}); err == nil || !strings.Contains(err.Error(), "another master key") {
		t.Errorf("a start with the old key: %v", err)
	}
}

func TestMasterKey_comes_from_the_environment_or_a_command(t *testing.T) {
	t.Parallel()
	database := pgtest.Database(t)
	one, two, three := strings.Repeat("1a", 32), strings.Repeat("2b", 32), strings.Repeat("3c", 32)
	run := func(c serve.Config, key string, use func(*operator)) string {
		t.Helper()
		c.Listen, c.AdminListen, c.Database, c.Data = "127.0.0.1:0", "127.0.0.1:0", database, filepath.Join(t.TempDir(), "none")
		p, err := serve.Start(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		o := &operator{t, p, p.FirstKey + key}
		o.do("GET", "/admin/v1/whoami", "").is(200)
		use(o)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(c.Data); err == nil {
			t.Error("there is a data folder")
		}
		return o.key
	}
	nothing := func(*operator) {}
	key := run(serve.Config{MasterKey: one}, "", func(o *operator) {
		o.do("POST", "/admin/v1/master-key/rotate", "").refused(409, "conflict")
	})
	run(serve.Config{MasterKey: two, PreviousMasterKey: one}, key, nothing)
	run(serve.Config{MasterKey: two}, key, nothing)
	printed := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(printed, []byte(two), 0o600); err != nil {
		t.Fatal(err)
	}
	run(serve.Config{MasterKeyCommand: "cat " + printed}, key, func(o *operator) {
		if err := os.WriteFile(printed, []byte(three+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		o.do("POST", "/admin/v1/master-key/rotate", "").is(204)
	})
	run(serve.Config{MasterKey: three}, key, nothing)
	for what, c := range map[string]serve.Config{
		"boom":                {MasterKeyCommand: "echo boom >&2; exit 3"},
		"64 hex digits":       {MasterKeyCommand: "echo abc"},
		"another master key":  {MasterKey: one},
		"leave one of them":   {MasterKey: one, MasterKeyCommand: "true"},
		"master key must be ": {MasterKey: three, PreviousMasterKey: "x"},
	} {
		c.Listen, c.AdminListen, c.Database, c.Data = "127.0.0.1:0", "127.0.0.1:0", database, t.TempDir()
		if _, err := serve.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), one) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
