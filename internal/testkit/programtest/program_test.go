// Package programtest tests the real program and the real server over HTTP. Its
// tests run many callers at once, kill, stop and restart the program, and search
// its data for secrets. The program itself has no race detector, so with the race
// detector the tests make fewer rounds (see storetest.Bar).
package programtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// built is the path of the program, which is built once for all tests.
var built string

// patience is how long a test waits for a condition. On a machine with a busy disk,
// a start takes half a minute.
const patience = 3 * time.Minute

func TestMain(m *testing.M) {
	if os.Getenv(miniServerVariable) != "" && os.Getenv("PORT") != "" {
		miniServer()
		return
	}
	dir, err := os.MkdirTemp("", "selasar-program-")
	if err == nil {
		built = filepath.Join(dir, "selasar")
		var out []byte
		if out, err = exec.Command("go", "build", "-o", built, "../../../cmd/selasar").CombinedOutput(); err != nil {
			err = fmt.Errorf("building the program: %w\n%s", err, out)
		}
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = pgtest.Run(m)
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

const manifest = `{"id":"kopi","name":"Kopi","generation":"webview","deeplinks":["gopay://home"],
	"consents":[{"name":"profile"},{"name":"bank_account"},{"name":"location"},{"name":"wifi"}]%s}`

// folder creates a mini app's folder; dev is added to its manifest.
func folder(t testing.TB, dev string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"miniapp.json": fmt.Sprintf(manifest, dev), "index.html": "<p>kopi</p>"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// program is a running Selasar.
type program struct {
	*client
	app     string // the mini app's address
	t       testing.TB
	cmd     *exec.Cmd
	stdout  *lines
	stderr  bytes.Buffer
	started time.Time
	readyIn time.Duration // the time from the start until it was ready
	once    sync.Once
	exit    error
}

// lines collects the output of a program and signals its first line.
type lines struct {
	mu    sync.Mutex
	text  bytes.Buffer
	first chan string
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if line, _, ok := bytes.Cut(l.text.Bytes(), []byte("\n")); ok {
		select {
		case l.first <- string(line):
		default:
		}
	}
	return len(p), nil
}

// place is where a program stores its data.
type place struct {
	data     string // the data folder
	database string // SELASAR_DATABASE; empty for a file in the folder
}

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, at place)) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, place{data: t.TempDir()})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, place{data: t.TempDir(), database: pgtest.Database(t)})
	})
}

// start starts the program with a mini app and stored data, and waits until it is
// ready.
func start(t testing.TB, dir string, at place, environment ...string) *program {
	t.Helper()
	p := &program{t: t, stdout: &lines{first: make(chan string, 1)}, started: time.Now()}
	p.cmd = exec.Command(built, "dev", dir, "--data", at.data, "--json", "--no-open", "--listen", "127.0.0.1:0", "--app-listen", "127.0.0.1:0")
	p.cmd.Env = append(append(os.Environ(), "SELASAR_DATABASE="+at.database), environment...)
	p.cmd.Stdout, p.cmd.Stderr = p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(syscall.SIGKILL) })
	ended := make(chan struct{})
	go func() { _ = p.wait(); close(ended) }()
	var urls struct{ API, App string }
	select {
	case line := <-p.stdout.first:
		p.readyIn = time.Since(p.started)
		if err := json.Unmarshal([]byte(line), &urls); err != nil {
			t.Fatalf("the first line is %q: %v", line, err)
		}
	case <-ended:
		t.Fatalf("the program ended: %v\n%s", p.exit, p.stderr.String())
	case <-time.After(patience):
		t.Fatalf("the program is not ready after %s", patience)
	}
	p.client, p.app = newClient(t, urls.API), urls.App
	return p
}

func (p *program) wait() error {
	p.once.Do(func() { p.exit = p.cmd.Wait() })
	return p.exit
}

// end sends a signal and waits for the exit.
func (p *program) end(signal os.Signal) error {
	_ = p.cmd.Process.Signal(signal) // it may have exited
	return p.wait()
}
