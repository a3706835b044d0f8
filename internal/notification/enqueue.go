package notification

import (
	"context"
	"fmt"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
)

// Enqueue keeps a notification of a change, in the transaction of the change.
// It is sent as soon as that has committed.
func Enqueue(ctx context.Context, tx Tx, c Change) error {
	text, err := c.Body()
	if err != nil {
		return err
	}
	n := Notification{
		ID: c.ID, MiniAppID: c.MiniAppID, Payment: c.Payment, Status: c.Status, Body: text,
		State: Waiting, NextAt: c.At, CreatedAt: c.At,
	}
	if n.Number, err = tx.Notifications().Insert(ctx, n); err != nil {
		return err
	}
	return tx.Journal().Append(ctx, n.entry("queued", journal.Info, nil))
}

// Replay makes a notification due again, whatever has become of it: one more
// try, and when that fails, those that its schedule has left. A receiver that
// is gone is taken to be back: if it is not, this try says so.
func Replay(ctx context.Context, tx Tx, id string, now int64) (Notification, error) {
	n, found, err := tx.Notifications().Get(ctx, id)
	if err != nil {
		return n, err
	}
	if !found {
		return n, problem.New(problem.NotFound, "there is no notification %q, or it is forgotten", id)
	}
	if err := tx.Notifications().Again(ctx, id, now); err != nil {
		return n, err
	}
	n.State, n.NextAt, n.EndedAt = Waiting, now, 0
	entry := n.entry("replayed", journal.Info, nil)
	url, err := tx.Notifications().Gone(ctx, n.MiniAppID)
	if err == nil && url != "" {
		entry.Message = "notifications are sent again to " + url + ", which has answered 410 Gone"
		err = tx.Notifications().PutGone(ctx, n.MiniAppID, "")
	}
	if err != nil {
		return n, err
	}
	return n, tx.Journal().Append(ctx, entry)
}

// entry tells the journal what became of a notification.
func (n Notification) entry(what string, outcome journal.Outcome, more map[string]any) journal.Entry {
	detail := map[string]any{"notification_id": n.ID, "number": n.Number, "status": n.Status, "attempts": n.Attempts}
	for key, value := range more {
		detail[key] = value
	}
	return journal.Entry{
		Kind: journal.Notification, MiniAppID: n.MiniAppID, Payment: n.Payment, Outcome: outcome,
		Title: fmt.Sprintf("notification %s %s", n.Status.Description(), what), Detail: journal.Detail(detail),
	}
}
