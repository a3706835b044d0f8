package message

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

// Tx is the part of a transaction that messages use.
type Tx interface {
	Messages() Store
	Requests() request.Store
	Journal() journal.Appender
}

// Service shows and removes messages.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
}

// Text is the content of a message from a mini app's backend.
type Text struct {
	Template   string
	Parameters map[string]json.RawMessage
	ReminderID string // for a reminder; when empty, the platform makes one
}

// Push shows a push notification to the session's user. Its problems:
// TemplateUnknown, KeyReused. A retry shows no second notification.
func (s *Service) Push(ctx context.Context, to login.Session, text Text, req request.Request) error {
	_, _, err := request.Once(ctx, s.DB, req, func(tx Tx) (string, []byte, error) {
		m, err := s.make(miniapp.PushTemplate, to, text)
		if err != nil {
			return "", nil, err
		}
		if err := tx.Messages().Put(ctx, m); err != nil {
			return "", nil, err
		}
		return m.ID, nil, told(ctx, tx, m, to.LaunchID, event.MessageShown)
	})
	return err
}

// Remind shows a reminder to the session's user and returns its id. It replaces
// the shown reminder with the same id. Its problems: TemplateUnknown, KeyReused.
// A retry returns the same id and changes nothing.
func (s *Service) Remind(ctx context.Context, to login.Session, text Text, req request.Request) (reminderID string, err error) {
	kept, _, err := request.Once(ctx, s.DB, req, func(tx Tx) (string, []byte, error) {
		m, err := s.make(miniapp.ReminderTemplate, to, text)
		if err != nil {
			return "", nil, err
		}
		if m.ReminderID = stored(text.ReminderID); m.ReminderID == "" {
			m.ReminderID = m.ID
		}
		if err := tx.Messages().Put(ctx, m); err != nil {
			return "", nil, err
		}
		return m.ReminderID, nil, told(ctx, tx, m, to.LaunchID, event.MessageShown)
	})
	return cmp.Or(text.ReminderID, kept.Subject), err
}

// Delete removes a reminder of the session's user. Its problems: MessageUnknown
// (no such reminder of this user and mini app), KeyReused.
func (s *Service) Delete(ctx context.Context, to login.Session, reminderID string, req request.Request) error {
	_, _, err := request.Once(ctx, s.DB, req, func(tx Tx) (string, []byte, error) {
		m, err := s.remove(ctx, tx, to, reminderID)
		if err != nil {
			return "", nil, err
		}
		return m.ReminderID, nil, told(ctx, tx, m, to.LaunchID, event.MessageDeleted)
	})
	return err
}

// Dismiss removes a message on behalf of its user. Its problem: MessageUnknown.
func (s *Service) Dismiss(ctx context.Context, messageID string) error {
	return s.DB.Write(ctx, func(tx Tx) error {
		m, err := tx.Messages().Get(ctx, messageID)
		if err != nil {
			return err
		}
		gone, err := tx.Messages().Remove(ctx, messageID, s.Clock.Now().UnixMilli())
		switch {
		case err != nil:
			return err
		case !gone:
			return Unknown(messageID)
		}
		return told(ctx, tx, m, "", event.MessageDismissed)
	})
}

// Shown returns a page of the shown messages of a user, newest first.
func (s *Service) Shown(ctx context.Context, userID string, p store.Page) (list []Message, err error) {
	err = s.DB.Read(ctx, func(tx Tx) error {
		list, err = tx.Messages().List(ctx, userID, p)
		return err
	})
	return list, err
}

// make returns a new message that is shown from now on.
func (s *Service) make(kind miniapp.TemplateKind, to login.Session, text Text) (Message, error) {
	if _, ok := to.App.Template(kind, text.Template); !ok {
		return Message{}, problem.New(problem.TemplateUnknown,
			"%s has no %s template %q; add it to templates in its manifest", to.App.ID, kind, text.Template)
	}
	parameters, err := json.Marshal(text.Parameters)
	parameters = mask.JSON(parameters) // a backend may put a code into a text
	return Message{
		ID: s.IDs.New(), Kind: kind, MiniAppID: to.App.ID, UserID: to.User.ID,
		Template: text.Template, Parameters: string(parameters), CreatedAt: s.Clock.Now().UnixMilli(),
	}, err
}

// remove removes the reminder with the given id and returns it.
func (s *Service) remove(ctx context.Context, tx Tx, to login.Session, reminderID string) (Message, error) {
	m, err := tx.Messages().Reminder(ctx, to.App.ID, to.User.ID, stored(reminderID))
	if err != nil {
		return Message{}, err
	}
	gone, err := tx.Messages().Remove(ctx, m.ID, s.Clock.Now().UnixMilli())
	switch {
	case err != nil:
		return Message{}, err
	case !gone: // removed concurrently
		return Message{}, UnknownReminder(reminderID)
	}
	return m, nil
}

func told(ctx context.Context, tx Tx, m Message, launchID string, happened event.Event[event.Message]) error {
	return tx.Journal().Append(ctx, happened.Entry(
		event.Scope{MiniAppID: m.MiniAppID, UserID: m.UserID, LaunchID: launchID},
		event.Message{MessageID: m.ID, Kind: event.MessageKind(m.Kind), Template: m.Template, ReminderID: m.ReminderID},
	))
}

// stored returns a reminder id as the database has it. Of an id that looks like a code or a
// token, only the ends and a hash are stored.
func stored(reminderID string) string {
	shown := mask.Text(reminderID)
	if shown == reminderID {
		return reminderID
	}
	sum := sha256.Sum256([]byte(reminderID))
	return shown + " " + hex.EncodeToString(sum[:16])
}
