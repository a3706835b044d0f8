package sendtest

import (
	"context"
	"sync"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/store"
)

// claims counts the claims of a sender.
type claims struct {
	mu        sync.Mutex
	dead      int
	most      int // in one transaction
	untilWell int // of the dead receivers, at the last claim for the healthy one
}

func (c *claims) soFar() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dead
}

func (c *claims) add(list []notification.Notification) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.most = max(c.most, len(list))
	well := 0
	for _, n := range list {
		if n.MiniAppID == "well" {
			well++
		}
	}
	if c.dead += len(list) - well; well > 0 {
		c.untilWell = c.dead
	}
}

// watched is a sender's database that counts committed claims.
type watched struct {
	store.Database[notification.SenderTx]
	claims *claims
}

func (w watched) Write(ctx context.Context, fn func(notification.SenderTx) error) error {
	var claimed []notification.Notification
	err := w.Database.Write(ctx, func(tx notification.SenderTx) error {
		claimed = nil
		return fn(watchedTx{tx, &claimed})
	})
	if err == nil {
		w.claims.add(claimed)
	}
	return err
}

type watchedTx struct {
	notification.SenderTx
	claimed *[]notification.Notification
}

func (tx watchedTx) Outbox() notification.Outbox {
	return watchedOutbox{tx.SenderTx.Outbox(), tx.claimed}
}

type watchedOutbox struct {
	notification.Outbox
	claimed *[]notification.Notification
}

func (o watchedOutbox) Claim(ctx context.Context, miniAppID string, now notification.Moment, until int64, limit int) ([]notification.Notification, error) {
	list, err := o.Outbox.Claim(ctx, miniAppID, now, until, limit)
	*o.claimed = append(*o.claimed, list...)
	return list, err
}
