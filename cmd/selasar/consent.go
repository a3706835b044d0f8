package main

import (
	"context"

	"github.com/selasar/selasar/internal/operator"
)

type consentCommand struct {
	List     consentListCommand     `cmd:"" help:"List what a user decided, oldest first."`
	Receipt  consentReceiptCommand  `cmd:"" help:"Print the receipt of a decision as JSON."`
	Withdraw consentWithdrawCommand `cmd:"" help:"Withdraw consents on behalf of a user."`
	Verify   consentVerifyCommand   `cmd:"" help:"Find any removed, changed or reordered decision."`
}

var consentColumns = operator.Columns("id", "at=time (UTC)", "mini_app_id=mini app", "name=consent", "action", "source")

type consentListCommand struct {
	connection
	paging
	ID string `arg:"" name:"user" help:"Id of the user."`
}

// Run lists the decisions of a user. As JSON, it is the export of all that the ledger has.
func (c *consentListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("users", c.ID, "consents"), "consents", nil, consentColumns)
}

type consentReceiptCommand struct {
	connection
	ID string `arg:"" help:"Id of the decision, as consent list prints it."`
}

// Run prints a receipt.
func (c *consentReceiptCommand) Run(ctx context.Context, s streams) error {
	c.JSON = true // a receipt is a document
	return c.do(ctx, s, lookup("consents", c.ID, "receipt"), nil, "")
}

type consentWithdrawCommand struct {
	connection
	ID      string   `arg:"" name:"user" help:"Id of the user."`
	MiniApp string   `arg:"" name:"app" help:"Id of the mini app."`
	Consent []string `placeholder:"NAME" help:"Only this consent; may be repeated (default: all)."`
}

// Run withdraws consents, with effect on open launches.
func (c *consentWithdrawCommand) Run(ctx context.Context, s streams) error {
	body := map[string]any{"mini_app_id": c.MiniApp, "consents": append([]string{}, c.Consent...)}
	return c.do(ctx, s, post(body, "users", c.ID, "consents", "withdraw"), operator.Columns("withdrawn"), "")
}

type consentVerifyCommand struct{ verification }

// Run verifies the ledger of consents. A fault is a failure.
func (c *consentVerifyCommand) Run(ctx context.Context, s streams) error {
	return c.verify(ctx, s, "consents", "the ledger of consents")
}
