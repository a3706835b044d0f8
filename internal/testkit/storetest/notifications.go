package storetest

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/store"
)

func (w *World) Notice(app, ref string, due int64) notification.Notification {
	w.T.Helper()
	n := notification.Notification{
		ID: w.IDs.New(), MiniAppID: app, Payment: ref, Status: notification.Pending, Body: `{"reason":"` + Hard[6] + `"}`,
		State: notification.Waiting, NextAt: due, CreatedAt: 7,
	}
	w.Write(func(tx Tx) (err error) { n.Number, err = tx.Notifications().Insert(w.Ctx, n); return err })
	return n
}

// at is a moment at which the platform's clock is not moved.
func at(now int64) notification.Moment { return notification.Moment{Platform: now, Machine: now} }

func (w *World) Claim(app string, now, until int64, limit int) (list []notification.Notification) {
	w.T.Helper()
	w.Write(func(tx Tx) (err error) { list, err = tx.Outbox().Claim(w.Ctx, app, at(now), until, limit); return err })
	return list
}

func (w *World) Finish(n notification.Notification, to notification.State, next, ended int64) (took bool) {
	w.T.Helper()
	d := notification.Delivery{NotificationID: n.ID, Attempt: n.Attempts, At: 5, URL: Hard[3], Status: 500, Reason: event.AnsweredError, Error: Hard[4],
		RequestHeaders: "A: b\nC: d", ResponseHeaders: Hard[5], ResponseBody: Hard[6], Duration: 1500 * time.Microsecond}
	w.Write(func(tx Tx) (err error) { took, err = tx.Outbox().Finish(w.Ctx, d, to, next, ended); return err })
	return took
}

func (w *World) Notification(id string) (n notification.Notification) {
	w.T.Helper()
	w.Read(func(tx Tx) error {
		var found bool
		var err error
		n, found, err = tx.Notifications().Get(w.Ctx, id)
		w.Same("the notification is there", found, true)
		return err
	})
	return n
}

// Notices returns the notifications of a payment, oldest first.
func (w *World) Notices(ref string) (list []notification.Notification) {
	w.T.Helper()
	w.Read(func(tx Tx) (err error) {
		list, err = tx.Notifications().List(w.Ctx, notification.Filter{Payment: ref}, store.First(1<<20))
		return err
	})
	slices.SortFunc(list, func(a, b notification.Notification) int { return a.Number - b.Number })
	return list
}

// Notified reports whether a payment has a notification of a status.
func (w *World) Notified(ref string, status notification.Status) bool {
	return slices.ContainsFunc(w.Notices(ref), func(n notification.Notification) bool { return n.Status == status })
}

func notificationRows(w *World) {
	first, second, other := w.Notice("kopi", "a", 100), w.Notice("kopi", "a", 90), w.Notice("roti", "b", 300)
	w.Same("numbers of one payment, and of another", []int{first.Number, second.Number, other.Number}, []int{1, 2, 1})
	w.Same("a notification", w.Notification(first.ID), first)
	w.Read(func(tx Tx) error {
		_, found, err := tx.Notifications().Get(w.Ctx, "none")
		w.Must(err)
		w.Same("one that is not there", found, false)
		list, err := tx.Notifications().List(w.Ctx, notification.Filter{}, store.First(2))
		w.Must(err)
		w.Same("the newest", list, []notification.Notification{other, second})
		list, err = tx.Notifications().List(w.Ctx, notification.Filter{Payment: "a"}, store.First(10))
		w.Must(err)
		w.Same("those of a payment", list, []notification.Notification{second, first})
		list, err = tx.Notifications().List(w.Ctx, notification.Filter{State: notification.Waiting}, store.First(10))
		w.Must(err)
		w.Same("those that wait", list, []notification.Notification{other, second, first})
		list, err = tx.Notifications().List(w.Ctx, notification.Filter{Payment: "a", State: notification.Dead}, store.First(10))
		w.Same("the dead of a payment", len(list), 0)
		return err
	})
	numbered := notification.Notification{ID: w.IDs.New(), Payment: "c", Number: 1, State: notification.Waiting}
	insert := func(tx Tx) (err error) { _, err = tx.Notifications().Insert(w.Ctx, numbered); return err }
	w.Write(insert)
	w.Same("a number that was given", w.Notification(numbered.ID).Number, 1)
	w.Same("the number after it", w.Notice("kopi", "c", 1).Number, 2)
	numbered.ID = w.IDs.New()
	w.Fails("a number that is taken", insert)
	w.Fails("a second notification of one id", func(tx Tx) error { _, err := tx.Notifications().Insert(w.Ctx, first); return err })
}

