package miniapi

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/problem"
)

// messageFields are the members of a push notification and a reminder
// (push-notification-v2, reminder-v2).
type messageFields struct {
	Template   string                     `json:"template_name"`
	Parameters map[string]json.RawMessage `json:"template_parameters"`
	ReminderID string                     `json:"reminder_id"` // of reminders, in the sample only
}

// maxParameters is the largest total size of a message's parameters.
const maxParameters = 16 << 10

func (in messageFields) text() (message.Text, error) {
	size := 0
	for name, value := range in.Parameters {
		size += len(name) + len(value)
	}
	if err := edge.Line("template_name", in.Template, edge.MaxLine); err != nil {
		return message.Text{}, err
	}
	switch {
	case in.Parameters == nil:
		return message.Text{}, problem.New(edge.FieldBlank, "template_parameters is missing; send {} for none")
	case size > maxParameters:
		return message.Text{}, problem.New(edge.FieldLong, "template_parameters is %d bytes long; at most %d", size, maxParameters)
	}
	return message.Text{Template: in.Template, Parameters: in.Parameters}, nil
}

// push is POST /v1/mini-apps/notifications/push (push-notification-v2). A body that is
// JSON but not a notification gets the code 2903.
func (d *door) push(ctx context.Context, c *call) (any, error) {
	var in messageFields
	err := c.fields(&in)
	if problem.Is(err, edge.FieldWrong) {
		return nil, problem.New(pushUnread, "%s", problem.Of(err).Message)
	}
	if err != nil {
		return nil, err
	}
	text, err := in.text()
	if err != nil {
		return nil, err
	}
	return nil, d.Messages.Push(ctx, c.session, text, c.request)
}

// remind is PUT /v1/mini-apps/reminder (reminder-v2).
func (d *door) remind(ctx context.Context, c *call) (any, error) {
	var in messageFields
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	text, err := in.text()
	if err != nil {
		return nil, err
	}
	if text.ReminderID = in.ReminderID; text.ReminderID != "" {
		if err := edge.Line("reminder_id", text.ReminderID, edge.MaxLine); err != nil {
			return nil, err
		}
	}
	id, err := d.Messages.Remind(ctx, c.session, text, c.request)
	if err != nil {
		return nil, err
	}
	return struct {
		ReminderID string `json:"reminder_id"`
	}{id}, nil
}

// deleteReminder is DELETE /v1/mini-apps/reminder/{id} (reminder-v2).
func (d *door) deleteReminder(ctx context.Context, c *call) (any, error) {
	id := c.HTTP.PathValue("id")
	if err := edge.Line("the reminder's id", id, edge.MaxLine); err != nil {
		return nil, message.UnknownReminder(edge.Excerpt(id))
	}
	return nil, d.Messages.Delete(ctx, c.session, id, c.request.With(id))
}
