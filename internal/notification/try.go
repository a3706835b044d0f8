package notification

import (
	"context"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// The stored part of a message, in bytes.
const (
	keptHeaders = 8 << 10
	keptBody    = 4 << 10
)

// keepTries is how often keep is called to store the result of a try. When all calls
// fail, the notification is sent again after its lease, even if it was accepted.
const keepTries = 3

// try sends a notification once and stores the result. It reports whether the
// receiver answered.
func (s *Sender) try(ctx context.Context, n Notification) (answered bool) {
	var err error
	d := Delivery{NotificationID: n.ID, Attempt: n.Attempts, At: s.now()}
	v := s.send(ctx, n, &d)
	whole := context.WithoutCancel(ctx) // the result is stored also when ctx is cancelled
	answered = d.Status != 0
	s.gently(answered, func() {
		for range keepTries {
			if err = s.keep(whole, n, d, v); err == nil {
				break
			}
		}
	})
	s.log(whole, err)
	return answered
}

// send sends a notification, fills in d, and returns the verdict.
func (s *Sender) send(ctx context.Context, n Notification, d *Delivery) verdict {
	var app miniapp.App
	var gone string
	err := s.DB.Read(ctx, func(tx SenderTx) (err error) {
		if app, err = tx.MiniApps().Get(ctx, n.MiniAppID); err == nil {
			gone, err = tx.Notifications().Gone(ctx, n.MiniAppID)
		}
		return err
	})
	if problem.Is(err, problem.MiniAppUnknown) {
		return verdict{reason: event.AppUnregistered, gone: true}
	}
	if err == nil {
		d.URL = s.URL(app)
	}
	if err == nil && d.URL == "" {
		return verdict{reason: event.NoReceiver, gone: true}
	}
	if err == nil && d.URL == gone {
		return verdict{reason: event.ReceiverGone, gone: true}
	}
	var request Request
	if err == nil {
		s.gently(s.answers(n.MiniAppID), func() { request, err = s.sign(ctx, n, d.URL) })
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return verdict{reason: event.SenderStopped, cut: true}
	case err != nil:
		return verdict{reason: event.NotMade, error: err.Error()}
	}
	return s.post(ctx, request, d)
}

// sign returns the request of this try, with the current time and key.
func (s *Sender) sign(ctx context.Context, n Notification, target string) (Request, error) {
	from, err := s.Identify(ctx, n.MiniAppID)
	if err != nil {
		return Request{}, err
	}
	return n.request(target, from, s.Clock.Now())
}

func (s *Sender) post(ctx context.Context, r Request, d *Delivery) verdict {
	reply, err := s.Poster.Post(ctx, r)
	d.RequestHeaders = lines(r.Headers, keptHeaders)
	d.Status, d.ResponseHeaders, d.ResponseBody = reply.Status, lines(reply.Headers, keptHeaders), cut(string(reply.Body), keptBody)
	d.Duration = reply.Duration
	switch {
	case err == nil:
		return judge(reply, s.Machine.Now())
	case ctx.Err() != nil:
		return verdict{reason: event.SenderStopped, cut: true}
	case reply.Status != 0:
		return verdict{reason: event.AnswerCut, error: err.Error()}
	default:
		return verdict{reason: event.NoAnswer, error: err.Error()}
	}
}

// keep stores a try, its result, and its journal entry.
func (s *Sender) keep(ctx context.Context, n Notification, d Delivery, v verdict) error {
	d.Reason, d.Error = v.reason, cut(event.NotificationFailed.Message(language.English, event.Scope{}, n.tried(d, v)), keptBody)
	return s.DB.Write(ctx, func(tx SenderTx) error {
		to, next, ended, err := s.after(ctx, tx, n.ID, v)
		if err != nil {
			return err
		}
		took, err := tx.Outbox().Finish(ctx, d, to, next, ended)
		if err != nil || !took {
			return err
		}
		if v.for410 {
			if err := tx.Notifications().PutGone(ctx, n.MiniAppID, d.URL); err != nil {
				return err
			}
		}
		if to == Delivered && (n.Status == Success || n.Status == Refunded) {
			if err := tx.Proofs().Prove(ctx, n.Payment, ended); err != nil {
				return err
			}
		}
		return tx.Journal().Append(ctx, n.triedEntry(d, v, to, next))
	})
}

// after returns the new state of a notification. Only failed tries count. Otherwise a
// platform that restarts often, and breaks off its tries, would use them up.
func (s *Sender) after(ctx context.Context, tx SenderTx, id string, v verdict) (to State, next, ended int64, err error) {
	now := s.Clock.Now()
	switch {
	case v.reason == "":
		return Delivered, 0, now.UnixMilli(), nil
	case v.cut:
		return Waiting, now.UnixMilli(), 0, nil
	case v.gone:
		return Dead, 0, now.UnixMilli(), nil
	}
	failures, err := tx.Outbox().Failures(ctx, id)
	if err != nil {
		return "", 0, 0, err
	}
	wait, again := nextTry(failures+1, s.Jitter(), v.after)
	if !again {
		return Dead, 0, now.UnixMilli(), nil
	}
	return Waiting, now.Add(wait).UnixMilli(), 0, nil
}

// tried returns the data of a try.
func (n Notification) tried(d Delivery, v verdict) event.NotificationTry {
	return event.NotificationTry{
		Notification: n.data(), Attempt: d.Attempt, URL: d.URL, HTTPStatus: d.Status,
		Reason: v.reason, Error: cut(v.error, keptBody), Answer: v.answer, Location: v.location,
	}
}

// triedEntry returns the journal entry of a try that moved the notification to
// a state.
func (n Notification) triedEntry(d Delivery, v verdict, to State, next int64) journal.Entry {
	of, data := n.scope(), n.tried(d, v)
	of.Code, of.Duration = d.Status, d.Duration
	switch {
	case to == Waiting:
		data.NextAt = next
		return event.NotificationFailed.Entry(of, data)
	case to == Dead && d.URL == "":
		return event.NotificationUnaddressed.Entry(of, data)
	case to == Dead:
		return event.NotificationDead.Entry(of, data)
	default:
		return event.NotificationDelivered.Entry(of, data)
	}
}
