package message_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// A backend may use a token as the id of a reminder, and put one into its text. The id works
// as any other, and the database never has a token whole.
func TestRemind_does_not_store_a_token(t *testing.T) {
	s := stage.New(t)
	const token = "a1B2-c3D4_e5F6-g7H8_i9J0-k1L2_m3N4-o5P6_q7R8-s9T0_u1V2-w3X4_yZ0"
	to := login.Session{App: s.App("kopi"), User: s.Person("sari", 0)}
	service := &message.Service{DB: stage.View[message.Tx](s), Clock: s.Clock, IDs: s.IDs}
	text := message.Text{Template: "T", ReminderID: token, Parameters: map[string]json.RawMessage{"message": json.RawMessage(`"see ` + token + `"`)}}
	of := func(id string) request.Request { return request.Of("kopi", id, "reminder", nil, s.Clock.Now()) }
	for _, id := range []string{"1", "1", "2"} { // also a retry, and another call that replaces the reminder
		got, err := service.Remind(s.Ctx, to, text, of(id))
		s.Must(err)
		stage.Is(t, "the id in the answer", got, token)
	}
	list, err := service.Shown(s.Ctx, "sari", store.First(10))
	s.Must(err)
	stage.Is(t, "the reminders", len(list), 1)
	s.Must(service.Delete(s.Ctx, to, token, of("3")))
	s.Must(service.Delete(s.Ctx, to, token, of("3")))
	if rows := s.Contents(); strings.Contains(rows, token[8:40]) {
		t.Errorf("the database has the token: %s", rows)
	}
	_, err = service.Remind(s.Ctx, to, message.Text{Template: "T", ReminderID: "bill-7"}, of("4"))
	s.Must(err)
	if rows := s.Contents(); !strings.Contains(rows, "bill-7") {
		t.Error("an ordinary id is not stored as it is")
	}
}
