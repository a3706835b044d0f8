// Package message holds the messages from mini apps' backends to users. A push
// notification stays in the notification shade until the user dismisses it
// (push-notification-v2). A reminder is a card on the home screen until its
// backend deletes it or the user dismisses it (reminder-v2). The package delivers
// nothing to real devices.
package message

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Kept is how long a deleted or dismissed message stays in the database.
const Kept = 24 * time.Hour

// Message is one push notification or reminder.
type Message struct {
	ID         string
	Kind       miniapp.TemplateKind
	MiniAppID  string
	UserID     string
	ReminderID string // the backend's id of a reminder, see stored; empty for a push notification
	Template   string
	Parameters string // template_parameters, a JSON object
	CreatedAt  int64  // ms since the epoch
	RemovedAt  int64  // the time when it was deleted or dismissed; 0 while it is shown
}

// Store stores messages.
type Store interface {
	// Put stores a message. A reminder replaces the shown reminder with the
	// same mini app, user and reminder id.
	Put(ctx context.Context, m Message) error
	// Get returns a message, or a problem MessageUnknown.
	Get(ctx context.Context, id string) (Message, error)
	// Reminder returns the shown reminder of a mini app, user and reminder id,
	// or a problem MessageUnknown.
	Reminder(ctx context.Context, miniAppID, userID, reminderID string) (Message, error)
	// List returns a page of the shown messages of a user, newest first.
	List(ctx context.Context, userID string, p store.Page) ([]Message, error)
	// Remove marks a message as removed at now. It returns false when the
	// message was already removed.
	Remove(ctx context.Context, id string, now int64) (bool, error)
}

// Unknown returns the problem for a message that does not exist.
func Unknown(id string) error {
	return problem.New(problem.MessageUnknown, "there is no message %q, or it was removed", id)
}

// UnknownReminder returns the problem for a reminder that is not shown.
func UnknownReminder(reminderID string) error {
	return problem.New(problem.MessageUnknown, "this user has no reminder %q of this mini app; it was deleted, dismissed, or never made", reminderID)
}
