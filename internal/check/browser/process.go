package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
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

// Start starts the browser's program. Its error is one line with a remedy.
func Start(ctx context.Context, program string) (*Browser, error) {
	profile, err := os.MkdirTemp("", "selasar-browser-*")
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
	b.command = exec.Command(program, flags(b.profile)...)
	output, err := b.command.StderrPipe()
	if err == nil {
		err = b.command.Start()
	}
	if err != nil {
		b.command = nil
		return fmt.Errorf("starting %s: %w; set %s to another browser", program, err, Variable)
	}
	address := make(chan string, 1)
	var said lastLines
	go func() {
		read(output, address, &said)
		_ = b.command.Wait()
		close(b.exited)
	}()
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	select {
	case url := <-address:
		b.conn, err = dial(ctx, url)
		return err
	case <-b.exited:
		return fmt.Errorf("%s ended at its start: %s; set %s to another browser", program, said.text(), Variable)
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
		"--disable-features=OriginIsolationHeader,Translate,OptimizationHints,MediaRouter",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-dev-shm-usage",
	}
	if runtime.GOOS == "linux" && os.Geteuid() == 0 {
		list = append(list, "--no-sandbox") // Chromium refuses to run as root with its sandbox
	}
	return append(list, "about:blank")
}

// read sends the address of the protocol, and keeps the last lines of the browser.
func read(output io.Reader, address chan<- string, said *lastLines) {
	const mark = "DevTools listening on "
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if url, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), mark); ok {
			address <- url
			break
		}
		said.add(lines.Text())
	}
	_, _ = io.Copy(io.Discard, output)
}

// lastLines are the last lines of a program that ended. Read them after its end.
type lastLines struct{ lines []string }

func (l *lastLines) add(line string) {
	if line = strings.TrimSpace(line); line != "" {
		l.lines = append(l.lines, line)
	}
	if len(l.lines) > 3 {
		l.lines = l.lines[1:]
	}
}

func (l *lastLines) text() string {
	if len(l.lines) == 0 {
		return "it said nothing"
	}
	return strings.Join(l.lines, " | ")
}

// endWithin is how long a browser may take to end by itself.
const endWithin = 3 * time.Second

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	if b.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), endWithin)
		_ = b.conn.call(ctx, "", "Browser.close", nil, nil) // a browser that is gone cannot answer
		cancel()
	}
	if b.command != nil {
		select {
		case <-b.exited:
		case <-time.After(endWithin):
			_ = b.command.Process.Kill()
			<-b.exited
		}
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
