package programtest

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/sqlstore"
)

// A program that was killed with a write-ahead log of 64 MiB starts again quickly.
// The target is 250 ms on an idle machine (make bench). The limit here is 2 s, or on
// a slow machine the time that writing the log took.
func TestRestart(t *testing.T) {
	dir, data := folder(t, ""), t.TempDir()
	first := start(t, dir, place{data: data})
	took := map[string]time.Duration{"new": first.ready(t)}
	if err := first.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	again := start(t, dir, place{data: data})
	took["again"] = again.ready(t)
	must(t, 0, again.end(syscall.SIGTERM))

	crashed := t.TempDir()
	began := time.Now()
	size := crash(t, data, crashed)
	allowed := max(2*time.Second, time.Since(began))
	back := start(t, dir, place{data: crashed})
	took["after a crash"] = back.ready(t)
	for what, one := range took {
		if one > allowed {
			t.Errorf("%s: the first answer came after %s, %s are allowed", what, one, allowed)
		}
	}
	if answer := fetch(t, back, "/control/v1/users"); !strings.Contains(string(answer), "Sari") {
		t.Errorf("the users are missing: %s", answer)
	}
	t.Logf("first answer: new %s, again %s, after a crash with a log of %d MiB %s",
		took["new"], took["again"], size>>20, took["after a crash"])
}

// ready returns the time from the start to the first answer.
func (p *program) ready(t *testing.T) time.Duration {
	t.Helper()
	answer, err := http.Get(p.api + "/healthz")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("healthz: %v", err)
	}
	_ = answer.Body.Close()
	return time.Since(p.started)
}

// crash writes to a database until its log has 64 MiB, and copies the files as a
// crash would leave them. It returns the size of the log.
func crash(t *testing.T, data, to string) int64 {
	t.Helper()
	ctx, db, _ := openData(t, place{data: data})
	defer db.Close()
	value := strings.Repeat("0123456789abcdef", 1<<16)
	for i := range 65 {
		must(t, 0, db.Write(ctx, func(tx *sqlstore.Tx) error { return tx.Settings().Put(ctx, fmt.Sprint("large ", i), value) }))
	}
	var size int64
	for _, name := range []string{"master.key", "selasar.db", "selasar.db-wal"} {
		text := must2(t)(os.ReadFile(filepath.Join(data, name)))
		must(t, 0, os.WriteFile(filepath.Join(to, name), text, 0o600))
		size = int64(len(text))
	}
	if size < 64<<20 {
		t.Fatalf("the log holds %d bytes only", size)
	}
	return size
}
