package storetest

import (
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

func messageRows(w *world) {
	kopi, roti, sari, budi := w.app("kopi"), w.app("roti"), w.person("Sari", 0), w.person("Budi", 0)
	put := func(kind miniapp.TemplateKind, app, user, reminderID string) message.Message {
		m := message.Message{
			ID: w.ids.New(), Kind: kind, MiniAppID: app, UserID: user, ReminderID: reminderID,
			Template: hard[6], Parameters: `{"☕":"\u0000"}`, CreatedAt: w.now(),
		}
		w.write(func(tx Tx) error { return tx.Messages().Put(w.ctx, m) })
		return m
	}
	push, again := put(miniapp.PushTemplate, kopi.ID, sari.ID, ""), put(miniapp.PushTemplate, kopi.ID, sari.ID, "")
	card := put(miniapp.ReminderTemplate, kopi.ID, sari.ID, hard[6])
	put(miniapp.ReminderTemplate, roti.ID, sari.ID, "other app's")
	put(miniapp.ReminderTemplate, kopi.ID, budi.ID, hard[6])
	remove := func(id string, now int64) (gone bool) {
		w.write(func(tx Tx) (err error) { gone, err = tx.Messages().Remove(w.ctx, id, now); return err })
		return gone
	}
	reminder := func(app, user, id string) (message.Message, error) {
		var m message.Message
		err := w.db.Read(w.ctx, func(tx Tx) (err error) { m, err = tx.Messages().Reminder(w.ctx, app, user, id); return err })
		return m, err
	}
	got, err := reminder(kopi.ID, sari.ID, hard[6])
	w.must(err)
	w.same("a reminder by its mini app's name for it", got, card)
	_, err = reminder(roti.ID, sari.ID, hard[6])
	w.refused(err, problem.MessageUnknown)
	_, err = reminder(kopi.ID, sari.ID, "")
	w.refused(err, problem.MessageUnknown) // a push has no name
	next := card
	next.ID, next.Template, next.CreatedAt = w.ids.New(), "T", w.now()+1
	w.write(func(tx Tx) error { return tx.Messages().Put(w.ctx, next) })
	got, err = reminder(kopi.ID, sari.ID, hard[6])
	w.must(err)
	w.same("a reminder that took another's place", got, next)
	_, err = w.message(card.ID)
	w.refused(err, problem.MessageUnknown)
	card = next
	w.same("a message is removed", remove(card.ID, 41), true)
	w.same("it is removed again", remove(card.ID, 42), false)
	w.same("what is not there is removed", remove("none", 42), false)
	second := card
	second.ID = w.ids.New()
	w.write(func(tx Tx) error { return tx.Messages().Put(w.ctx, second) })
	w.same("the push is removed", remove(push.ID, 43), true)
	w.read(func(tx Tx) error {
		list, err := tx.Messages().List(w.ctx, sari.ID, 3)
		w.must(err)
		w.same("what a user is shown, newest first", len(list), 3)
		w.same("the newest", list[0], second)
		w.same("the oldest that is shown", list[2], again)
		list, err = tx.Messages().List(w.ctx, sari.ID, 1)
		w.must(err)
		w.same("no more than asked for", list, []message.Message{second})
		return nil
	})
	card.RemovedAt = 41
	kept, err := w.message(card.ID)
	w.must(err)
	w.same("a message that was removed", kept, card)
	w.fails("a message to nobody", func(tx Tx) error {
		return tx.Messages().Put(w.ctx, message.Message{ID: w.ids.New(), Kind: miniapp.PushTemplate, MiniAppID: kopi.ID, UserID: "nobody"})
	})
}

func (w *world) message(id string) (m message.Message, err error) {
	err = w.db.Read(w.ctx, func(tx Tx) error { m, err = tx.Messages().Get(w.ctx, id); return err })
	return m, err
}
