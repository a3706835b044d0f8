package notification_test

import (
	"context"
	"crypto/rsa"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/testkit/stage"
)

var errNet = errors.New("connection refused")

func TestTry_moves_a_notification_on(t *testing.T) {
	reply := func(r notification.Reply, err error) func(p *post) {
		return func(p *post) {
			p.answers = func(notification.Request) (notification.Reply, error) { return r, err }
		}
	}
	answer := func(status int, body string, headers ...notification.Header) func(p *post) {
		return func(p *post) { p.answer(status, body, headers...) }
	}
	for _, one := range []struct {
		name   string
		before func(p *post)
		status notification.Status
		state  notification.State
		next   time.Duration // from now; of a dead or delivered one 0
		events string
		reason string
		proved bool
		gone   bool
	}{
		{"taken", answer(200, ""), notification.Success, notification.Delivered, 0, "queued delivered", "", true, false},
		{"a refund that is taken", answer(200, ""), notification.Refunded, notification.Delivered, 0, "queued delivered", "", true, false},
		{"another status that is taken proves nothing", answer(200, ""), notification.Pending, notification.Delivered, 0, "queued delivered", "", false, false},
		{"an error", answer(500, ""), notification.Success, notification.Waiting, 5 * time.Second, "queued failed", "answered_error", false, false},
		{"an error that asks for patience", answer(503, "", notification.Header{Name: "Retry-After", Value: "60"}), notification.Success, notification.Waiting, time.Minute, "queued failed", "answered_error", false, false},
		{"gone", answer(410, ""), notification.Success, notification.Dead, 0, "queued dead", "answered_gone", false, true},
		{"no answer", reply(notification.Reply{}, errNet), notification.Success, notification.Waiting, 5 * time.Second, "queued failed", "no_answer", false, false},
		{"half an answer", reply(notification.Reply{Status: 200}, errNet), notification.Success, notification.Waiting, 5 * time.Second, "queued failed", "answer_cut", false, false},
		{"no server", func(p *post) { p.url = "" }, notification.Success, notification.Dead, 0, "queued unaddressed", "no_receiver", false, false},
		{"what cannot be signed", func(p *post) {
			p.sender.Identify = func(context.Context, string) (notification.Identity, error) {
				return notification.Identity{Key: &rsa.PrivateKey{}}, nil
			}
		}, notification.Success, notification.Waiting, 5 * time.Second, "queued failed", "not_made", false, false},
		{"what is no URL", func(p *post) { p.url = "https://kopi.example/%zz" }, notification.Success, notification.Waiting, 5 * time.Second, "queued failed", "not_made", false, false},
	} {
		t.Run(one.name, func(t *testing.T) {
			p := newPost(t)
			one.before(p)
			id := p.queue("A1", one.status)
			p.Pass(time.Second)
			stage.Is(t, "how many are sent", p.send(), 1)
			n := p.kept(id)
			stage.Is(t, "the state and the tries", []any{n.State, n.Attempts}, []any{one.state, 1})
			if one.state == notification.Waiting {
				stage.Is(t, "the next try", n.NextAt, p.Now()+one.next.Milliseconds())
				stage.Is(t, "the end", n.EndedAt, 0)
			} else {
				stage.Is(t, "the end", []any{n.NextAt, n.EndedAt}, []any{0, p.Now()})
			}
			if want, ok := map[string]string{"no answer": errNet.Error(), "half an answer": errNet.Error(), "what cannot be signed": "signing a notification: ", "what is no URL": "%zz"}[one.name]; ok && !strings.Contains(p.tries(id)[0].Error, want) {
				t.Errorf("the error %q does not contain %q", p.tries(id)[0].Error, want)
			}
			stage.Is(t, "the events", p.events(), one.events)
			stage.Is(t, "the reason", string(p.tries(id)[0].Reason), one.reason)
			stage.Is(t, "an error is told", p.tries(id)[0].Error != "", one.reason != "")
			stage.Is(t, "that the backend knows is noted", p.provedAt("A1") == p.Now(), one.proved)
			stage.Is(t, "the receiver is gone", p.gone() == p.url && p.url != "", one.gone)
		})
	}
}

func TestTry_sends_and_keeps_what_is_documented(t *testing.T) {
	p := newPost(t)
	p.answer(200, `{"responseCode":"2005600"}`, notification.Header{Name: "Server", Value: "kopi"})
	id := p.queue("A1", notification.Success)
	p.Pass(time.Second)
	p.send()
	r, n := p.sent[0], p.kept(id)
	at := notification.Time(p.Now())
	proof, err := signature.SignRSA(keyOfVectors(t), signature.Notification("POST", "/told", []byte(n.Body), at))
	p.Must(err)
	want := []notification.Header{
		{Name: "Content-Type", Value: "application/json"}, {Name: "X-Timestamp", Value: at}, {Name: "X-Signature", Value: proof},
		{Name: "X-Partner-Id", Value: "partner of kopi"}, {Name: "X-External-Id", Value: n.ExternalID()}, {Name: "Channel-Id", Value: "12345"},
	}
	stage.Is(t, "the request", r, notification.Request{URL: p.url, Headers: want, Body: n.Body})
	d := p.tries(id)[0]
	headers := notification.ParseHeaders(d.RequestHeaders)
	for _, h := range want {
		stage.Is(t, h.Name, headers[h.Name], h.Value)
	}
	d.RequestHeaders = ""
	stage.Is(t, "the try", d, notification.Delivery{
		NotificationID: id, Attempt: 1, At: p.Now(), URL: p.url, Status: 200, ResponseHeaders: "Server: kopi\n",
		ResponseBody: `{"responseCode":"2005600"}`, Duration: 7 * time.Millisecond,
	})
}

