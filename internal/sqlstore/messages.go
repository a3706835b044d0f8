package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type messages struct{ run engine.Statements }

func (messages) tables() []string { return []string{"messages"} }

const messageColumns = `id, kind, mini_app_id, user_id, reminder_id, template, parameters, created_at, removed_at`

func (s messages) Put(ctx context.Context, m message.Message) error {
	_, err := s.run.Exec(ctx, `INSERT INTO messages (`+messageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (mini_app_id, user_id, reminder_id) WHERE removed_at = 0 AND kind = 'reminder'
		DO UPDATE SET id = excluded.id, template = excluded.template, parameters = excluded.parameters, created_at = excluded.created_at`,
		m.ID, m.Kind, m.MiniAppID, m.UserID, m.ReminderID, m.Template, m.Parameters, m.CreatedAt, m.RemovedAt)
	return err
}

func (s messages) Get(ctx context.Context, id string) (m message.Message, err error) {
	err = s.run.One(ctx, readMessage(&m), `SELECT `+messageColumns+` FROM messages WHERE id = $1`, id)
	return m, orElse(err, func() error { return message.Unknown(id) })
}

func (s messages) Reminder(ctx context.Context, miniAppID, userID, reminderID string) (m message.Message, err error) {
	err = s.run.One(ctx, readMessage(&m), `SELECT `+messageColumns+` FROM messages
		WHERE mini_app_id = $1 AND user_id = $2 AND reminder_id = $3 AND kind = $4 AND removed_at = 0`,
		miniAppID, userID, reminderID, miniapp.ReminderTemplate)
	return m, orElse(err, func() error { return message.UnknownReminder(reminderID) })
}

func (s messages) List(ctx context.Context, userID string, p store.Page) (list []message.Message, err error) {
	query, args := newest(p, `SELECT `+messageColumns+` FROM messages WHERE user_id = $1 AND removed_at = 0`, userID)
	err = s.run.All(ctx, func(row engine.Row) error {
		var m message.Message
		err := readMessage(&m)(row)
		list = append(list, m)
		return err
	}, query, args...)
	return list, err
}

func (s messages) Remove(ctx context.Context, id string, now int64) (bool, error) {
	n, err := s.run.Exec(ctx, `UPDATE messages SET removed_at = $1 WHERE id = $2 AND removed_at = 0`, now, id)
	return n > 0, err
}

func readMessage(m *message.Message) func(engine.Row) error {
	return func(row engine.Row) error {
		return row.Scan(&m.ID, &m.Kind, &m.MiniAppID, &m.UserID, &m.ReminderID, &m.Template, &m.Parameters, &m.CreatedAt, &m.RemovedAt)
	}
}
