// Package command runs and ends the command that serves a mini app on its developer's machine.
//
// The command runs in its own process group. Stop ends the whole group, including the children of a shell, a package
// manager or "go run". The group also ends when Selasar is killed (see guard_unix.go). A daemon that leaves the group is
// not ended.
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

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

// Phase is the phase of a command: starting, then running once it listens, then exited.
type Phase string

// The phases of a command.
const (
	Starting Phase = "starting"
	Running  Phase = "running"
	Exited   Phase = "exited"
)

// State is the state of a command at one moment.
type State struct {
	Phase   Phase
	Code    int              // exit code; -1 when a signal ended it; 0 until it has exited
	Reason  event.ExitReason // set after the exit
	Error   string           // the system's words for the exit: "exit status 7"
	Message string           // the exit in one English line
	Last    []string         // the last lines of output, set after the exit
	Cause   string           // the last line of output that says something, set after the exit
	Server  Server           // where it listens, set while it is running
}

// Config configures a command.
type Config struct {
	Command  string        // a shell command
	Dir      string        // the working directory
	Env      []string      // the whole environment, KEY=value
	Listens  string        // the host:port that it should listen on; when empty, it counts as running at once
	Search   *Search       // finds the server elsewhere; when nil, it must listen on Listens
	Output   io.Writer     // receives its output and errors line by line, and the reason of an exit; nil drops them
	Prefix   string        // written before each line
	Grace    time.Duration // the time from the request to end until the kill; default 3 s
	Late     func() string // called when no server is found after Patience; Output receives its line; may be nil
	Patience time.Duration // default 15 s
	Report   func(State)   // called with each new state, in order and never concurrently; may be nil
}

// Command is a started command.
type Command struct {
	config Config
	cmd    *exec.Cmd
	lines  *lineWriter
	stop   chan struct{} // closed by Stop
	once   sync.Once
	exited chan struct{} // closed when the whole group has ended and the state was reported
	over   chan struct{} // closed when nobody asks for the server any more
	lost   chan struct{} // a request to find the server again; has capacity 1

	mu    sync.Mutex
	state State
}

// Start starts a command. The caller must call Stop, also after the command has exited.
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
		over:   make(chan struct{}),
		lost:   make(chan struct{}, 1),
	}
	started := make(chan error)
	go c.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting the command %q: %w", config.Command, err)
	}
	return c, nil
}

// Stop ends the whole group, and returns when it has ended and everything is reported. It takes little longer than Grace.
func (c *Command) Stop() {
	c.once.Do(func() { close(c.stop) })
	<-c.exited
}

// Lost tells a running command that its server no longer answers, so that it is found again when it has moved.
func (c *Command) Lost() {
	select {
	case c.lost <- struct{}{}:
	default:
	}
}

// State returns the current state.
func (c *Command) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// run starts the command and waits for its end. It locks its OS thread: on Linux, the kernel ends the child when the
// thread that started it ends (see lifeline_linux.go), and Go may end its threads at any time.
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
	exit, asked := c.watch(left)
	if !asked {
		left = nil
	}
	exit = group.end(c.config.Grace, left, exit, drained)
	end := c.last(exit, asked)
	if !asked {
		c.lines.note(end.Message)
	}
	c.enter(end)
	close(c.exited)
}

// watch reports where the command listens until it exits, or until Stop asks it to.
func (c *Command) watch(left <-chan error) (exit error, asked bool) {
	servers := make(chan Server)
	seek := seeker{config: c.config, leader: c.cmd.Process.Pid, print: c.lines.addresses, again: c.lost, found: func(s Server) {
		select {
		case servers <- s:
		case <-c.over:
		}
	}}
	end := seek.start()
	defer end()
	defer close(c.over)
	late := time.NewTimer(c.config.Patience)
	defer late.Stop()
	for {
		select {
		case s := <-servers:
			late.Stop()
			if now := c.State(); now.Phase != Running || now.Server != s {
				c.enter(State{Phase: Running, Server: s})
			}
		case <-late.C:
			c.late()
		case exit = <-left:
			return exit, false
		case <-c.stop:
			return nil, true
		}
	}
}

func (c *Command) late() {
	if c.config.Late == nil {
		return
	}
	if line := c.config.Late(); line != "" {
		c.lines.note(line)
	}
}

// last returns the state of an ended command; asked means that Stop ended it.
func (c *Command) last(exit error, asked bool) State {
	s := State{Phase: Exited, Last: c.lines.last(), Cause: c.lines.cause(), Reason: event.ExitedItself}
	if failed, ok := errors.AsType[*exec.ExitError](exit); ok {
		s.Code, s.Reason, s.Error = failed.ExitCode(), event.ExitedFailed, failed.Error()
	} else if exit != nil {
		s.Code, s.Reason, s.Error = -1, event.ExitedLost, exit.Error()
	}
	if asked {
		s.Reason = event.ExitedAsked
	}
	s.Message = event.CommandExited.Message(language.English, event.Scope{}, s.Data(c.config.Command))
	return s
}

// Data returns the state of a command as the data of its journal entry.
func (s State) Data(command string) event.Command {
	return event.Command{Command: command, Code: s.Code, Last: s.Last, Cause: s.Cause, Reason: s.Reason, Error: s.Error}
}

func (c *Command) enter(s State) {
	c.mu.Lock()
	c.state = s
	c.mu.Unlock()
	if c.config.Report != nil {
		c.config.Report(s)
	}
}

// group is a started process group with the read end of its output.
type group struct {
	cmd    *exec.Cmd
	output *os.File
	life   io.Closer // the group ends when this closes, also by the end of Selasar
}

// end asks the group to end and waits until its leader has exited and its output is closed. After the grace, it
// kills the rest. A nil left means that the leader has already exited, with exit.
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
	// A daemon that has left the group may keep the output open without a limit, so end does not wait for it.
	if drained != nil {
		_ = g.output.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		<-drained
	}
	_ = g.output.Close()
	return exit
}
