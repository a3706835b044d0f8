package storetest

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/notification"
)

func (w *world) notice(app, ref string, at int64) notification.Notification {
	w.t.Helper()
	n := notification.Notification{
		ID: w.ids.New(), MiniAppID: app, Payment: ref, Status: notification.Pending, Body: `{"reason":"` + hard[6] + `"}`,
		State: notification.Waiting, NextAt: at, CreatedAt: 7,
	}
	w.write(func(tx Tx) (err error) { n.Number, err = tx.Notifications().Insert(w.ctx, n); return err })
	return n
}

func (w *world) claim(app string, now, until int64, limit int) (list []notification.Notification) {
	w.t.Helper()
	w.write(func(tx Tx) (err error) { list, err = tx.Outbox().Claim(w.ctx, app, now, until, limit); return err })
	return list
}

func (w *world) finish(n notification.Notification, to notification.State, next, ended int64) (took bool) {
	w.t.Helper()
	d := notification.Delivery{NotificationID: n.ID, Attempt: n.Attempts, At: 5, URL: hard[3], Status: 500, Reason: event.AnsweredError, Error: hard[4],
		RequestHeaders: "A: b\nC: d", ResponseHeaders: hard[5], ResponseBody: hard[6], Duration: 1500 * time.Microsecond}
	w.write(func(tx Tx) (err error) { took, err = tx.Outbox().Finish(w.ctx, d, to, next, ended); return err })
	return took
}

func (w *world) notification(id string) (n notification.Notification) {
	w.t.Helper()
	w.read(func(tx Tx) error {
		var found bool
		var err error
		n, found, err = tx.Notifications().Get(w.ctx, id)
		w.same("the notification is there", found, true)
		return err
	})
	return n
}

// notices gives the notifications of a payment, oldest first.
func (w *world) notices(ref string) (list []notification.Notification) {
	w.t.Helper()
	w.read(func(tx Tx) (err error) {
		list, err = tx.Notifications().List(w.ctx, notification.Filter{Payment: ref}, 1<<20)
		return err
	})
	slices.Reverse(list)
	return list
}

// notified says whether a payment's backend is, or will be, told of a status.
func (w *world) notified(ref string, status notification.Status) bool {
	return slices.ContainsFunc(w.notices(ref), func(n notification.Notification) bool { return n.Status == status })
}

func notificationRows(w *world) {
	first, second, other := w.notice("kopi", "a", 100), w.notice("kopi", "a", 90), w.notice("roti", "b", 300)
	w.same("numbers of one payment, and of another", []int{first.Number, second.Number, other.Number}, []int{1, 2, 1})
	w.same("a notification", w.notification(first.ID), first)
	w.read(func(tx Tx) error {
		_, found, err := tx.Notifications().Get(w.ctx, "none")
		w.must(err)
		w.same("one that is not there", found, false)
		list, err := tx.Notifications().List(w.ctx, notification.Filter{}, 2)
		w.must(err)
		w.same("the newest", list, []notification.Notification{other, second})
		list, err = tx.Notifications().List(w.ctx, notification.Filter{Payment: "a"}, 10)
		w.must(err)
		w.same("those of a payment", list, []notification.Notification{second, first})
		list, err = tx.Notifications().List(w.ctx, notification.Filter{State: notification.Waiting}, 10)
		w.must(err)
		w.same("those that wait", list, []notification.Notification{other, second, first})
		list, err = tx.Notifications().List(w.ctx, notification.Filter{Payment: "a", State: notification.Dead}, 10)
		w.same("the dead of a payment", len(list), 0)
		return err
	})
	w.fails("a second notification of one id", func(tx Tx) error { _, err := tx.Notifications().Insert(w.ctx, first); return err })
}