func TestTry_keeps_the_beginning_of_a_long_answer(t *testing.T) {
	p := newPost(t)
	p.answer(200, strings.Repeat("a", 5000)+"\xff", notification.Header{Name: "A", Value: strings.Repeat("b", 9000)})
	id := p.queue("A1", notification.Success)
	p.send()
	d := p.tries(id)[0]
	stage.Is(t, "what is kept", []int{len(d.ResponseBody), len(d.ResponseHeaders)}, []int{4<<10 + 3, 8<<10 + 3})
	p.answer(200, "a\x00b\xffc")
	id = p.queue("A2", notification.Success)
	p.send()
	stage.Is(t, "what is no text", p.tries(id)[0].ResponseBody, "a\ufffdb\ufffdc")
}

func TestTry_follows_its_schedule_to_the_end(t *testing.T) {
	p := newPost(t)
	p.answer(500, "")
	id := p.queue("A1", notification.Success)
	for n := 1; n <= notification.Tries; n++ {
		stage.Is(t, "how many are sent", p.send(), 1)
		stage.Is(t, "how many before it is due", p.send(), 0)
		if n < notification.Tries {
			p.Pass(time.Duration(p.kept(id).NextAt-p.Now()) * time.Millisecond)
		}
	}
	n := p.kept(id)
	stage.Is(t, "the notification", []any{n.State, n.Attempts, n.NextAt, n.EndedAt}, []any{notification.Dead, notification.Tries, 0, p.Now()})
	stage.Is(t, "the tries", len(p.tries(id)), notification.Tries)
}

func TestTry_that_is_broken_off_uses_up_nothing(t *testing.T) {
	for name, breaks := range map[string]func(p *post, stop func()){
		"while it is sent": func(p *post, stop func()) {
			p.answers = func(notification.Request) (notification.Reply, error) { stop(); return notification.Reply{}, errNet }
		},
		"while it is signed": func(p *post, stop func()) {
			identify := p.sender.Identify
			p.sender.Identify = func(ctx context.Context, id string) (notification.Identity, error) {
				stop()
				p.sender.Identify = identify
				return notification.Identity{}, errNet
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t)
			id := p.queue("A1", notification.Success)
			ctx, stop := context.WithCancel(p.Ctx)
			breaks(p, stop)
			p.Must(p.sender.Look(ctx))
			_, err := p.sender.Send(ctx)
			p.Must(err)
			p.sender.Wait()
			n := p.kept(id)
			stage.Is(t, "the notification", []any{n.State, n.NextAt, n.EndedAt, p.tries(id)[0].Reason}, []any{notification.Waiting, p.Now(), 0, "sender_stopped"})
			p.answer(500, "")
			p.send()
			stage.Is(t, "the wait is that of a first failure", p.kept(id).NextAt, p.Now()+5000)
		})
	}
}

func TestTry_to_a_receiver_that_is_gone_sends_nothing(t *testing.T) {
	p := newPost(t)
	p.answer(410, "")
	p.queue("A1", notification.Success)
	p.send()
	p.answer(200, "")
	second := p.queue("A2", notification.Success)
	p.send()
	stage.Is(t, "the second", []any{p.kept(second).State, len(p.sent), p.tries(second)[0].Reason}, []any{notification.Dead, 1, "receiver_gone"})
	p.url = "https://kopi.example/elsewhere"
	third := p.queue("A3", notification.Success)
	p.send()
	stage.Is(t, "at another URL", []any{p.kept(third).State, len(p.sent)}, []any{notification.Delivered, 2})
}

func TestTry_of_a_mini_app_that_is_not_registered(t *testing.T) {
	p := newPost(t)
	id := p.queue("A1", notification.Success)
	p.config.DB = without{p.config.DB}
	p.sender = notification.NewSender(p.config)
	p.send()
	stage.Is(t, "the notification", []any{p.kept(id).State, p.tries(id)[0].Reason}, []any{notification.Dead, "app_unregistered"})
}

func TestTry_is_kept_at_the_third_attempt(t *testing.T) {
	for fails, want := range map[int]notification.State{2: notification.Delivered, 3: notification.Waiting} {
		p := newPost(t)
		id := p.queue("A1", notification.Success)
		p.config.DB = &unlucky{Database: p.config.DB, after: 1, fails: fails}
		p.sender = notification.NewSender(p.config)
		p.send()
		stage.Is(t, "the state", p.kept(id).State, want)
	}
}

func TestKeep_is_whole(t *testing.T) {
	for _, status := range []int{200, 410, 500} {
		p := newPost(t)
		p.answer(status, "")
		id := p.queue("A1", notification.Success)
		p.sender.Wake("kopi")
		p.config.DB = &faulty{Database: p.config.DB, p: p, at: 2} // after the claim
		p.sender = notification.NewSender(p.config)
		p.send()
		stage.Is(t, "the tries", len(p.tries(id)), 1)
	}
}
