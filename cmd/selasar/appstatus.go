package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selasar/selasar/internal/operator"
)

type appSuspendCommand struct {
	oneApp
	Reason string `placeholder:"TEXT" help:"Why, in one line."`
}

// Run suspends a mini app.
func (c *appSuspendCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, post(map[string]string{"reason": c.Reason}, "mini-apps", c.ID, "suspend"), appFields, "")
}

type appResumeCommand struct{ oneApp }

// Run ends a suspension.
func (c *appResumeCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, post(nil, "mini-apps", c.ID, "resume"), appFields, "")
}

type appDeleteCommand struct {
	oneApp
	Yes bool `help:"Confirm that the id can never be used again."`
}

// Run deletes a mini app.
func (c *appDeleteCommand) Run(ctx context.Context, s streams) error {
	if !c.Yes {
		return fmt.Errorf("the id %q can never be used again; to delete it, repeat with --yes", c.ID)
	}
	return c.do(ctx, s, operator.Request{Method: http.MethodDelete, Path: at("mini-apps", c.ID)}, nil, "deleted "+c.ID)
}

var credentialFields = operator.Columns(
	"client_id", "client_secret", "pop_id", "merchant_id", "snap.client_key=SNAP client key", "snap.client_secret=SNAP client secret", "snap.partner_id=SNAP partner id",
	"snap.channel_id=SNAP channel id", "checkout.server_key=checkout server key", "checkout.client_key=checkout client key", "generation", "made_at", "previous_until=earlier ones until",
)

type appCredentialsCommand struct{ oneApp }

// Run shows the credentials. The keys in PEM are only in the JSON.
func (c *appCredentialsCommand) Run(ctx context.Context, s streams) error {
	if err := c.do(ctx, s, post(nil, "mini-apps", c.ID, "credentials", "reveal"), credentialFields, ""); err != nil || c.JSON {
		return err
	}
	_, _ = fmt.Fprintln(s.err, "the keys in PEM are in the output of --json")
	return nil
}

type appRotateCommand struct {
	oneApp
	Revoke bool `help:"Make the earlier credentials invalid at once."`
}

// Run makes new credentials.
func (c *appRotateCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, post(map[string]bool{"revoke": c.Revoke}, "mini-apps", c.ID, "credentials", "rotate"), credentialFields, "")
}