func outbox(w *world) {
	first, second, other := w.notice("kopi", "a", 100), w.notice("kopi", "a", 90), w.notice("roti", "b", 300)
	receivers := func(now int64) (list []string) {
		w.read(func(tx Tx) (err error) { list, err = tx.Outbox().Receivers(w.ctx, now); return err })
		return list
	}
	w.same("receivers before anything is due", len(receivers(89)), 0)
	w.same("receivers", receivers(299), []string{"kopi"})
	w.same("the second of a payment waits for the first", len(w.claim("kopi", 99, 500, 10)), 0)
	w.same("another receiver's", len(w.claim("roti", 299, 500, 10)), 0)

	first.Attempts, first.NextAt = 1, 500
	w.same("the first, leased", w.claim("kopi", 100, 500, 10), []notification.Notification{first})
	w.same("nothing else while it is under way", len(w.claim("kopi", 499, 600, 10)), 0)
	w.same("its try failed", w.finish(first, notification.Waiting, 700, 0), true)
	w.same("finishing a try twice is refused by the fence or the list of tries", w.refusesFinish(first), true)
	w.same("the second is put off with it", w.notification(second.ID).NextAt, int64(700))

	first.Attempts, first.NextAt = 2, 900
	w.same("its second try", w.claim("kopi", 700, 900, 10), []notification.Notification{first})
	first.Attempts, first.NextAt = 3, 1200
	w.same("when the lease has run out, a third", w.claim("kopi", 900, 1200, 10), []notification.Notification{first})
	late := first
	late.Attempts = 2
	w.same("the second try comes late", w.finish(late, notification.Delivered, 0, 950), false)
	w.same("and changes nothing", w.notification(first.ID), first)
	w.same("the third delivers", w.finish(first, notification.Delivered, 0, 960), true)
	w.read(func(tx Tx) error {
		tries, err := tx.Notifications().Deliveries(w.ctx, first.ID)
		w.same("every try is kept", len(tries), 3)
		w.same("a try", tries[1].ResponseBody+tries[1].Error+tries[1].URL, hard[6]+hard[4]+hard[3])
		w.same("its duration", tries[1].Duration, 1500*time.Microsecond)
		return err
	})
	second.Attempts, second.NextAt = 1, 1300
	w.same("now it is the second's turn", w.claim("kopi", 960, 1300, 10), []notification.Notification{second})
	w.same("which dies", w.finish(second, notification.Dead, 0, 970), true)
	w.same("nobody is due", len(receivers(299)), 0)

	third := w.notice("kopi", "a", 971)
	w.write(func(tx Tx) error { return tx.Notifications().Again(w.ctx, second.ID, 980) })
	second.Attempts, second.NextAt = 2, 1400
	w.same("a dead one that is due again", w.claim("kopi", 980, 1400, 10), []notification.Notification{second})
	w.same("fails again", w.finish(second, notification.Waiting, 2000, 0), true)
	w.write(func(tx Tx) error { return tx.Notifications().Again(w.ctx, second.ID, 1500) })
	w.same("what waits for it is pulled along", w.notification(third.ID).NextAt, int64(1500))
	w.same("a try of what is not there", w.finish(notification.Notification{ID: "none", Attempts: 1}, notification.Dead, 0, 1), false)
	w.same("another's is untouched", w.notification(other.ID), other)
}

// refusesFinish says whether a try that was finished stays as it is.
func (w *world) refusesFinish(n notification.Notification) bool {
	before := w.notification(n.ID)
	err := w.db.Write(w.ctx, func(tx Tx) error {
		_, err := tx.Outbox().Finish(w.ctx, notification.Delivery{NotificationID: n.ID, Attempt: n.Attempts}, notification.Dead, 0, 9)
		return err
	})
	return err != nil && w.notification(n.ID) == before
}

// release finds what a process left that died, and nothing else.
func release(w *world) {
	begun, failed, fresh := w.notice("kopi", "a", 100), w.notice("kopi", "b", 100), w.notice("kopi", "c", 900)
	w.same("two are claimed", len(w.claim("kopi", 100, 500, 10)), 2)
	failed.Attempts = 1
	w.finish(failed, notification.Waiting, 800, 0)
	var n int64
	w.write(func(tx Tx) (err error) { n, err = tx.Outbox().Release(w.ctx, 200); return err })
	w.same("released", n, int64(1))
	w.same("the one that was under way", w.notification(begun.ID).NextAt, int64(200))
	w.same("the one that failed", w.notification(failed.ID).NextAt, int64(800))
	w.same("the one that was never tried", w.notification(fresh.ID).NextAt, int64(900))
}

// claimers race for the same notifications: each goes to one, and those of a
// payment in their order.
func claimers(w *world) {
	const payments, each = 40, 3
	for p := range payments {
		for range each {
			w.notice("kopi", fmt.Sprint("payment ", p), 100)
		}
	}
	var mu sync.Mutex
	taken := map[string]int{}   // tries by id
	numbers := map[string]int{} // the last number by payment
	together(16, func(int) {
		for {
			list := w.claim("kopi", 100, 500, 5)
			mu.Lock()
			for _, n := range list {
				if taken[n.ID]++; taken[n.ID] > 1 || n.Attempts != 1 || n.Number != numbers[n.Payment]+1 {
					w.t.Errorf("claimed %d times, after number %d: %+v", taken[n.ID], numbers[n.Payment], n)
				}
				numbers[n.Payment] = n.Number
			}
			all := len(taken) == payments*each
			mu.Unlock()
			for _, n := range list {
				w.finish(n, notification.Delivered, 0, 200)
			}
			if all || w.t.Failed() {
				return
			}
		}
	})
}
