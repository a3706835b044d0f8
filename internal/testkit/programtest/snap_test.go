package programtest

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

const hostToHost = "/v1.0/debit/payment-host-to-host"

// token returns a new B2B access token.
func (c *client) token() (string, error) {
	block, _ := pem.Decode([]byte(c.set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return "", err
	}
	at := time.Now().Format(time.RFC3339)
	sign, err := signature.SignRSA(key.(*rsa.PrivateKey), signature.AccessToken(c.set.Snap.ClientKey, at))
	if err != nil {
		return "", err
	}
	var got struct{ AccessToken string }
	err = c.ask("POST", "/v1.0/access-token/b2b", "", `{"grantType":"client_credentials"}`, &got,
		"Content-Type", "application/json", "X-CLIENT-KEY", c.set.Snap.ClientKey, "X-TIMESTAMP", at, "X-SIGNATURE", sign)
	return got.AccessToken, err
}

// snap sends a signed request and returns the bytes of the answer.
func (c *client) snap(token, path, externalID, body string) (answer json.RawMessage, err error) {
	at := time.Now().Format(time.RFC3339)
	sign := signature.SignHMAC(c.set.Snap.ClientSecret, signature.Request("POST", path, token, []byte(body), at))
	err = c.ask("POST", path, "Bearer "+token, body, &answer, "Content-Type", "application/json", "X-TIMESTAMP", at, "X-SIGNATURE", sign,
		"X-PARTNER-ID", c.set.Snap.PartnerID, "X-EXTERNAL-ID", externalID, "CHANNEL-ID", c.set.Snap.ChannelID)
	return answer, err
}

// orders records the requests of a mini app's backend and their answers.
type orders struct {
	mu   sync.Mutex
	sent map[string]string // X-EXTERNAL-ID → answer; empty without an answer
}

func (o *orders) note(id, answer string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent[id] = answer
}

func (o *orders) answered() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, answer := range o.sent {
		if answer != "" {
			n++
		}
	}
	return n
}

func (o *orders) copy() map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.sent)
}

// send creates payments until the program is gone.
func (o *orders) send(p *program, token, body, name string) (err error) {
	for i := 0; err == nil; i++ {
		id := fmt.Sprintf("%s-%d", name, i)
		o.note(id, "")
		var answer json.RawMessage
		if answer, err = p.snap(token, hostToHost, id, body); err == nil {
			o.note(id, string(answer))
		}
	}
	return err
}

// A backend without an answer retries. Each X-EXTERNAL-ID creates one payment, also
// when the program was killed between the payment and its answer. A retry after an
// answer returns the same bytes.
func TestKill_leaves_one_payment_for_each_external_id(t *testing.T) { onBoth(t, testExternalIDs) }

func testExternalIDs(t *testing.T, at place) {
	dir := folder(t, "")
	all := &orders{sent: map[string]string{}}
	var body string
	for round := range storetest.Bar(3, 200) {
		p := start(t, dir, at)
		token, err := p.token()
		must(t, 0, err)
		body = fmt.Sprintf(`{"partnerReferenceNo":"order","payOptionDetails":[{"payMethod":"GOPAY","transAmount":{"value":"100.00","currency":"IDR"}}],"additionalInfo":{"pointOfPurchaseId":%q}}`, p.set.Pop)
		all.again(t, p, token, body)
		var gone sync.WaitGroup
		for w := range 16 {
			gone.Go(func() {
				if err := all.send(p, token, body, fmt.Sprintf("o-%d-%d", round, w)); status(err) != 0 {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		for want := all.answered() + 60; all.answered() < want && !t.Failed(); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rand.N(50 * time.Millisecond)) // a random moment
		if err := p.end(syscall.SIGKILL); err == nil {
			t.Fatal("the program was not killed")
		}
		gone.Wait()
	}
	p := start(t, dir, at)
	token, err := p.token()
	must(t, 0, err)
	all.again(t, p, token, body)
	must(t, 0, p.end(syscall.SIGTERM))
	all.each(t, at)
}

// again retries all requests.
func (o *orders) again(t *testing.T, p *program, token, body string) {
	t.Helper()
	for id, before := range o.copy() {
		answer, err := p.snap(token, hostToHost, id, body)
		if err != nil || before != "" && before != string(answer) {
			t.Fatalf("%s: %v; the first answer was %q, the second %q", id, err, before, answer)
		}
		o.note(id, string(answer))
	}
}

// each checks that the database has one payment for each id: the one that its
// answer names.
func (o *orders) each(t *testing.T, at place) {
	t.Helper()
	ctx, db, _ := openData(t, at)
	defer db.Close()
	refs := map[string][]string{}
	must(t, 0, db.Read(ctx, func(tx *sqlstore.Tx) error {
		list, err := tx.Payments().List(ctx, store.First(1<<30))
		for _, one := range list {
			refs[one.ExternalID] = append(refs[one.ExternalID], one.Ref)
			if one.Via != payment.BySnap {
				t.Errorf("%+v", one)
			}
		}
		return err
	}))
	for id, answer := range o.sent {
		var said struct{ ReferenceNo string }
		if err := json.Unmarshal([]byte(answer), &said); err != nil || len(refs[id]) != 1 || refs[id][0] != said.ReferenceNo {
			t.Errorf("%s created the payments %q, and the answer was %s", id, refs[id], answer)
		}
	}
	if len(refs) != len(o.sent) {
		t.Errorf("%d ids created %d payments", len(o.sent), len(refs))
	}
	t.Logf("%d ids", len(refs))
}
