package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server in another process.
type process struct {
	cmd     *exec.Cmd
	address string
	stdout  lines
	stderr  bytes.Buffer
	ready   time.Duration // the time from exec to its first answer
}

// startPatience bounds a start: on a loaded machine a peer takes many seconds.
const startPatience = time.Minute

// start starts a program that serves on address, and waits for its first answer.
func start(ctx context.Context, address, path, program string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), address: address}
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	for time.Since(began) < startPatience && ctx.Err() == nil {
		answer, err := client.Get("http://" + address + path)
		if err == nil {
			p.ready = time.Since(began)
			_ = answer.Body.Close()
			if answer.StatusCode < http.StatusInternalServerError { // a peer may ask for credentials
				return p, nil
			}
		}
		time.Sleep(100 * time.Microsecond)
	}
	p.kill()
	return nil, fmt.Errorf("%s did not answer on %s: %s", filepath.Base(program), address, p.stderr.String())
}

// startEmpty starts the floor: an empty HTTP server.
func (b *bench) startEmpty(ctx context.Context) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	return start(ctx, address, "/", filepath.Join(b.programs, "empty"), address)
}

// startSelasar starts Selasar on a data folder.
func (b *bench) startSelasar(ctx context.Context, data string) (*process, error) {
	return b.startApp(ctx, data, "app", "")
}

// startApp starts Selasar on a data folder, with a mini app in its own folder and
// additions to its manifest.
func (b *bench) startApp(ctx context.Context, data, name, more string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	app, err := b.miniApp(name, more)
	if err != nil {
		return nil, err
	}
	return start(ctx, address, "/healthz", filepath.Join(b.programs, "selasar"),
		"dev", app, "--listen", address, "--app-listen", b.appAddress, "--data", data, "--json")
}

// miniApp writes a mini app with one page and the consent for the location.
func (b *bench) miniApp(name, more string) (string, error) {
	dir := filepath.Join(b.scratch, name)
	err := errors.Join(
		os.MkdirAll(dir, 0o700),
		os.WriteFile(filepath.Join(dir, "miniapp.json"),
			[]byte(`{"id":"bench","generation":"webview","consents":[{"name":"location","mandatory":true,"reason":"To measure"}]`+more+`}`), 0o600),
		os.WriteFile(filepath.Join(dir, "index.html"), []byte("<!doctype html><title>bench</title>"), 0o600),
	)
	return dir, err
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// stop shuts a process down, and kill kills it; both wait for the exit.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // fails if it has exited
	_ = p.cmd.Wait()
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill() // fails if it has exited
	_ = p.cmd.Wait()
}

// ticks is the number of clock ticks per second in /proc.
const ticks = 100

// cpu returns the processor time that the process has used.
func (p *process) cpu() (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest) // from the third on, see proc(5)
	user, userErr := strconv.Atoi(fields[11])
	system, systemErr := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks, errors.Join(userErr, systemErr)
}

// memory returns the resident memory of the process in bytes.
func (p *process) memory() (float64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kib) * 1024, err
		}
	}
	return 0, errors.New("no VmRSS in /proc")
}
