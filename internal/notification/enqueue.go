package notification

import (
	"context"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/trace"
)

// Enqueue stores a notification in the transaction of its change. The sender sends
// it after the commit.
func Enqueue(ctx context.Context, tx Tx, c Change) error {
	text, err := c.Body()
	if err != nil {
		return err
	}
	n := Notification{
		ID: c.ID, MiniAppID: c.MiniAppID, Payment: c.Payment, Status: c.Status, Body: text,
		State: Waiting, NextAt: c.At, CreatedAt: c.At, Trace: trace.Of(ctx),
	}
	if c.First {
		n.Number = 1
	}
	if n.Number, err = tx.Notifications().Insert(ctx, n); err != nil {
		return err
	}
	return tx.Journal().Append(ctx, event.NotificationQueued.Entry(n.scope(), n.data()))
}

// Replay makes a notification due again in any state. After a failed try, the
// remaining tries of its schedule follow. Replay also clears the mark of a receiver
// that answered 410 Gone; another 410 sets it again.
func Replay(ctx context.Context, tx Tx, id string, now int64) (Notification, error) {
	n, found, err := tx.Notifications().Get(ctx, id)
	if err != nil {
		return n, err
	}
	if !found {
		return n, problem.New(problem.NotFound, "there is no notification %q, or it was deleted", id)
	}
	if err := tx.Notifications().Again(ctx, id, now); err != nil {
		return n, err
	}
	n.State, n.NextAt, n.EndedAt = Waiting, now, 0
	url, err := tx.Notifications().Gone(ctx, n.MiniAppID)
	if err == nil && url != "" {
		err = tx.Notifications().PutGone(ctx, n.MiniAppID, "")
	}
	if err != nil {
		return n, err
	}
	return n, tx.Journal().Append(ctx, event.NotificationReplayed.Entry(n.scope(), event.NotificationReplay{Notification: n.data(), GoneURL: url}))
}

func (n Notification) scope() event.Scope {
	return event.Scope{MiniAppID: n.MiniAppID, Payment: n.Payment}
}

func (n Notification) data() event.Notification {
	return event.Notification{NotificationID: n.ID, Number: n.Number, Status: string(n.Status), Description: n.Status.Description(), Attempts: n.Attempts}
}
