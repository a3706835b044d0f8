package storetest

import (
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func messageRows(w *World) {
	kopi, roti, sari, budi := w.App("kopi"), w.App("roti"), w.Person("Sari", 0), w.Person("Budi", 0)
	put := func(kind miniapp.TemplateKind, app, user, reminderID string) message.Message {
		m := message.Message{
			ID: w.IDs.New(), Kind: kind, MiniAppID: app, UserID: user, ReminderID: reminderID,
			Template: Hard[6], Parameters: `{"☕":"\u0000"}`, CreatedAt: w.Now(),
		}
		w.Write(func(tx Tx) error { return tx.Messages().Put(w.Ctx, m) })
		return m
	}
	push, again := put(miniapp.PushTemplate, kopi.ID, sari.ID, ""), put(miniapp.PushTemplate, kopi.ID, sari.ID, "")
	card := put(miniapp.ReminderTemplate, kopi.ID, sari.ID, Hard[6])
	put(miniapp.ReminderTemplate, roti.ID, sari.ID, "other app's")
	put(miniapp.ReminderTemplate, kopi.ID, budi.ID, Hard[6])
	remove := func(id string, now int64) (gone bool) {
		w.Write(func(tx Tx) (err error) { gone, err = tx.Messages().Remove(w.Ctx, id, now); return err })
		return gone
	}
	reminder := func(app, user, id string) (message.Message, error) {
		var m message.Message
		err := w.DB.Read(w.Ctx, func(tx Tx) (err error) { m, err = tx.Messages().Reminder(w.Ctx, app, user, id); return err })
		return m, err
	}
	got, err := reminder(kopi.ID, sari.ID, Hard[6])
	w.Must(err)
	w.Same("a reminder by its mini app's name for it", got, card)
	_, err = reminder(roti.ID, sari.ID, Hard[6])
	w.Refused(err, problem.MessageUnknown)
	_, err = reminder(kopi.ID, sari.ID, "")
	w.Refused(err, problem.MessageUnknown) // a push notification has no name
	next := card
	next.ID, next.Template, next.CreatedAt = w.IDs.New(), "T", w.Now()+1
	w.Write(func(tx Tx) error { return tx.Messages().Put(w.Ctx, next) })
	got, err = reminder(kopi.ID, sari.ID, Hard[6])
	w.Must(err)
	w.Same("a reminder that took another's place", got, next)
	_, err = w.Message(card.ID)
	w.Refused(err, problem.MessageUnknown)
	card = next
	w.Same("a message is removed", remove(card.ID, 41), true)
	w.Same("it is removed again", remove(card.ID, 42), false)
	w.Same("what is not there is removed", remove("none", 42), false)
	second := card
	second.ID = w.IDs.New()
	w.Write(func(tx Tx) error { return tx.Messages().Put(w.Ctx, second) })
	w.Same("the push is removed", remove(push.ID, 43), true)
	w.shows(sari.ID, second, again, 3)
	card.RemovedAt = 41
	kept, err := w.Message(card.ID)
	w.Must(err)
	w.Same("a message that was removed", kept, card)
	w.Fails("a message to nobody", func(tx Tx) error {
		return tx.Messages().Put(w.Ctx, message.Message{ID: w.IDs.New(), Kind: miniapp.PushTemplate, MiniAppID: kopi.ID, UserID: "nobody"})
	})
}

// shows checks the messages of a user, newest first.
func (w *World) shows(userID string, newest, oldest message.Message, n int) {
	w.T.Helper()
	w.Read(func(tx Tx) error {
		list, err := tx.Messages().List(w.Ctx, userID, store.First(n))
		w.Must(err)
		w.Same("what a user is shown", len(list), n)
		w.Same("the newest", list[0], newest)
		w.Same("the oldest that is shown", list[n-1], oldest)
		list, err = tx.Messages().List(w.Ctx, userID, store.First(1))
		w.Must(err)
		w.Same("no more than asked for", list, []message.Message{newest})
		return nil
	})
}

// Message returns a message by its id.
func (w *World) Message(id string) (m message.Message, err error) {
	err = w.DB.Read(w.Ctx, func(tx Tx) error { m, err = tx.Messages().Get(w.Ctx, id); return err })
	return m, err
}