func outbox(w *World) {
	first, second, other := w.Notice("kopi", "a", 100), w.Notice("kopi", "a", 90), w.Notice("roti", "b", 300)
	receivers := func(now int64) (list []string) {
		w.Read(func(tx Tx) (err error) { list, err = tx.Outbox().Receivers(w.Ctx, at(now)); return err })
		return list
	}
	w.Same("receivers before anything is due", len(receivers(89)), 0)
	w.Same("receivers", receivers(299), []string{"kopi"})
	w.Same("the second of a payment waits for the first", len(w.Claim("kopi", 99, 500, 10)), 0)
	w.Same("another receiver's", len(w.Claim("roti", 299, 500, 10)), 0)

	first.Attempts, first.NextAt = 1, 500
	w.Same("the first, leased", w.Claim("kopi", 100, 500, 10), []notification.Notification{first})
	w.Same("nothing else while it is under way", len(w.Claim("kopi", 499, 600, 10)), 0)
	w.Same("its try failed", w.Finish(first, notification.Waiting, 700, 0), true)
	w.Same("finishing a try twice is refused by the fence or the list of tries", w.refusesFinish(first), true)
	w.Same("the second is put off with it", w.Notification(second.ID).NextAt, int64(700))

	first.Attempts, first.NextAt = 2, 900
	w.Same("its second try", w.Claim("kopi", 700, 900, 10), []notification.Notification{first})
	first.Attempts, first.NextAt = 3, 1200
	w.Same("when the lease has run out, a third", w.Claim("kopi", 900, 1200, 10), []notification.Notification{first})
	late := first
	late.Attempts = 2
	w.Same("the second try comes late", w.Finish(late, notification.Delivered, 0, 950), false)
	w.Same("and changes nothing", w.Notification(first.ID), first)
	w.Same("the third delivers", w.Finish(first, notification.Delivered, 0, 960), true)
	w.Read(func(tx Tx) error {
		tries, err := tx.Notifications().Deliveries(w.Ctx, first.ID)
		w.Same("every try is kept", len(tries), 3)
		w.Same("a try", tries[1].ResponseBody+tries[1].Error+tries[1].URL, Hard[6]+Hard[4]+Hard[3])
		w.Same("its duration", tries[1].Duration, 1500*time.Microsecond)
		return err
	})
	second.Attempts, second.NextAt = 1, 1300
	w.Same("now it is the second's turn", w.Claim("kopi", 960, 1300, 10), []notification.Notification{second})
	w.Same("which dies", w.Finish(second, notification.Dead, 0, 970), true)
	w.Same("nobody is due", len(receivers(299)), 0)

	third := w.Notice("kopi", "a", 971)
	w.Write(func(tx Tx) error { return tx.Notifications().Again(w.Ctx, second.ID, 980) })
	second.Attempts, second.NextAt = 2, 1400
	w.Same("a dead one that is due again", w.Claim("kopi", 980, 1400, 10), []notification.Notification{second})
	w.Same("fails again", w.Finish(second, notification.Waiting, 2000, 0), true)
	w.Write(func(tx Tx) error { return tx.Notifications().Again(w.Ctx, second.ID, 1500) })
	w.Same("what waits for it is pulled along", w.Notification(third.ID).NextAt, int64(1500))
	w.Same("a try of what is not there", w.Finish(notification.Notification{ID: "none", Attempts: 1}, notification.Dead, 0, 1), false)
	w.Same("another's is untouched", w.Notification(other.ID), other)
}

