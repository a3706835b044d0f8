package main

import (
	"context"

	"github.com/selasar/selasar/internal/operator"
)

type paymentCommand struct {
	List paymentListCommand `cmd:"" help:"List payments, newest first."`
	Show paymentShowCommand `cmd:"" help:"Show a payment."`
}

var (
	paymentColumns = operator.Columns("reference_no=reference", "mini_app_id=mini app", "amount", "state", "user_id=user", "created_at")
	paymentFields  = operator.Columns("reference_no=reference", "mini_app_id=mini app", "via", "partner_reference_no=partner reference", "title", "amount", "refunded", "state", "user_id=user", "created_at", "expires_at", "settled_at", "shown_at=shown to the page", "proved_at=known to the backend")
)

type paymentListCommand struct {
	connection
	paging
}

// Run lists the payments.
func (c *paymentListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("payments"), "payments", nil, paymentColumns)
}

type paymentShowCommand struct {
	connection
	Reference string `arg:"" help:"Reference number of the payment."`
}

// Run shows a payment.
func (c *paymentShowCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, lookup("payments", c.Reference), paymentFields, "")
}

type deliveryCommand struct {
	List    deliveryListCommand    `cmd:"" help:"List notifications to mini apps' backends, newest first."`
	Replay  deliveryReplayCommand  `cmd:"" help:"Send a notification again."`
	Recover deliveryRecoverCommand `cmd:"" help:"Send all notifications again that a backend has missed since a time."`
}

var deliveryColumns = operator.Columns("id", "mini_app_id=mini app", "payment", "status", "state", "attempts", "created_at", "next_at=next try")

type deliveryListCommand struct {
	connection
	paging
	Payment string `placeholder:"REFERENCE" help:"Only of this payment."`
	State   string `enum:",waiting,delivered,dead" default:"" placeholder:"STATE" help:"Only in this state: waiting, delivered or dead."`
}

// Run lists the notifications.
func (c *deliveryListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("deliveries"), "deliveries", chosen("payment", c.Payment, "state", c.State), deliveryColumns)
}

type deliveryReplayCommand struct {
	connection
	ID string `arg:"" help:"Id of the notification."`
}

// Run sends a notification again.
func (c *deliveryReplayCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, post(nil, "deliveries", c.ID, "replay"), deliveryColumns, "")
}

type deliveryRecoverCommand struct {
	oneApp
	Since moment `required:"" placeholder:"TIME" help:"When the outage began: 2026-12-01T07:00:00+07:00, 2026-12-01, or how long ago, such as 24h."`
}

// Run sends the notifications of an outage again.
func (c *deliveryRecoverCommand) Run(ctx context.Context, s streams) error {
	body := map[string]any{"mini_app_id": c.ID, "since": c.Since.UnixMilli()}
	return c.do(ctx, s, post(body, "deliveries", "recover"), operator.Columns("recovered=due now", "more=more to recover"), "")
}
