package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/selasar/selasar/internal/check"
)

type checkCommand struct {
	App        string        `arg:"" optional:"" default:"." name:"dir|url" help:"The folder with miniapp.json, or the URL of a running page (default: this folder)."`
	JSON       bool          `name:"json" help:"Print the report as JSON."`
	Script     string        `placeholder:"FILE" help:"Take the steps of a file in the page after it has opened."`
	AppVersion string        `placeholder:"2.10.0" help:"Version of the GoPay app (default: the newest that Selasar simulates)."`
	Consents   string        `default:"asked" placeholder:"WHEN" help:"When the user gives optional consents: asked (when the page asks for them), given (from the beginning) or declined (default: ${default})."`
	Payment    string        `default:"success" placeholder:"STATUS" help:"How payments end: success, cancelled, failed or pending (default: ${default})."`
	Settle     time.Duration `default:"500ms" placeholder:"500ms" help:"How long the page must be quiet until it counts as ready (default: ${default})."`
	Wait       time.Duration `default:"60s" placeholder:"60s" help:"How long the mini app may take to answer, and its page to load (default: ${default})."`
}

// findingsCode is the exit code of a check with findings, and brokenCode the one of a check
// that could not run.
const findingsCode, brokenCode = 1, 2

// exitError is an error with an exit code. Without an error, only the code is new.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

// Run prints the compatibility report of a mini app.
func (c *checkCommand) Run(ctx context.Context, s streams) error {
	report, err := check.Run(ctx, check.Config{
		Target: c.App, AppVersion: c.AppVersion, Consents: c.Consents, Payment: c.Payment, Script: c.Script,
		Settle: c.Settle, Wait: c.Wait, Version: version(), Output: s.err,
	})
	if err != nil {
		return concluded(ctx, 0, err, "the check was interrupted")
	}
	return concluded(ctx, len(report.Findings), printReport(s, report, c.JSON), "the check was interrupted")
}

// printReport prints the report of a check.
func printReport(s streams, report interface{ Text(io.Writer) error }, asJSON bool) error {
	if asJSON {
		return printJSON(s, report)
	}
	return report.Text(s.out)
}

// concluded returns the error with the exit code of a check, which ended with findings or
// with an error. The text interrupted is for a check that a signal has ended.
func concluded(ctx context.Context, findings int, err error, interrupted string) error {
	switch {
	case ctx.Err() != nil:
		return exitError{brokenCode, errors.New(interrupted)}
	case err != nil:
		return exitError{brokenCode, err}
	case findings > 0:
		return exitError{findingsCode, nil}
	}
	return nil
}

// exitCode returns the exit code for an error.
func exitCode(err error) int {
	if e, ok := errors.AsType[exitError](err); ok {
		return e.code
	}
	return 1
}
