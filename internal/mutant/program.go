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

// command runs some tests, one after the other, up to the first that fails.
// No test stands for all.
func (t *trial) command(ctx context.Context, program string, tests []string) *exec.Cmd {
	pattern := "^(" + strings.Join(tests, "|") + ")$"
	if tests == nil {
		pattern = "."
	}
	cmd := exec.CommandContext(ctx, program, "-test.v", "-test.failfast", "-test.parallel=1", "-test.run", pattern)
	cmd.Dir = t.p.dir
	return cmd
}

// killer runs tests with a mutant, and returns the one that fails; "" when all
// pass. Tests that do not end in time, or end the program, fail as well.
func (t *trial) killer(program string, id int, tests []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), t.bound(tests))
	defer cancel()
	files, err := os.MkdirTemp(memory(), "mutant-files-*") // a program that is ended leaves its files behind
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(files)
	cmd := t.command(ctx, program, tests)
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
	if err := cmd.Wait(); err != nil && failed == "" {
		failed = err.Error()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.worked += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
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

// bound returns the longest time that tests may take with a mutant.
func (t *trial) bound(tests []string) time.Duration {
	var usual time.Duration
	for test, took := range t.took {
		if tests == nil || slices.Contains(tests, test) {
			usual += took
		}
	}
	return 5*time.Second + 5*usual
}

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
