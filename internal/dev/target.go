package dev

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/dev/command"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/proxy"
	"github.com/selasar/selasar/internal/dev/webview"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/problem"
)

func readTarget(target string) (manifest.Manifest, error) {
	if isURL(target) {
		return manifest.Default(target)
	}
	return manifest.Read(target)
}

func isURL(target string) bool { return strings.Contains(target, "://") }

// startTarget opens the proxy to the server of the mini app's pages. If a command is
// that server, run starts the command.
func (d *Platform) startTarget() (run func(credential.Set) error, err error) {
	c := proxy.Config{Command: d.manifest.Dev.Command, Report: d.platform.Journal.Trace, App: d.app.ID + " " + absolute(d.config.Target)}
	c.View = func() webview.View { return d.Simulator.Now().View() }
	c.Link = d.Simulator.Link
	if api, err := url.Parse(d.URLs.API); err == nil {
		c.HostPort = api.Port()
	}
	switch {
	case d.manifest.Dev.Command != "":
		run, err = d.prepareCommand(&c)
	case d.pages() != "":
		c.Target, err = originOf(d.pages())
		d.target = control.Target{Kind: "url", URL: d.pages(), State: "running"}
	default:
		c.Folder = d.config.Target
		c.Hidden = d.kept()
		d.target = control.Target{Kind: "folder", State: "running"}
	}
	if err == nil && c.Target != nil {
		d.server = c.Target.String()
	}
	if err == nil {
		d.proxy, err = proxy.New(c)
	}
	return run, err
}

// absolute returns the target of the command line as it would be in any folder.
func absolute(target string) string {
	if path, err := filepath.Abs(target); err == nil && !isURL(target) {
		return path
	}
	return target
}

// pages returns the URL of the server of the mini app's pages, if the manifest names
// one; otherwise an empty string.
func (d *Platform) pages() string {
	if d.manifest.Dev.URL == "" && strings.Contains(d.manifest.Entry, "://") {
		return d.manifest.Entry
	}
	return d.manifest.Dev.URL
}

func (d *Platform) prepareCommand(c *proxy.Config) (run func(credential.Set) error, err error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	listens := "localhost:" + port // a server may listen on ::1 only
	search := &command.Search{Path: d.manifest.Path(), Own: d.isOwn}
	d.target = control.Target{Kind: "command", Command: d.manifest.Dev.Command, State: "starting"}
	if d.manifest.Dev.URL != "" {
		if c.Target, err = originOf(d.manifest.Dev.URL); err != nil {
			return nil, err
		}
		listens, search, d.target.URL = hostPort(c.Target), nil, d.manifest.Dev.URL
	} else {
		c.Find = d.commandServer
	}
	c.Ended, c.Lost, c.Late = d.commandEnded, d.commandLost, d.late.Load
	return func(set credential.Set) error {
		env := append(environment(), "PORT="+port, "SELASAR_API_URL="+d.URLs.API)
		started, err := command.Start(command.Config{
			Command: d.manifest.Dev.Command, Dir: d.config.Target, Env: append(env, set.Environment()...), Listens: listens, Search: search,
			Output: d.config.Output, Prefix: d.app.ID + " | ", Report: d.commandMoved, Late: d.commandLate, Patience: d.config.Patience,
		})
		d.mu.Lock()
		defer d.mu.Unlock()
		d.command = started
		return err
	}, nil
}

// hostPort returns the host and port of an origin.
func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), map[string]string{"https": "443"}[u.Scheme]+map[string]string{"http": "80"}[u.Scheme])
}

// commandLate says on the terminal, in the journal and in the simulator that the command's server is not found.
func (d *Platform) commandLate() string {
	sentence := d.proxy.Silence()
	if sentence == "" {
		return ""
	}
	d.late.Store(true)
	d.mu.Lock()
	d.target.Message = sentence
	d.mu.Unlock()
	d.Simulator.Changed()
	return sentence
}

// commandServer returns where the command listens, once that is known.
func (d *Platform) commandServer() (proxy.Server, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.found, d.found.Origin != nil
}

