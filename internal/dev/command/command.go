// Package command runs the command that serves a mini app on its developer's machine, and ends it.
//
// The command runs in its own process group. Whoever ends it ends the whole group: what a shell, a package manager or
// "go run" has started goes with it. That holds when Selasar itself is killed, too (see guard_unix.go). A process that
// leaves its group on purpose, as a daemon does, is not followed.
package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Phase is where a command stands in its life: starting, then running once it listens, then exited.
type Phase string

// The phases of a command.
const (
	Starting Phase = "starting"
	Running  Phase = "running"
	Exited   Phase = "exited"
)

// State is what is known of a command at one moment.
type State struct {
	Phase   Phase
	Code    int      // exit code; -1 when a signal ended it; 0 until it has exited
	Message string   // one line for people, set when it has exited
	Last    []string // its last lines of output, set when it has exited
}

// Config says what to run.
type Config struct {
	Command  string        // for the shell
	Dir      string        // where it runs
	Env      []string      // its whole environment, KEY=value
	Listens  string        // host:port that it is expected to listen on; empty: it counts as running at once
	Output   io.Writer     // takes its standard output and error, line by line, and how it ended by itself; nil drops them
	Prefix   string        // stands before each line
	Grace    time.Duration // between asking the group to end and killing it; default 3 s
	Late     string        // the line for Output when nothing listens after Patience
	Patience time.Duration // default 15 s
	Report   func(State)   // called with each new state, in order, never twice at once; may be nil
}

// Command is a started command.
type Command struct {
	config Config
	cmd    *exec.Cmd
	lines  *lineWriter
	stop   chan struct{} // closed when it is asked to end
	once   sync.Once
	exited chan struct{} // closed when the whole group is gone and reported

	mu    sync.Mutex
	state State
}

// Start runs a command. Its owner calls Stop, also when the command has exited by itself.
func Start(config Config) (*Command, error) {
	if config.Grace == 0 {
		config.Grace = 3 * time.Second
	}
	if config.Patience == 0 {
		config.Patience = 15 * time.Second
	}
	c := &Command{
		config: config,
		lines:  newLineWriter(config.Output, config.Prefix),
		stop:   make(chan struct{}),
		exited: make(chan struct{}),
	}
	started := make(chan error)
	go c.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting the command %q: %w", config.Command, err)
	}
	return c, nil
}

// Stop ends the whole group and returns when it is gone and everything is reported: at most Grace and a moment later.
func (c *Command) Stop() {
	c.once.Do(func() { close(c.stop) })
	<-c.exited
}

// Done is closed when the command has ended and nothing is left of its group.
func (c *Command) Done() <-chan struct{} { return c.exited }

// State says where the command stands now.
func (c *Command) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// run is the life of the command. It keeps its thread: on Linux the kernel ends a child together with the thread that
// started it (see lifeline_linux.go), and threads of Go's own may end at any time.
func (c *Command) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	group, err := startGroup(c.config)
	if err != nil {
		started <- err
		return
	}
	c.cmd = group.cmd
	c.enter(State{Phase: Starting})
	started <- nil

	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(c.lines, group.output)
		c.lines.flush()
	}()
	left := make(chan error, 1)
	go func() { left <- group.cmd.Wait() }()
	running := watch(c.config.Listens)
	late := time.AfterFunc(c.config.Patience, func() {
		if c.config.Late != "" {
			c.lines.note(c.config.Late)
		}
	})

	var exit error
	select {
	case <-running.up:
		late.Stop()
		c.enter(State{Phase: Running})
		select {
		case exit = <-left:
			left = nil
		case <-c.stop:
		}
	case exit = <-left:
		left = nil
	case <-c.stop:
	}
	late.Stop()
	running.end()
	asked := left != nil
	exit = group.end(c.config.Grace, left, exit, drained)
	end := c.last(exit, asked)
	if !asked {
		c.lines.note(end.Message)
	}
	c.enter(end)
	close(c.exited)
}

// last is the state of a command that has ended; asked says that Stop ended it.
func (c *Command) last(exit error, asked bool) State {
	s := State{Phase: Exited, Last: c.lines.last()}
	how := "ended"
	if failed, ok := errors.AsType[*exec.ExitError](exit); ok {
		s.Code = failed.ExitCode()
		how = "ended with " + failed.Error()
	} else if exit != nil {
		s.Code, how = -1, "was lost: "+exit.Error()
	}
	if asked {
		how = "was stopped"
	}
	s.Message = fmt.Sprintf("%q %s", c.config.Command, how)
	if n := len(s.Last); n > 0 && !asked {
		s.Message += ": " + s.Last[n-1]
	}
	return s
}

func (c *Command) enter(s State) {
	c.mu.Lock()
	c.state = s
	c.mu.Unlock()
	if c.config.Report != nil {
		c.config.Report(s)
	}
}

// group is a started process group with the reading end of its output.
type group struct {
	cmd    *exec.Cmd
	output *os.File
	life   io.Closer // closing it, or losing it, ends the group
}

// end asks the group to end, waits until its leader is gone and nobody holds its output any more, and kills what is
// left after the grace. A nil left says that the leader is gone already, with exit.
func (g group) end(grace time.Duration, left <-chan error, exit error, drained <-chan struct{}) error {
	g.ask()
	over := time.NewTimer(grace)
	defer over.Stop()
	for quiet := false; left != nil || !quiet; {
		select {
		case exit = <-left:
			left = nil
		case <-drained:
			quiet, drained = true, nil
		case <-over.C:
			g.kill()
			if left != nil {
				exit, left = <-left, nil
			}
			quiet = true
		}
	}
	g.kill()
	_ = g.life.Close()
	// A daemon that has left the group may hold the output for ever; nobody waits for it.
	if drained != nil {
		_ = g.output.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		<-drained
	}
	_ = g.output.Close()
	return exit
}
