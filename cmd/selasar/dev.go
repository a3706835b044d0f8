package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/server"
)

type devCommand struct {
	App       string            `arg:"" optional:"" default:"." name:"dir|url" help:"The folder with miniapp.json, or the URL of a running page (default: this folder)."`
	Listen    string            `default:"127.0.0.1:7300" placeholder:"HOST:PORT" help:"Address of the simulator, the APIs and the SDK files (default: ${default})."`
	AppListen string            `default:"127.0.0.1:7301" placeholder:"HOST:PORT" help:"Address of the mini app's pages (default: ${default})."`
	Data      string            `xor:"kept" placeholder:"DIR" help:"Folder for all data (default: .selasar in the mini app's folder)."`
	Database  string            `env:"SELASAR_DATABASE" placeholder:"WHERE" help:"Database for everything but the master key: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME (default: selasar.db in the data folder)."`
	Ephemeral bool              `xor:"kept" help:"Keep nothing."`
	CodeLife  time.Duration     `env:"SELASAR_CODE_LIFE" placeholder:"5m" help:"Lifetime of an auth code, 1m to 10m (default: 5m from MiniAppSDK, 6m from gpContainer)."`
	Window    time.Duration     `name:"timestamp-window" env:"SELASAR_TIMESTAMP_WINDOW" placeholder:"5m" help:"Largest difference between X-TIMESTAMP and the clock, 1s to 1h (default: 5m)."`
	Variants  map[string]string `name:"variant" placeholder:"NAME=VALUE" help:"A reading of the documentation where its pages contradict each other, such as error-keys=snake; may be repeated (docs/variants.md)."`
	WebView   string            `name:"webview" enum:",on,off" default:"" placeholder:"on|off" help:"Whether pages have the limits of a phone's WebView (default: on; docs/webview.md)."`
	NoOpen    bool              `help:"Do not open the browser."`
	JSON      bool              `name:"json" help:"Print the addresses as one line of JSON when the mini app answers, and open no browser."`
	Wait      time.Duration     `default:"60s" placeholder:"60s" help:"With --json: how long the mini app may take to answer (default: 60s)."`
}

// Run runs the mini app until ctx is cancelled.
func (c *devCommand) Run(ctx context.Context, s streams) error {
	for _, one := range [][2]string{{"--listen", c.Listen}, {"--app-listen", c.AppListen}} {
		if err := checkAddress(one[1]); err != nil {
			return fmt.Errorf("%s %s: %w", one[0], one[1], err)
		}
	}
	if c.Listen == c.AppListen && !strings.HasSuffix(c.Listen, ":0") {
		return fmt.Errorf("--listen and --app-listen are both %s; the mini app needs its own origin, so choose another port for one of them", c.Listen)
	}
	variants, err := readVariants(c.Variants)
	if err != nil {
		return err
	}
	if c.Wait <= 0 {
		return fmt.Errorf("--wait %s: the time must be more than 0, such as 60s", c.Wait)
	}
	collectLess()
	platform, err := dev.Start(ctx, dev.Config{
		Target: c.App, Listen: c.Listen, AppListen: c.AppListen, Data: c.Data, Database: c.Database, Ephemeral: c.Ephemeral,
		Variants: variants, WebView: c.WebView,
		Limits:  server.Limits{CodeLife: c.CodeLife, TimestampWindow: c.Window},
		Version: version(), Output: s.err,
	})
	if err != nil {
		return c.hint(err)
	}
	c.warn(s)
	if err = c.announce(ctx, s, platform); err == nil {
		select {
		case err = <-platform.Failed():
		case <-ctx.Done():
		}
	}
	return errors.Join(err, platform.Close())
}

// hint adds a suggestion to the error for a first argument that is not a folder.
func (c *devCommand) hint(err error) error {
	if _, statErr := os.Stat(c.App); statErr != nil && checkAddress(c.App) == nil {
		return fmt.Errorf("%w; for a running page, write http://%s", err, c.App)
	}
	return err
}

// announce prints the addresses. With --json it first waits until the mini app answers.
func (c *devCommand) announce(ctx context.Context, s streams, platform *dev.Platform) error {
	at := platform.URLs
	if c.JSON {
		if err := platform.WaitAnswer(ctx, c.Wait); err != nil {
			return fmt.Errorf("%w (--wait %s)", err, c.Wait)
		}
		line, _ := json.Marshal(at) // four strings
		_, _ = fmt.Fprintf(s.out, "%s\n", line)
		return nil
	}
	_, _ = fmt.Fprintf(s.out, "  simulator  %s\n  mini app   %s\n  APIs       %s\n  control    %s\n",
		at.Simulator, at.App, at.API, at.Control)
	if !c.NoOpen {
		openBrowser(at.Simulator)
	}
	return nil
}

// warn prints which servers other machines can reach.
func (c *devCommand) warn(s streams) {
	for _, one := range []struct{ flag, address, what string }{
		{"--listen", c.Listen, "the control API, which returns the credentials and can answer every sheet"},
		{"--app-listen", c.AppListen, "the mini app"},
	} {
		if host, _, _ := net.SplitHostPort(one.address); !hostname.Loopback(host) {
			_, _ = fmt.Fprintf(s.err, "selasar: %s %s: other machines can reach %s; there is no password\n", one.flag, one.address, one.what)
		}
	}
}

// readVariants reads the flags --variant.
func readVariants(flags map[string]string) (map[miniapp.VariantName]string, error) {
	variants := map[miniapp.VariantName]string{}
	for name, reading := range flags {
		variants[miniapp.VariantName(name)] = reading
	}
	if why := miniapp.CheckVariants(variants); why != "" {
		return nil, fmt.Errorf("--variant: %s", why)
	}
	return variants, nil
}

func checkAddress(address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return errors.New("an address has the form HOST:PORT, such as 127.0.0.1:7300")
	}
	return nil
}
