package server

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

const (
	sweepEvery = time.Second
	pruneEvery = time.Minute
	// keptEntries is the number of journal entries that the database retains.
	keptEntries = 50_000
)

// run starts the background work.
func (p *Platform) run() {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.background.Go(func() { p.Journal.Run(ctx, p.DB) })
	p.background.Go(func() { every(ctx, sweepEvery, p.Sweep) })
	p.background.Go(func() { every(ctx, pruneEvery, p.Prune) })
}

// every runs an errand at an interval until ctx ends.
func every(ctx context.Context, interval time.Duration, errand func(context.Context) error) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		// An internal problem was logged where it was found, such as the removal of the database.
		if err := errand(ctx); err != nil && ctx.Err() == nil && !problem.Is(err, problem.Internal) {
			slog.Error("housekeeping", "error", err)
		}
	}
}

// Prune deletes rows whose retention time has passed.
func (p *Platform) Prune(ctx context.Context) error {
	now := p.Clock.Now()
	ago := func(kept time.Duration) int64 { return now.Add(-kept).UnixMilli() }
	return p.DB.Prune(ctx, store.Kept{
		Entries: keptEntries, Requests: ago(request.Kept), Notifications: ago(notification.Kept), Asks: ago(ask.Kept),
		AuthTokens: ago(p.Login.Kept()), BankTokens: ago(bank.Kept), Messages: ago(message.Kept), Blobs: ago(0),
	})
}

// Sweep settles expired launches, asks and payments, and brings the count of refused
// requests up to date. A failure of one kind does not stop the others.
func (p *Platform) Sweep(ctx context.Context) (failed error) {
	p.strangers.Show()
	for _, one := range p.errands {
		for {
			n, err := one(ctx)
			failed = errors.Join(failed, err)
			if err != nil || n == 0 {
				break
			}
		}
	}
	return failed
}

// Settle sweeps, and sends the notifications that are now due. It is for a clock that
// was moved.
func (p *Platform) Settle(ctx context.Context) error {
	return errors.Join(p.Sweep(ctx), p.sending.sender.Look(ctx))
}
