package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/operator"
)

type auditCommand struct {
	List   auditListCommand   `cmd:"" help:"List what was changed, newest first."`
	Verify auditVerifyCommand `cmd:"" help:"Find any removed, changed or reordered entry."`
}

var auditColumns = operator.Columns("number", "at=time (UTC)", "name=by", "role", "action", "target", "detail", "address")

type auditListCommand struct {
	connection
	paging
	Action  string `placeholder:"NAME" help:"Only this action, or all that begin so: mini_app."`
	MiniApp string `placeholder:"ID" help:"Only about this mini app."`
	User    string `placeholder:"ID" help:"Only about this user."`
	Actor   string `placeholder:"ID" help:"Only by this API key."`
	Since   moment `placeholder:"TIME" help:"From this time on, such as 2026-12-01 or 24h."`
	Until   moment `placeholder:"TIME" help:"Before this time."`
}

// Run lists entries of the audit log.
func (c *auditListCommand) Run(ctx context.Context, s streams) error {
	query := chosen("action", c.Action, "mini_app_id", c.MiniApp, "user_id", c.User, "actor", c.Actor, "since", c.Since.milliseconds(), "until", c.Until.milliseconds())
	return c.list(ctx, s, c.paging, at("audit"), "entries", query, auditColumns)
}

type auditVerifyCommand struct{ verification }

// Run verifies the audit log. A fault is a failure.
func (c *auditVerifyCommand) Run(ctx context.Context, s streams) error {
	return c.verify(ctx, s, "audit", "the audit log")
}

// verification has the flags of commands that verify a ledger.
type verification struct {
	connection
	Anchor string `placeholder:"NUMBER:HASH" help:"The anchor of an earlier report, kept elsewhere; finds that the whole log was set back."`
}

// verify prints a report about a ledger, or returns an error about its fault.
func (c verification) verify(ctx context.Context, s streams, path, ledger string) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	a, err := client.Do(ctx, post(map[string]string{"anchor": c.Anchor}, path, "verify"))
	if err != nil {
		return err
	}
	var report chain.Report
	if err := json.Unmarshal(a.Body, &report); err != nil {
		return err
	}
	switch {
	case c.JSON:
		err = c.print(s, a, nil, "")
	case report.Fault == nil:
		_, err = fmt.Fprintf(s.out, "%s is whole: %d entries\nanchor %s\n", ledger, report.Entries, report.Anchor)
	}
	if err == nil && report.Fault != nil {
		err = fmt.Errorf("%s is not whole: %s", ledger, report.Fault.Message)
	}
	return err
}
