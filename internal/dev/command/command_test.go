//go:build unix

package command

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/porttest"
)

// TestMain lets the test program also act as a command that listens, and as a Selasar that is killed.
func TestMain(m *testing.M) {
	switch os.Getenv("DEVCOMMAND_PART") {
	case "listener":
		listener, err := net.Listen("tcp", os.Getenv("ADDRESS"))
		if err != nil {
			os.Exit(3)
		}
		fmt.Println("listening")
		_, _ = listener.Accept() // the connection of the watch
		select {}
	case "servers":
		time.AfterFunc(2*patience, func() { os.Exit(0) }) // a server that left its command's group outlives the test
		serveAll(os.Getenv("SERVERS"))
	case "parent":
		command, err := Start(Config{Command: family, Env: os.Environ(), Output: os.Stdout})
		if err != nil {
			os.Exit(3)
		}
		<-command.exited
	default:
		os.Exit(m.Run())
	}
}

// patience is how long a test waits for a condition, long enough for a loaded machine.
const patience = 2 * time.Minute

// family starts children that outlive the shell, and prints their process ids.
const family = `sleep 300 & echo child $!; (sleep 300; true) & echo child $!; sh -c 'sleep 300 & echo child $!; wait' & echo child $!; echo ready; wait`

func TestCommand_forwards_its_lines_and_reports_its_exit(t *testing.T) {
	run := start(t, Config{Command: `echo one; echo two >&2; printf three; exit 7`, Prefix: "kopi | "})
	run.ended(t)
	if got, want := run.output.String(), "kopi | one\nkopi | two\nkopi | three\nkopi | "+run.State().Message+"\n"; got != want {
		t.Errorf("output %q, want %q", got, want)
	}
	last := run.State()
	if last.Phase != Exited || last.Code != 7 || strings.Join(last.Last, " ") != "one two three" {
		t.Errorf("state %+v", last)
	}
	if !strings.Contains(last.Message, "ended with exit status 7: three") {
		t.Errorf("message %q", last.Message)
	}
	if got := run.phases(); got != "starting running exited" && got != "starting exited" {
		t.Errorf("phases %q", got)
	}
}

func TestCommand_has_only_the_configured_folder_and_environment(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("OUTSIDE", "leaks")
	run := start(t, Config{Command: `pwd; echo "$PORT $OUTSIDE."`, Dir: dir, Env: []string{"PORT=1234", "PATH=" + os.Getenv("PATH")}})
	run.ended(t)
	if got := run.output.String(); !strings.Contains(got, dir+"\n1234 .\n") {
		t.Errorf("output %q", got)
	}
}

func TestCommand_is_running_once_it_listens(t *testing.T) {
	address := porttest.Address(t)
	env := append(os.Environ(), "DEVCOMMAND_PART=listener", "ADDRESS="+address)
	run := start(t, Config{Command: "exec " + os.Args[0], Env: env, Listens: address})
	run.reaches(t, Running)
	run.Stop()
	if got := run.phases(); got != "starting running exited" {
		t.Errorf("phases %q", got)
	}
	if !strings.Contains(run.State().Message, "was stopped") {
		t.Errorf("message %q", run.State().Message)
	}
}

func TestCommand_that_does_not_listen_is_reported_once(t *testing.T) {
	run := start(t, Config{Command: `echo up; while :; do sleep 0.05; done`, Listens: porttest.Address(t), Prefix: "kopi | ", Late: func() string { return "nothing listens" }, Patience: time.Millisecond})
	run.says(t, "kopi | nothing listens\n")
	run.Stop()
	if n := strings.Count(run.output.String(), "nothing listens"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestStop_ends_the_whole_group(t *testing.T) {
	run := start(t, Config{Command: family, Grace: 10 * time.Minute})
	children := run.children(t)
	run.Stop() // no process resists, so Stop does not wait for the grace
	run.Stop() // a second Stop does nothing
	gone(t, children)
}

func TestStop_waits_for_the_command_to_finish(t *testing.T) {
	run := start(t, Config{Command: `trap 'sleep 0.2; echo saved; exit 0' TERM; echo ready; while :; do sleep 0.05; done`, Grace: 10 * time.Minute})
	run.says(t, "ready")
	run.Stop()
	if got := run.output.String(); !strings.Contains(got, "saved\n") {
		t.Errorf("output %q", got)
	}
}

func TestStop_kills_resisting_processes_after_the_grace(t *testing.T) {
	run := start(t, Config{Command: `trap '' TERM INT HUP; sleep 300 & echo child $!; echo ready; while :; do sleep 0.05; done`, Grace: 300 * time.Millisecond})
	children := run.children(t)
	began := time.Now()
	run.Stop()
	gone(t, children)
	if took := time.Since(began); took < 300*time.Millisecond {
		t.Errorf("took %s", took)
	}
}

func TestCommand_that_exits_leaves_no_child(t *testing.T) {
	run := start(t, Config{Command: `sleep 300 & echo child $!; echo ready; exit 0`})
	children := run.children(t)
	run.ended(t)
	gone(t, children)
}

func TestStop_does_not_wait_for_a_daemon(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere there is no setsid")
	}
	run := start(t, Config{Command: `setsid sh -c 'echo ready; sleep 120'; sleep 300`, Grace: 200 * time.Millisecond})
	run.says(t, "ready")
	began := time.Now()
	run.Stop()
	if took := time.Since(began); took > 100*time.Second {
		t.Errorf("took %s, as long as the daemon", took)
	}
}

func TestCommand_ends_when_Selasar_is_killed(t *testing.T) {
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "DEVCOMMAND_PART=parent")
	out := &output{changed: make(chan struct{}, 1)}
	parent.Stdout = out
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = parent.Process.Kill() })
	children := childrenIn(t, out)
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	gone(t, children)
}