// commandLost lets the command's server be found again.
func (d *Platform) commandLost() {
	d.mu.Lock()
	running := d.command
	d.mu.Unlock()
	if running != nil {
		running.Lost()
	}
}

// environment returns the environment of Selasar without Selasar's own configuration.
// That may contain a password, and a SELASAR_API_URL of another platform would mislead
// the mini app.
func environment() []string { return slices.DeleteFunc(os.Environ(), configures) }

// configures reports whether a variable configures Selasar: its own ones, and the ones
// of PostgreSQL's clients. Windows ignores the case of a name.
func configures(one string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(one), "=")
	return strings.HasPrefix(name, "SELASAR_") || strings.HasPrefix(name, "PG")
}

// equip generates missing credentials of the mini app, and starts its command, which
// needs them. It runs in the background, because generating RSA keys takes longer
// than the rest of a start.
func (d *Platform) equip(run func(credential.Set) error) {
	ctx, cancel := context.WithCancel(context.Background())
	d.stopEquip = cancel
	d.equipping.Go(func() {
		set, err := d.platform.Credentials.Of(ctx, d.app.ID)
		switch {
		case problem.Is(err, problem.Internal): // the database was removed, which was logged; Selasar runs on and says so to each write
			d.unequipped(err)
			return
		case err != nil || ctx.Err() != nil:
		case run != nil:
			err = run(set)
		default:
			d.platform.StartSending(d.server)
		}
		if err != nil && ctx.Err() == nil {
			d.failed <- err
		}
	})
}

// unequipped says in the simulator why the command does not start.
func (d *Platform) unequipped(err error) {
	d.mu.Lock()
	if d.target.Kind == "command" {
		d.target.State, d.target.Message = string(command.Exited), err.Error()
	}
	d.mu.Unlock()
	d.Simulator.Changed()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("finding a free port for the mini app: %w", err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

// commandMoved passes the state of the mini app's command to the simulator.
func (d *Platform) commandMoved(s command.State) {
	d.mu.Lock()
	d.target.State, d.target.Message = string(s.Phase), s.Message
	if s.Phase == command.Running && d.manifest.Dev.URL == "" {
		origin := &url.URL{Scheme: s.Server.Scheme, Host: s.Server.Host}
		d.found, d.target.URL, d.server = proxy.Server{Origin: origin, Dial: s.Server.Dial}, origin.String(), "http://"+s.Server.Dial
	}
	server := d.server
	d.mu.Unlock()
	if s.Phase == command.Exited && !d.ranOnce && !d.ending() {
		d.failed <- fmt.Errorf("dev.command %s, before it listened on a port", s.Message)
	}
	if s.Phase == command.Running {
		d.ranOnce = true
		d.late.Store(false)
		d.platform.StartSending(server) // the server listens, so deliveries can start
	}
	d.platform.Journal.Trace(phases[s.Phase].Entry(event.Scope{MiniAppID: d.app.ID}, s.Data(d.manifest.Dev.Command)))
	d.Simulator.Changed()
}

// phases maps a command's phases to their events.
var phases = map[command.Phase]event.Event[event.Command]{
	command.Starting: event.CommandStarting, command.Running: event.CommandRunning, command.Exited: event.CommandExited,
}

// ending reports whether Close was called, which ends the command.
func (d *Platform) ending() bool {
	select {
	case <-d.done:
		return true
	default:
		return false
	}
}

func (d *Platform) commandEnded() (how event.Command, ended bool) {
	d.mu.Lock()
	running := d.command
	d.mu.Unlock()
	if running == nil {
		return how, false
	}
	s := running.State()
	return s.Data(d.manifest.Dev.Command), s.Phase == command.Exited
}

func (d *Platform) targetNow() control.Target {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.target
}

// originOf returns scheme and host of a page's URL.
func originOf(page string) (*url.URL, error) {
	u, err := url.Parse(page)
	if err != nil {
		return nil, err
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}
