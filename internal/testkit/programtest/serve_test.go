package programtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/storetest"
)

// operated is a running `selasar serve`.
type operated struct {
	t      testing.TB
	cmd    *exec.Cmd
	admin  string
	key    string
	stderr bytes.Buffer
}

// startServe starts an operator's platform and waits for its addresses. key is the one of an
// earlier start; empty for the first.
func startServe(t testing.TB, at place, key string) *operated {
	t.Helper()
	o := &operated{t: t, key: key}
	o.cmd = exec.Command(built, "serve", "--data", at.data, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0")
	o.cmd.Env = append(os.Environ(), "SELASAR_DATABASE="+at.database, "SELASAR_LIMIT_KEY=off", "SELASAR_LIMIT_ADDRESS=off")
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	o.cmd.Stderr = &o.stderr
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.cmd.Process.Kill() })
	text := ""
	for part := make([]byte, 4096); !strings.Contains(text, "/admin/v1\n") || key == "" && !strings.Contains(text, "sak_"); {
		n, err := out.Read(part)
		if text += string(part[:n]); err != nil {
			t.Fatalf("the program ended: %s\n%s", text, o.stderr.String())
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	for _, word := range strings.Fields(text) {
		if strings.HasSuffix(word, "/admin/v1") {
			o.admin = word
		}
		if strings.HasPrefix(word, "sak_") {
			o.key = word
		}
	}
	return o
}

// send sends a request to the operator API. It returns no status when the program has gone.
func (o *operated) send(method, path, body, idempotency string) (status int, answer map[string]any) {
	r, err := http.NewRequest(method, o.admin+path, strings.NewReader(body))
	if err != nil {
		o.t.Error(err)
		return 0, nil
	}
	r.Header.Set("Authorization", "Bearer "+o.key)
	if idempotency != "" {
		r.Header.Set("Idempotency-Key", idempotency)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	_ = json.Unmarshal(data, &answer)
	return response.StatusCode, answer
}

// acts are what an operator's programs were told: paths that must exist, and keys that
// must be valid.
type acts struct {
	mu    sync.Mutex
	paths []string
	keys  []string
}

func (a *acts) note(path, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if path != "" {
		a.paths = append(a.paths, path)
	}
	if key != "" {
		a.keys = append(a.keys, key)
	}
}

func (a *acts) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.paths) + len(a.keys)
}

// work makes users, launches and keys until the program has gone.
func (a *acts) work(o *operated, name string) {
	for i := 0; ; i++ {
		user := fmt.Sprintf("%s-%d", name, i)
		status, _ := o.send("PUT", "/users/"+user, `{"name":"Sari"}`, user)
		if status == 0 || status == http.StatusServiceUnavailable {
			return
		}
		a.note("/users/"+user, "")
		if status, made := o.send("POST", "/launches", `{"mini_app_id":"kopi","user_id":"`+user+`","device":{"os":"android","app_version":"2.45.0"}}`, user); status == http.StatusCreated {
			a.note("/launches/"+made["launch_id"].(string), "")
		}
		if i%10 == 0 {
			if status, made := o.send("POST", "/keys", `{"name":"`+name+`","role":"viewer"}`, user); status == http.StatusCreated {
				a.note("", made["key"].(string))
			}
		}
	}
}

// check finds everything that was acknowledged, and an audit log that is whole.
func (a *acts) check(o *operated) {
	o.t.Helper()
	for _, path := range a.paths {
		if status, _ := o.send("GET", path, "", ""); status != http.StatusOK {
			o.t.Errorf("%s is lost: %d", path, status)
		}
	}
	for _, key := range a.keys {
		other := &operated{t: o.t, admin: o.admin, key: key}
		if status, _ := other.send("GET", "/whoami", "", ""); status != http.StatusOK {
			o.t.Errorf("a key is lost: %d", status)
		}
	}
	status, report := o.send("POST", "/audit/verify", "", "")
	if status != http.StatusOK || report["fault"] != nil || report["entries"].(float64) < float64(len(a.keys)) {
		o.t.Errorf("the audit log: %d %v", status, report)
	}
}

// An operator's platform that is killed at any moment loses nothing that it acknowledged.
// SIGTERM ends it within ten seconds with code 0, and running requests are answered.
func TestKill_of_an_operators_platform(t *testing.T) { onBoth(t, testKillServe) }

func testKillServe(t *testing.T, at place) {
	const longest = 10 * time.Second
	all := &acts{}
	key := ""
	rounds := storetest.Bar(4, 100)
	for round := range rounds {
		o := startServe(t, at, key)
		key = o.key
		if round == 0 {
			o.send("POST", "/mini-apps", `{"origin":"https://kopi.example","manifest":{"id":"kopi","name":"Kopi"}}`, "")
			o.send("POST", "/mini-apps/kopi/versions/1/approve", "", "")
		}
		var working sync.WaitGroup
		for w := range 8 {
			working.Go(func() { all.work(o, fmt.Sprintf("w%d-%d", round, w)) })
		}
		for want := all.count() + 50 + rand.IntN(100); all.count() < want && !t.Failed(); {
			time.Sleep(time.Millisecond)
		}
		signal := syscall.SIGKILL
		if round == rounds-1 {
			signal = syscall.SIGTERM
		}
		began := time.Now()
		_ = o.cmd.Process.Signal(signal)
		err := o.cmd.Wait()
		working.Wait()
		if signal == syscall.SIGTERM && (err != nil || time.Since(began) > longest) {
			t.Errorf("SIGTERM: %v after %s\n%s", err, time.Since(began), o.stderr.String())
		}
	}
	o := startServe(t, at, key)
	all.check(o)
	t.Logf("%d acts were acknowledged", all.count())
}