func TestStart_refuses_a_missing_folder(t *testing.T) {
	if _, err := Start(Config{Command: "true", Dir: t.TempDir() + "/nothing"}); err == nil {
		t.Error("started")
	}
}

func TestCommand_keeps_the_last_lines_and_splits_long_ones(t *testing.T) {
	run := start(t, Config{Command: `i=0; while [ $i -lt 100 ]; do echo line $i; i=$((i+1)); done; head -c 20000 /dev/zero | tr '\0' x`})
	run.ended(t)
	last := run.State().Last
	if len(last) != shownLines || len(last[shownLines-1]) != 20000-2*longLine || last[0] != "line 83" {
		t.Errorf("%d lines, first %.20q, last of %d bytes", len(last), last[0], len(last[len(last)-1]))
	}
}

// running is a command under test with its output and reported states.
type running struct {
	*Command
	output *output
	mu     sync.Mutex
	states []State
	report chan struct{}
}

func start(t *testing.T, config Config) *running {
	t.Helper()
	run := &running{output: &output{changed: make(chan struct{}, 1)}, report: make(chan struct{}, 10)}
	config.Output = run.output
	if config.Env == nil {
		config.Env = os.Environ()
	}
	config.Report = func(s State) {
		run.mu.Lock()
		defer run.mu.Unlock()
		run.states = append(run.states, s)
		run.report <- struct{}{}
	}
	command, err := Start(config)
	if err != nil {
		t.Fatal(err)
	}
	run.Command = command
	t.Cleanup(command.Stop)
	return run
}

func (r *running) phases() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for _, s := range r.states {
		names = append(names, string(s.Phase))
	}
	return strings.Join(names, " ")
}

func (r *running) reaches(t *testing.T, phase Phase) {
	t.Helper()
	for r.State().Phase != phase {
		select {
		case <-r.report:
		case <-time.After(patience):
			t.Fatalf("never %s: %+v", phase, r.State())
		}
	}
}

func (r *running) ended(t *testing.T) {
	t.Helper()
	select {
	case <-r.exited:
	case <-time.After(patience):
		t.Fatal("does not end")
	}
}

func (r *running) says(t *testing.T, text string) { t.Helper(); r.output.has(t, text) }

func (r *running) children(t *testing.T) []int { t.Helper(); return childrenIn(t, r.output) }

func childrenIn(t *testing.T, out *output) []int {
	t.Helper()
	out.has(t, "ready")
	var children []int
	for line := range strings.Lines(out.String()) {
		if number, ok := strings.CutPrefix(strings.TrimSpace(line), "child "); ok {
			pid, err := strconv.Atoi(number)
			if err != nil || syscall.Kill(pid, 0) != nil {
				t.Fatalf("%q is no running child", line)
			}
			children = append(children, pid)
		}
	}
	if len(children) == 0 {
		t.Fatal("no children")
	}
	return children
}

// gone waits until none of the processes runs. A killed orphan stays a zombie until init reaps it, so gone reads the
// process state from /proc where there is one.
func gone(t *testing.T, pids []int) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for _, pid := range pids {
		for syscall.Kill(pid, 0) == nil && !zombie(pid) {
			if time.Now().After(deadline) {
				t.Errorf("process %d still runs", pid)
				_ = syscall.Kill(pid, syscall.SIGKILL)
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}

func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// output is a buffer that lets a test wait for a text.
type output struct {
	mu      sync.Mutex
	buffer  bytes.Buffer
	changed chan struct{}
}

func (o *output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.changed <- struct{}{}:
	default:
	}
	return o.buffer.Write(data)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.String()
}

func (o *output) has(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(o.String(), text) {
		select {
		case <-o.changed:
		case <-time.After(patience):
			t.Fatalf("the output never contains %q: %q", text, o.String())
		}
	}
}
