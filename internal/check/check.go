package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
	"github.com/selasar/selasar/internal/check/source"
	"github.com/selasar/selasar/internal/check/sourcemap"
	"github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/version"
)

// What the user answers when the mini app asks for consents.
const (
	ConsentsAsked    = "asked"    // optional ones are given when the page asks for them
	ConsentsGiven    = "given"    // all are given from the beginning
	ConsentsDeclined = "declined" // optional ones are never given
)

// dataAsObject is the first GoPay version whose gpContainer returns data as an object.
var dataAsObject = version.Must("2.0.0")

// Config configures Run.
type Config struct {
	Target     string // a folder with a miniapp.json, or a URL
	AppVersion string // of the GoPay app; empty: the simulated device's
	Consents   string // ConsentsAsked, ConsentsGiven or ConsentsDeclined
	Payment    string // success, cancelled, failed or pending
	Script     string // the file of the developer's script; may be empty
	Settle     time.Duration
	Wait       time.Duration
	Version    string
	Output     io.Writer // receives the output of the mini app's command
}

// checker is one run.
type checker struct {
	Config
	urls     control.URLs
	app      miniapp.App
	control  platform
	browser  *browser.Browser
	judge    judge
	places   *places
	steps    []Step
	findings findings
	report   *Report
}

// Run makes the report. Its error is one line with a remedy: the check could not run.
func Run(ctx context.Context, config Config) (report *Report, err error) {
	c := &checker{Config: config, report: &Report{Schema: schema, Findings: []Finding{}, Variants: []*VariantReport{}}}
	if err := c.valid(); err != nil {
		return nil, err
	}
	program, err := browser.Find()
	if err != nil {
		return nil, err
	}
	running, err := dev.Start(ctx, dev.Config{
		Target: c.Target, Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Ephemeral: true, Version: c.Version, Output: c.Output,
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, running.Close()) }()
	if err := running.WaitAnswer(ctx, c.Wait); err != nil {
		return nil, fmt.Errorf("%w (--wait %s)", err, c.Wait)
	}
	c.urls, c.app, c.control = running.URLs, running.App(), platform{running.URLs.Control}
	if err := c.known(ctx); err != nil {
		return nil, err
	}
	if c.browser, err = browser.Start(ctx, program, running.Scratch()); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.browser.Close()) }()
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	return c.report, nil
}

// valid checks the choices, and reads the script.
func (c *checker) valid() (err error) {
	for _, one := range []struct {
		flag, value string
		values      []string
	}{
		{"--consents", c.Consents, []string{ConsentsAsked, ConsentsGiven, ConsentsDeclined}},
		{"--payment", c.Payment, []string{"success", "cancelled", "failed", "pending"}},
	} {
		if !slices.Contains(one.values, one.value) {
			return fmt.Errorf("%s %s: choose one of %s", one.flag, one.value, strings.Join(one.values, ", "))
		}
	}
	for _, one := range []struct {
		flag  string
		value time.Duration
	}{{"--settle", c.Settle}, {"--wait", c.Wait}} {
		if one.value <= 0 {
			return fmt.Errorf("%s %s: the time must be more than 0, such as 500ms", one.flag, one.value)
		}
	}
	if c.AppVersion != "" {
		if _, err := version.Parse(c.AppVersion); err != nil {
			return fmt.Errorf("--app-version: %w", err)
		}
	}
	if c.Script != "" {
		c.steps, err = ReadScript(c.Script)
	}
	return err
}

// known reads what the report says about the mini app and its device.
func (c *checker) known(ctx context.Context) error {
	if err := c.control.prepare(ctx, c.setting()); err != nil {
		return err
	}
	var device struct {
		OS         string          `json:"os"`
		AppVersion version.Version `json:"app_version"`
	}
	if err := c.control.send(ctx, "GET", "/device", nil, &device); err != nil {
		return err
	}
	c.judge = judge{c.app, device.AppVersion}
	c.places = &places{origin: strings.TrimSuffix(c.urls.App, "/"), maps: map[string]*sourcemap.Map{}}
	if c.local() {
		c.places.folder = c.Target
	}
	c.report.MiniApp, c.report.Generation = c.app.ID, c.app.Generation
	c.report.AppVersion, c.report.OS = device.AppVersion.String(), device.OS
	return nil
}

// local reports whether the mini app is in a folder.
func (c *checker) local() bool { return !strings.Contains(c.Target, "://") }

func (c *checker) run(ctx context.Context) error {
	first, err := c.visit(ctx, c.setting())
	if err != nil {
		return err
	}
	c.fromVisit(ctx, first)
	for _, call := range first.calls {
		if call.found == AtLoad {
			c.report.Calls.Load++
		} else {
			c.report.Calls.Script++
		}
	}
	if c.local() {
		reading, err := source.Read(c.Target, classes())
		if err != nil {
			return err
		}
		c.fromSources(reading)
		c.report.Calls.Sources, c.report.Calls.Unreadable, c.report.Files = len(reading.Calls), len(reading.Unreadable), reading.Files
		c.report.Skipped, c.report.More = reading.Large, reading.More
	}
	if err := c.tryVariants(ctx, first); err != nil {
		return err
	}
	c.report.Findings = c.findings.sorted()
	return nil
}
