// Package message is what mini apps' backends show to users on the phone:
// push notifications, which stand in the shade until they are dismissed
// (push-notification-v2), and reminders, cards on the home that stay until
// their backend deletes them or the user dismisses them (reminder-v2). It
// delivers nothing to real devices.
package message

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Kept is how long a message is kept once it is deleted or dismissed.
const Kept = 24 * time.Hour

// Message is one push notification or reminder.
type Message struct {
	ID         string
	Kind       miniapp.TemplateKind
	MiniAppID  string
	UserID     string
	ReminderID string // what its backend calls a reminder; empty for a push
	Template   string
	Parameters string // template_parameters, a JSON object
	CreatedAt  int64  // ms since the epoch
	RemovedAt  int64  // when it was deleted or dismissed; 0 while it is shown
}

// Store keeps messages.
type Store interface {
	// Put keeps a message. A reminder takes the place of the one of its name
	// that the mini app shows to the user.
	Put(ctx context.Context, m Message) error
	// Get gives a message, or a problem MessageUnknown.
	Get(ctx context.Context, id string) (Message, error)
	// Reminder gives the reminder of a name that a user is shown by a mini app,
	// or a problem MessageUnknown.
	Reminder(ctx context.Context, miniAppID, userID, reminderID string) (Message, error)
	// List gives the newest messages that a user is shown, at most limit.
	List(ctx context.Context, userID string, limit int) ([]Message, error)
	// Remove takes a message away at now; it gives false when it was gone.
	Remove(ctx context.Context, id string, now int64) (bool, error)
}

// Unknown is the problem of a message that is not there.
func Unknown(id string) error {
	return problem.New(problem.MessageUnknown, "there is no message %q, or it is gone", id)
}

// UnknownReminder is the problem of a reminder that a user is not shown.
func UnknownReminder(reminderID string) error {
	return problem.New(problem.MessageUnknown, "this user has no reminder %q of this mini app; it was deleted, dismissed, or never made", reminderID)
}
