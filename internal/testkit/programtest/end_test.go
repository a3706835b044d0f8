package programtest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/storetest"
)

// SIGTERM under load: running requests finish, acknowledged data is stored, the
// mini app's command has ended, and the program exits with 0 in time.
func TestEnd(t *testing.T) { onBoth(t, testEnd) }

func testEnd(t *testing.T, at place) {
	dir, pid := folder(t, fmt.Sprintf(`,"notification_url":"/v1.0/debit/notify","dev":{"command":%q}`, os.Args[0])), filepath.Join(t.TempDir(), "pid")
	all := &acknowledged{consents: map[string][]string{}}
	var slowest time.Duration
	bar := storetest.Bar(80, 100)
	if at.database != "" {
		bar = storetest.Bar(20, 100) // fewer rounds on PostgreSQL, which starts and stops more slowly
	}
	for round := range bar {
		p := start(t, dir, at, miniServerVariable+"="+pid)
		var gone sync.WaitGroup
		for w := range 16 {
			gone.Go(func() {
				if err := all.writer(p, fmt.Sprintf("writer %d/%d", round, w)); status(err) != 0 {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		stream := listenIn(t, p)
		finish := beginRequest(t, p)
		for want := all.sofar() + 20; all.sofar() < want && !t.Failed(); {
			time.Sleep(time.Millisecond)
		}
		mini := processIn(t, pid)
		began := time.Now()
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		time.Sleep(50 * time.Millisecond) // the request is still running while the program shuts down
		err := finish()
		if patient := p.readyIn < 2*time.Second; err != nil && patient { // the shutdown waits 2 s for requests
			t.Errorf("round %d: a running request failed: %v", round, err)
		}
		if err = p.wait(); err != nil {
			t.Fatalf("round %d: the program exited with %v\n%s", round, err, p.stderr.String())
		}
		took := time.Since(began)
		if slowest = max(slowest, took); took > p.soon() {
			t.Errorf("round %d: the shutdown took %s, at most %s are allowed", round, took, p.soon())
		}
		gone.Wait()
		<-stream
		if lives(mini) {
			t.Fatalf("round %d: the mini app's command, process %d, still runs", round, mini)
		}
	}
	all.check(t, at)
	t.Logf("the slowest shutdown took %s; %d acknowledged", slowest, all.count())
}

// soon returns the time limit of a shutdown: 5 s, or on a slow machine five times
// the duration of a start.
func (p *program) soon() time.Duration { return max(5*time.Second, 5*p.readyIn) }

func (a *acknowledged) sofar() (n int) {
	a.note(func() { n = a.count() })
	return n
}

func processIn(t *testing.T, path string) int {
	t.Helper()
	for {
		text, err := os.ReadFile(path)
		if pid, bad := strconv.Atoi(string(text)); err == nil && bad == nil {
			_ = os.Remove(path)
			return pid
		}
		time.Sleep(time.Millisecond)
	}
}

// lives reports whether a process runs. A zombie does not count.
func lives(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if errors.Is(err, os.ErrNotExist) {
		return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(rest, "Z")
}

// listenIn opens a stream that lasts until the program ends it.
func listenIn(t *testing.T, p *program) (ended <-chan struct{}) {
	t.Helper()
	r, err := http.NewRequest("GET", p.api+"/control/v1/journal", nil)
	must(t, r, err)
	r.Header.Set("Accept", "text/event-stream")
	answer, err := (&http.Client{}).Do(r)
	must(t, answer, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, answer.Body)
	}()
	return done
}

// beginRequest sends the headers of a request, and waits until the program asks for
// the body. finish sends the body and checks the answer.
func beginRequest(t *testing.T, p *program) (finish func() error) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.api, "http://"))
	must(t, conn, err)
	const body = `{"amount":15000}`
	_, err = fmt.Fprintf(conn, "POST /control/v1/payments HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		strings.TrimPrefix(p.api, "http://"), len(body))
	must(t, conn, err)
	const goOn = "HTTP/1.1 100 Continue\r\n\r\n"
	heard := make([]byte, len(goOn))
	if _, err := io.ReadFull(conn, heard); err != nil || string(heard) != goOn {
		t.Fatalf("the request did not start: %q, %v", heard, err)
	}
	return func() error {
		defer conn.Close()
		if _, err := io.WriteString(conn, body); err != nil {
			return err
		}
		answer, err := io.ReadAll(conn)
		if err == nil && !strings.HasPrefix(string(answer), "HTTP/1.1 201 ") {
			err = fmt.Errorf("the answer is %q", answer)
		}
		return err
	}
}

// SIGTERM while a receiver hangs: the try is cancelled, and the next start retries it.
func TestEnd_while_a_receiver_hangs(t *testing.T) {
	t.Parallel()
	arrived, healthy := make(chan struct{}, 2), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived <- struct{}{}
		select {
		case <-r.Context().Done():
		case <-healthy:
		}
	}))
	t.Cleanup(server.Close)
	dir, at := folder(t, fmt.Sprintf(`,"notification_url":%q`, server.URL)), place{data: t.TempDir()}
	p := start(t, dir, at)
	_, _, err := p.order(100)
	must(t, 0, err)
	<-arrived
	began := time.Now()
	must(t, 0, p.end(syscall.SIGTERM))
	if took := time.Since(began); took > p.soon() {
		t.Errorf("the shutdown took %s, at most %s are allowed", took, p.soon())
	}
	close(healthy)
	p = start(t, dir, at)
	<-arrived // the retry comes at once, not after the end of the lease
	p.deliver(t)
	must(t, 0, p.end(syscall.SIGTERM))
}

// SIGTERM also ends the mini app's own server. The running try does not count as
// failed.
func TestEnd_while_the_own_server_hangs(t *testing.T) {
	t.Parallel()
	pid, at := filepath.Join(t.TempDir(), "pid"), place{data: t.TempDir()}
	dir := folder(t, fmt.Sprintf(`,"notification_url":"/hangs","dev":{"command":%q}`, os.Args[0]))
	p := start(t, dir, at, miniServerVariable+"="+pid)
	_, _, err := p.order(100)
	must(t, 0, err)
	for os.Remove(pid+".hit") != nil {
		time.Sleep(time.Millisecond)
	}
	must(t, 0, p.end(syscall.SIGTERM))
	p = start(t, dir, at, miniServerVariable+"="+pid)
	var told struct {
		Notifications []struct {
			Tries []struct{ Error string }
		}
	}
	must(t, 0, p.ask("GET", "/control/v1/notifications", "", nil, &told))
	if n := told.Notifications; len(n) != 1 || len(n[0].Tries) == 0 || n[0].Tries[0].Error != "broken off: Selasar was stopped" {
		t.Errorf("kept: %+v", told)
	}
	must(t, 0, p.end(syscall.SIGTERM))
}
