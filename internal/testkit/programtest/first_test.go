package programtest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// The first command of the README works on a machine that has only Go: the program
// starts, serves its page and the SDKs, and starts the mini app. make bench measures
// the time.
func TestFirstCommand_needs_go_alone(t *testing.T) {
	t.Parallel()
	p := start(t, filepath.Join("..", "..", "..", "examples", "kopi"), place{data: t.TempDir()}, "PATH="+goAlone(t), "CGO_ENABLED=")
	for path, want := range map[string]string{
		"/": "<!doctype html>", "/app.js": "", "/healthz": "ok", "/openapi.yaml": "openapi:",
		"/sdk/miniapp-client.js": "MiniAppSDK", "/sdk/miniapp-client.umd.js": "MiniAppSDK", "/sdk/miniapp-host.js": "openMiniApp",
		"/sdk/miniapp-client.tgz": "\x1f\x8b",
	} {
		if status, body := visit(t, p.api+path); status != http.StatusOK || !bytes.Contains(body, []byte(want)) {
			t.Errorf("%s: %d %.100q", path, status, body)
		}
	}
	// The first page waits while Go builds the mini app. If that takes long, the test retries.
	for deadline := time.Now().Add(2 * patience); ; time.Sleep(10 * time.Millisecond) {
		status, body := visit(t, p.app)
		if status == http.StatusOK && bytes.Contains(body, []byte("<title>Kopi</title>")) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the mini app: %d %.300q", status, body)
		}
	}
	if err := p.end(syscall.SIGINT); err != nil {
		t.Errorf("it exited with %v\n%s", err, p.stderr.String())
	}
}

// goAlone returns a folder for PATH that contains only the program go.
func goAlone(t *testing.T) string {
	t.Helper()
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(tool, filepath.Join(dir, "go")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func visit(t *testing.T, url string) (status int, body []byte) {
	t.Helper()
	answer, err := (&http.Client{Timeout: patience}).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if body, err = io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}
