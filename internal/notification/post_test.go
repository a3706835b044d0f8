package notification_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// post is a stage with a sender, and a receiver that answers as told.
type post struct {
	*stage.Stage
	sender *notification.Sender
	config notification.Config
	url    string
	moved  *clock.Movable // the platform's clock, above the stage's

	mu      sync.Mutex
	answers func(r notification.Request) (notification.Reply, error)
	sent    []notification.Request
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{Stage: stage.New(t), url: "https://kopi.example/told"}
	p.moved = clock.NewMovable(p.Clock, 0)
	p.App("kopi")
	p.answer(200, "")
	key := keyOfVectors(t)
	p.config = notification.Config{
		DB: stage.View[notification.SenderTx](p.Stage), Clock: p.moved, Machine: p.Clock, Poster: p,
		Identify: func(_ context.Context, miniAppID string) (notification.Identity, error) {
			return notification.Identity{Key: key, PartnerID: "partner of " + miniAppID, ChannelID: "12345"}, nil
		},
		URL:    func(miniapp.App) string { return p.url },
		Jitter: func() float64 { return 0 },
	}
	p.sender = notification.NewSender(p.config)
	return p
}

// keyOfVectors returns the key that the vectors are signed with.
func keyOfVectors(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	var keys struct {
		Private string `json:"private_key"`
	}
	read(t, "signature.json", &keys)
	block, _ := pem.Decode([]byte(keys.Private))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*rsa.PrivateKey)
}

func (p *post) Post(_ context.Context, r notification.Request) (notification.Reply, error) {
	p.mu.Lock()
	p.sent = append(p.sent, r)
	p.mu.Unlock()
	return p.answers(r)
}

// answer has the receiver answer from now on.
func (p *post) answer(status int, body string, headers ...notification.Header) {
	p.answers = func(notification.Request) (notification.Reply, error) {
		return notification.Reply{Status: status, Body: []byte(body), Whole: true, Headers: headers, Duration: 7e6}, nil
	}
}

// hang has the receiver answer only after release.
func (p *post) hang() (release func()) {
	held := make(chan struct{})
	p.answers = func(notification.Request) (notification.Reply, error) {
		<-held
		return notification.Reply{Status: 200, Whole: true}, nil
	}
	return func() { close(held); p.sender.Wait() }
}

// queue enqueues a change of a payment, which it makes first, and returns the
// notification's id.
func (p *post) queue(ref string, status notification.Status) string {
	p.Helper()
	return p.queueFor("kopi", ref, status)
}

func (p *post) queueFor(miniAppID, ref string, status notification.Status) string {
	p.Helper()
	id := p.IDs.New()
	p.Write(func(tx *stage.Tx) error {
		if _, err := tx.Payments().Get(p.Ctx, ref); err != nil {
			made := payment.Payment{Ref: ref, MiniAppID: miniAppID, Amount: 100, State: payment.Paid, CreatedAt: p.Now(), SettledAt: p.Now()}
			if err := tx.Payments().Insert(p.Ctx, made); err != nil {
				return err
			}
		}
		return notification.Enqueue(p.Ctx, tx, notification.Change{ID: id, At: p.Now(), MiniAppID: miniAppID, Payment: ref, Status: status, Amount: 100})
	})
	return id
}

// send sends what is due, and waits for the tries.
func (p *post) send() int {
	p.Helper()
	p.Must(p.sender.Look(p.Ctx))
	total := 0
	for {
		n, err := p.sender.Send(p.Ctx)
		p.Must(err)
		p.sender.Wait()
		if total += n; n == 0 {
			return total
		}
	}
}

func (p *post) kept(id string) (n notification.Notification) {
	p.Helper()
	p.Read(func(tx *stage.Tx) (err error) { n, _, err = tx.Notifications().Get(p.Ctx, id); return err })
	return n
}

func (p *post) tries(id string) (list []notification.Delivery) {
	p.Helper()
	p.Read(func(tx *stage.Tx) (err error) { list, err = tx.Notifications().Deliveries(p.Ctx, id); return err })
	return list
}

// events returns the journal's events, without "notification.".
func (p *post) events() string {
	return strings.ReplaceAll(p.Told(journal.Notification), "notification.", "")
}

func (p *post) provedAt(ref string) (at int64) {
	p.Helper()
	p.Read(func(tx *stage.Tx) error {
		kept, err := tx.Payments().Get(p.Ctx, ref)
		at = kept.ProvedAt
		return err
	})
	return at
}

func (p *post) gone() (url string) {
	p.Helper()
	p.Read(func(tx *stage.Tx) (err error) { url, err = tx.Notifications().Gone(p.Ctx, "kopi"); return err })
	return url
}
