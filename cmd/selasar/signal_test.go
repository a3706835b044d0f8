//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A signal at any time of a start ends Selasar with 0. Go prints a line for each package that it initializes. The test
// sends its signals from the line of package interrupt on, which comes long before the first line of main.
func TestSignal_at_any_time_of_a_start_exits_with_0(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "miniapp.json"), []byte(`{"id":"kopi","dev":{"command":"sleep 300"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "selasar") // under this name, the test program is selasar
	if err := os.Symlink(os.Args[0], program); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if output, err := exec.Command(program, "version").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	start := time.Since(began)
	for try := range 40 {
		after := start * time.Duration(try) / 20
		if err := interrupted(t, after, program, "dev", "--ephemeral", "--no-open", "--listen", "127.0.0.1:0", "--app-listen", "127.0.0.1:0", dir); err != nil {
			t.Errorf("a signal after %s: %v", after, err)
		}
	}
}

// interrupted runs a command and sends it SIGTERM a time after it hears signals.
func interrupted(t *testing.T, after time.Duration, program string, args ...string) error {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	output, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines, hears := bufio.NewScanner(output), false
	for !hears && lines.Scan() {
		hears = strings.Contains(lines.Text(), "/internal/interrupt ")
	}
	if !hears {
		t.Error("package interrupt is not initialized")
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
	defer timer.Stop()
	_, _ = io.Copy(io.Discard, output)
	return cmd.Wait()
}
