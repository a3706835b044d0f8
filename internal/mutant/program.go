package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// compile makes a test program in which some files have other texts.
func (t *trial) compile(name string, texts map[string]string) (program string, err error) {
	replace := map[string]string{}
	for path, text := range texts {
		replace[path] = filepath.Join(t.folder, name+"-"+filepath.Base(path))
		if err := os.WriteFile(replace[path], []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	place := filepath.Join(t.folder, name+".json")
	if err := os.WriteFile(place, overlay, 0o600); err != nil {
		return "", err
	}
	program = filepath.Join(t.folder, name+".test")
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", place, "-o", program, t.p.path).CombinedOutput(); err != nil {
		return "", fmt.Errorf("compiling: %w\n%s", err, out)
	}
	return program, nil
}

// command runs some tests, one after the other, up to the first that fails, and
// with a limit of their processor time. No test stands for all.
func (t *trial) command(ctx context.Context, program string, tests []string, most time.Duration) *exec.Cmd {
	pattern := "^(" + strings.Join(tests, "|") + ")$"
	if tests == nil {
		pattern = "."
	}
	seconds := strconv.Itoa(int(most/time.Second) + 1)
	cmd := exec.CommandContext(ctx, "sh", "-c", `ulimit -t "$0" && exec nice -n "$@"`, seconds, strconv.Itoa(t.nice), program, "-test.v", "-test.failfast", "-test.parallel=1", "-test.run", pattern)
	cmd.Dir = t.p.dir
	return cmd
}

// slot waits until one more test program may run, and returns what ends its turn.
func (t *trial) slot() func() {
	t.slots <- struct{}{}
	return func() { <-t.slots }
}

// killer runs tests with a mutant, and returns the one that fails; "" when all
// pass. Tests that do not end in time, or end the program, fail as well.
func (t *trial) killer(program string, id int, tests []string) (string, error) {
	defer t.slot()()
	usual := t.usual(tests)
	ctx, cancel := context.WithTimeout(context.Background(), patience(usual.took))
	defer cancel()
	files, err := os.MkdirTemp(memory(), "mutant-files-*") // a program that is ended leaves its files behind
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(files)
	cmd := t.command(ctx, program, tests, 2*time.Second+5*usual.worked)
	cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(id), "TMPDIR="+files)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	failed := failure(out)
	if failed != "" {
		cancel() // -test.failfast runs parallel tests that have started to their ends
	}
	err = cmd.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.worked += worked(cmd)
	if err != nil && failed == "" {
		failed = err.Error()
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			t.endless++
		}
	}
	return failed, nil
}

// memory returns a folder whose files are in memory, so that databases of tests
// do not wait for a disk; or "" where there is none.
func memory() string {
	const linux = "/dev/shm"
	if info, err := os.Stat(linux); err == nil && info.IsDir() {
		return linux
	}
	return ""
}

// failure reads the output of tests up to the first failure, and returns the
// name of the test; "" when there is none.
func failure(out io.Reader) string {
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if name, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "--- FAIL: "); ok {
			name, _, _ = strings.Cut(name, " ")
			name, _, _ = strings.Cut(name, "/")
			return name
		}
		if err != nil {
			return ""
		}
	}
}

// cost is the time of tests without a mutant.
type cost struct{ took, worked time.Duration }

// worked returns the processor time of a program that has ended.
func worked(cmd *exec.Cmd) time.Duration {
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// usual returns the cost of some tests, or of all.
func (t *trial) usual(tests []string) (sum cost) {
	for test, one := range t.cost {
		if tests == nil || slices.Contains(tests, test) {
			sum.took += one.took
			sum.worked += one.worked
		}
	}
	return sum
}

// patience returns how long tests may take that do nothing, such as wait for one
// another. It is long, because a busy machine must not kill a mutant. Tests that
// run on and on reach the limit of their processor time first.
func patience(usual time.Duration) time.Duration { return 30*time.Second + 20*usual }

// killsAlone compiles one mutant by itself. One that does not compile is
// killed: so small a change is wrong for the compiler already.
func (t *trial) killsAlone(m *mutant) (bool, error) {
	program, err := t.compile(strconv.Itoa(m.id), map[string]string{m.file.path: m.constant.whole})
	if err != nil {
		return true, nil
	}
	defer os.Remove(program)
	killer, err := t.killer(program, 0, nil)
	return killer != "", err
}
