package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// startWithin is how long a browser may take to start, also on a busy machine.
const startWithin = time.Minute

// Browser is a running browser without a window. Its profile is new, and removed by Close.
type Browser struct {
	command *exec.Cmd
	exited  chan struct{}
	profile string
	conn    *conn
}

// Start starts the browser's program, with its profile in a folder. Its error is one line
// with a remedy.
func Start(ctx context.Context, program, folder string) (*Browser, error) {
	profile, err := os.MkdirTemp(folder, "browser-*")
	if err != nil {
		return nil, fmt.Errorf("making the browser's profile: %w", err)
	}
	b := &Browser{profile: profile, exited: make(chan struct{})}
	if err := b.start(ctx, program); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (b *Browser) start(ctx context.Context, program string) error {
	said := &output{address: make(chan string, 1)}
	b.command = exec.Command(program, flags(b.profile)...)
	b.command.Stderr, b.command.WaitDelay = said, time.Second // a process that stays behind may hold the output
	together(b.command)
	if err := b.command.Start(); err != nil {
		b.command = nil
		return fmt.Errorf("starting %s: %w; set %s to another browser", program, err, Variable)
	}
	go func() {
		_ = b.command.Wait()
		close(b.exited)
	}()
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	select {
	case url := <-said.address:
		conn, err := dial(ctx, url)
		b.conn = conn
		return err
	case <-b.exited:
		return fmt.Errorf("%s ended at its start: %s; set %s to another browser", program, said.last(), Variable)
	case <-ctx.Done():
		return fmt.Errorf("%s did not start within %s; set %s to another browser", program, startWithin, Variable)
	}
}

func flags(profile string) []string {
	list := []string{
		"--headless=new", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--window-size=1280,900",
		"--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--disable-extensions", "--disable-default-apps", "--disable-gpu", "--disable-quic", "--mute-audio", "--password-store=basic", "--use-mock-keychain",
		// One process for the simulator and the mini app: a new one for each visit takes long.
		"--disable-features=OriginIsolationHeader,PreloadTopChromeWebUI,Translate,OptimizationHints,MediaRouter",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-dev-shm-usage",
	}
	if runtime.GOOS == "linux" && os.Geteuid() == 0 {
		list = append(list, "--no-sandbox") // Chromium refuses to run as root with its sandbox
	}
	return append(list, "about:blank")
}

// endWithin is how long a browser may take to end by itself.
const endWithin = 3 * time.Second

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	if b.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), endWithin)
		defer cancel()
		_ = b.conn.call(ctx, "", "Browser.close", nil, nil) // a browser that is gone cannot answer
		select {
		case <-b.exited:
		case <-ctx.Done():
		}
	}
	if b.command != nil {
		endAll(b.command)
		<-b.exited
	}
	if b.conn != nil {
		b.conn.close()
	}
	return b.removeProfile()
}

// removeProfile removes the profile. The browser's last processes may still write into it.
func (b *Browser) removeProfile() (err error) {
	for wait := 10 * time.Millisecond; wait < endWithin; wait *= 2 {
		if err = os.RemoveAll(b.profile); err == nil {
			return nil
		}
		time.Sleep(wait)
	}
	return fmt.Errorf("removing the browser's profile: %w", err)
}
