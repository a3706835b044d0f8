package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// A backup under load has every change that was acknowledged before it began. Restored, it
// is a platform with a whole audit log.
func TestBackup_under_load_has_everything_acknowledged_before(t *testing.T) {
	t.Parallel()
	rounds := storetest.Bar(20, 500)
	data := t.TempDir()
	o := start(t, serve.Config{Data: data})
	ctx, stop := context.WithCancel(t.Context())
	var acknowledged [4]atomic.Int64
	var writers sync.WaitGroup
	defer writers.Wait()
	defer stop()
	for w := range acknowledged {
		writers.Go(func() {
			for n := int64(1); ctx.Err() == nil; n++ {
				if o.putUser(ctx, fmt.Sprintf("w%d-%d", w, n)) {
					acknowledged[w].Store(n)
				}
			}
		})
	}
	for round := range rounds {
		var before [4]int64
		for w := range before {
			before[w] = acknowledged[w].Load()
		}
		file := filepath.Join(t.TempDir(), "backup")
		if err := serve.Backup(t.Context(), serve.Config{Data: data}, file); err != nil {
			t.Fatal(err)
		}
		restored := o.restored(data, file)
		for w, n := range before {
			if n > 0 {
				restored.do("GET", fmt.Sprintf("/admin/v1/users/w%d-%d", w, n), "").is(200)
				restored.do("GET", fmt.Sprintf("/admin/v1/users/w%d-%d", w, max(1, n/2)), "").is(200)
			}
		}
		if report := restored.do("POST", "/admin/v1/audit/verify", "").is(200); report.at("fault") != "" {
			t.Errorf("round %d: %s", round, report.text)
		}
		if err := restored.Close(); err != nil {
			t.Error(err)
		}
		if round == rounds-1 && before[0]+before[1]+before[2]+before[3] == 0 {
			t.Error("nothing was acknowledged before the last backup")
		}
	}
}

// putUser makes a user and reports whether that was acknowledged.
func (o *operator) putUser(ctx context.Context, id string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, o.Admin+"/admin/v1/users/"+id, strings.NewReader(`{"name":"a"}`))
	if err != nil {
		return false
	}
	r.Header.Set("Authorization", "Bearer "+o.key)
	response, err := http.DefaultClient.Do(r)
	return err == nil && response.Body.Close() == nil && response.StatusCode == http.StatusCreated
}

// restored returns a platform of a backup, with the master key of a data folder. The
// caller closes it.
func (o *operator) restored(data, file string) *operator {
	o.t.Helper()
	folder := o.t.TempDir()
	o.copyKey(data, folder)
	did, err := serve.Restore(o.t.Context(), serve.Config{Data: folder}, file, false)
	if err != nil || !did.Key || did.Aside != "" {
		o.t.Fatalf("%+v %v", did, err)
	}
	p, err := serve.Start(o.t.Context(), serve.Config{Listen: "127.0.0.1:0", AdminListen: "127.0.0.1:0", Data: folder})
	if err != nil {
		o.t.Fatal(err)
	}
	return &operator{o.t, p, o.key}
}

func (o *operator) copyKey(from, to string) {
	o.t.Helper()
	key, err := os.ReadFile(filepath.Join(from, "master.key"))
	if err == nil {
		err = os.WriteFile(filepath.Join(to, "master.key"), key, 0o600)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func TestBackup_leaves_out_the_master_key(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "it's a backup")
	start(t, serve.Config{Data: data})
	if err := serve.Backup(t.Context(), serve.Config{Data: data}, file); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(data, "master.key"))
	if err != nil || len(key) < 64 || bytes.Contains(content, bytes.TrimSpace(key)) {
		t.Errorf("the backup has the master key %d %v", len(key), err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
	if rest, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.unfinished*")); err != nil || len(rest) > 0 {
		t.Errorf("%q is left %v", rest, err)
	}
}

func TestRestore_refuses_what_it_cannot_use(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	o := start(t, serve.Config{Data: data})
	if err := serve.Backup(t.Context(), serve.Config{Data: data}, file); err != nil {
		t.Fatal(err)
	}
	refused := func(what, from, folder string, force bool, words string) {
		t.Helper()
		_, err := serve.Restore(t.Context(), serve.Config{Data: folder}, from, force)
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", what, err)
		}
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := file + ".damaged"
	if err := os.WriteFile(damaged, append(bytes.Clone(content[:len(content)/2]), make([]byte, len(content)/2)...), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "master.key"), []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a running platform", file, data, true, "another selasar uses the data folder")
	refused("another master key", file, foreign, false, "another master key")
	refused("a damaged file", damaged, t.TempDir(), false, "damaged")
	refused("no file", file+".none", t.TempDir(), false, "no such file")
	refused("a database in use", filepath.Join(data, "selasar.db"), t.TempDir(), false, "in use")
	if left, err := os.ReadDir(foreign); err != nil || len(left) != 2 { // the key and the lock
		t.Errorf("a refusal leaves %v %v", left, err)
	}
	o.do("GET", "/admin/v1/whoami", "").is(200)
}

var now = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

func TestExamine_names_what_is_wrong(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	states := func(c serve.Config) string {
		text, err := json.Marshal(serve.Examine(t.Context(), c, now))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	has := func(what, text string, words ...string) {
		t.Helper()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%s: no %s in %s", what, word, text)
			}
		}
	}
	has("an empty folder", states(serve.Config{Data: data}), `"check":"database","state":"failing"`, `"check":"master key","state":"failing"`)
	start(t, serve.Config{Data: data})
	has("a running platform", states(serve.Config{Data: data}), `"check":"database","state":"ok"`, `"check":"master key","state":"ok"`)
	if err := os.Chmod(filepath.Join(data, "master.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	has("a readable key", states(serve.Config{Data: data}), `"check":"master key","state":"warning"`)
	has("another key", states(serve.Config{Data: data, MasterKey: strings.Repeat("ab", 32)}), `"check":"master key","state":"failing"`)
	has("a wrong flag", states(serve.Config{Data: data, PublicURL: "x"}), `"check":"configuration","state":"failing"`)
	has("no certificate", states(serve.Config{Data: data, TLSCert: "none", TLSKey: "none"}), `"check":"TLS","state":"failing"`)
	for days, state := range map[int]serve.State{-1: serve.Failing, 13: serve.Warning, 15: serve.OK} {
		if f := serve.Ends("TLS", now.AddDate(0, 0, days), now, "the certificate", "renew it"); f.State != state {
			t.Errorf("%d days: %+v", days, f)
		}
	}
}