// refusesFinish reports whether a finished try stays unchanged.
func (w *World) refusesFinish(n notification.Notification) bool {
	before := w.Notification(n.ID)
	err := w.DB.Write(w.Ctx, func(tx Tx) error {
		_, err := tx.Outbox().Finish(w.Ctx, notification.Delivery{NotificationID: n.ID, Attempt: n.Attempts}, notification.Dead, 0, 9)
		return err
	})
	return err != nil && w.Notification(n.ID) == before
}

// release releases the claims of a dead process, and no others.
func release(w *World) {
	begun, failed, fresh := w.Notice("kopi", "a", 100), w.Notice("kopi", "b", 100), w.Notice("kopi", "c", 900)
	w.Same("two are claimed", len(w.Claim("kopi", 100, 500, 10)), 2)
	failed.Attempts = 1
	w.Finish(failed, notification.Waiting, 800, 0)
	var n int64
	w.Write(func(tx Tx) (err error) { n, err = tx.Outbox().Release(w.Ctx, 200); return err })
	w.Same("released", n, int64(1))
	w.Same("the one that was under way", w.Notification(begun.ID).NextAt, int64(200))
	w.Same("the one that failed", w.Notification(failed.ID).NextAt, int64(800))
	w.Same("the one that was never tried", w.Notification(fresh.ID).NextAt, int64(900))
}

// movedClock checks that a lease goes by the machine's clock: when the platform's clock is
// moved, the leased notification is not due.
func movedClock(w *World) {
	first := w.Notice("kopi", "a", 100)
	claim := func(now notification.Moment, until int64) (list []notification.Notification) {
		w.Write(func(tx Tx) (err error) {
			due, err := tx.Outbox().Receivers(w.Ctx, now)
			if err == nil {
				list, err = tx.Outbox().Claim(w.Ctx, "kopi", now, until, 10)
			}
			w.Same("the mini app has something due", len(due) > 0, len(list) > 0)
			return err
		})
		return list
	}
	first.Attempts, first.NextAt = 1, 500
	w.Same("the first, leased", claim(notification.Moment{Platform: 100, Machine: 100}, 500), []notification.Notification{first})
	w.Same("after the clock was moved", len(claim(notification.Moment{Platform: 90_000, Machine: 499}, 900)), 0)
	first.Attempts, first.NextAt = 2, 900
	w.Same("when its lease has ended", claim(notification.Moment{Platform: 90_000, Machine: 500}, 900), []notification.Notification{first})
	w.Same("its try failed", w.Finish(first, notification.Waiting, 95_000, 0), true)
	w.Same("the schedule goes by the platform's clock", len(claim(notification.Moment{Platform: 94_999, Machine: 94_999}, 99_999)), 0)
	first.Attempts, first.NextAt = 3, 1200
	w.Same("so its next try can be early for the machine", claim(notification.Moment{Platform: 95_000, Machine: 600}, 1200), []notification.Notification{first})
}

// claimers race for the same notifications: each is claimed once, and those of a
// payment in sequence.
func claimers(w *World) {
	const payments, each = 40, 3
	for p := range payments {
		for range each {
			w.Notice("kopi", fmt.Sprint("payment ", p), 100)
		}
	}
	var mu sync.Mutex
	taken := map[string]int{}   // tries by id
	numbers := map[string]int{} // the last number by payment
	Together(16, func(int) {
		for {
			list := w.Claim("kopi", 100, 500, 5)
			mu.Lock()
			for _, n := range list {
				if taken[n.ID]++; taken[n.ID] > 1 || n.Attempts != 1 || n.Number != numbers[n.Payment]+1 {
					w.T.Errorf("claimed %d times, after number %d: %+v", taken[n.ID], numbers[n.Payment], n)
				}
				numbers[n.Payment] = n.Number
			}
			all := len(taken) == payments*each
			mu.Unlock()
			for _, n := range list {
				w.Finish(n, notification.Delivered, 0, 200)
			}
			if all || w.T.Failed() {
				return
			}
		}
	})
}
