package signature_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	mrand "math/rand/v2"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// call is a received request and the secret that it is checked with.
type call struct{ secret, method, path, token, body, timestamp, signature string }

func (c call) verifies() bool {
	return signature.VerifyRequest(c.secret, c.method, c.path, c.token, []byte(c.body), c.timestamp, c.signature)
}

// randomCall returns a signed call. Half of the bodies are written as PHP does.
func randomCall(r *mrand.Rand) call {
	c := call{
		secret: randomHex(r, 64), method: "POST", path: "/v1.0/debit/payment-host-to-host", token: randomHex(r, 160),
		timestamp: fmt.Sprintf("2026-11-23T%02d:%02d:%02d+07:00", r.IntN(24), r.IntN(60), r.IntN(60)),
	}
	number := r.IntN(1_000_000)
	signed := fmt.Sprintf(`{"partnerReferenceNo":"order %d","a":[1.0,1e5,-0],"urlParam":{"url":"https://kopi.example/é/%d"},"q":"\"\\"}`, number, number)
	c.body = signed
	if r.IntN(2) == 0 {
		c.body = strings.NewReplacer("/", `\/`, "é", `\u00e9`).Replace(signed)
	}
	c.signature = signature.SignHMAC(c.secret, signature.Request(c.method, c.path, c.token, []byte(signed), c.timestamp))
	return c
}

func randomHex(r *mrand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte("0123456789abcdef"[r.IntN(16)])
	}
	return b.String()
}

// altered changes, deletes or inserts one byte of a text. The new byte is never
// whitespace, because whitespace between the tokens of a body is allowed.
func altered(r *mrand.Rand, text string) string {
	at := r.IntN(len(text))
	b := byte(r.IntN(256))
	for b == text[at] || strings.IndexByte(" \t\r\n", b) >= 0 {
		b = byte(r.IntN(256))
	}
	switch r.IntN(4) {
	case 0:
		return text[:at] + text[at+1:]
	case 1:
		return text[:at] + string([]byte{b}) + text[at:]
	default:
		return text[:at] + string([]byte{b}) + text[at+1:]
	}
}

// A request is refused when one byte differs from the signed request, or when the
// secret is another one.
func TestVerifyRequest_refuses_altered_requests(t *testing.T) {
	t.Parallel()
	n := storetest.Trials(100_000, 10_000_000)
	r := mrand.New(mrand.NewPCG(1, 2))
	parts := []func(*call) *string{
		func(c *call) *string { return &c.method }, func(c *call) *string { return &c.path }, func(c *call) *string { return &c.token },
		func(c *call) *string { return &c.body }, func(c *call) *string { return &c.timestamp }, func(c *call) *string { return &c.signature },
		func(c *call) *string { return &c.secret },
	}
	var tried [7]int
	for i := range n {
		c := randomCall(r)
		if i%100 == 0 && !c.verifies() {
			t.Fatalf("unaltered, it does not verify: %+v", c)
		}
		was, which := c, r.IntN(len(parts))
		tried[which]++
		if part := parts[which](&c); which == 6 {
			*part = randomCall(r).secret
		} else {
			*part = altered(r, *part)
		}
		if c.verifies() {
			t.Fatalf("accepted:\n%+v\nsigned as\n%+v", c, was)
		}
	}
	t.Logf("%v alterations of method, path, token, body, timestamp, signature, secret; none was accepted", tried)
}

func TestVerifyRSA_refuses_altered_texts_and_signatures(t *testing.T) {
	t.Parallel()
	mine, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	text := signature.AccessToken("G123456789-kopi-SNAP", "2026-11-23T23:40:00+07:00")
	signed, err := signature.SignRSA(mine, text)
	if err != nil {
		t.Fatal(err)
	}
	if !signature.VerifyRSA(&mine.PublicKey, text, signed) || signature.VerifyRSA(&other.PublicKey, text, signed) {
		t.Fatal("it verifies with the wrong key, or not with the right one")
	}
	r := mrand.New(mrand.NewPCG(3, 4))
	for range storetest.Trials(20_000, 1_000_000) {
		if forged := altered(r, text); signature.VerifyRSA(&mine.PublicKey, forged, signed) {
			t.Fatalf("accepted for %q", forged)
		}
		if forged := altered(r, signed); signature.VerifyRSA(&mine.PublicKey, text, forged) {
			t.Fatalf("accepted: %q", forged)
		}
	}
	last := len(signed) - len("==") - 1 // the lower bits of the last digit are unused
	for _, letter := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		if spelt := signed[:last] + string(letter) + "=="; spelt != signed && signature.VerifyRSA(&mine.PublicKey, text, spelt) {
			t.Errorf("accepted in another spelling: %q", spelt)
		}
	}
	for _, odd := range []string{"", "=", signed + "\n", signed[:10] + "\r\n" + signed[10:], strings.TrimRight(signed, "="), strings.NewReplacer("+", "-", "/", "_").Replace(signed) + "-"} {
		if signature.VerifyRSA(&mine.PublicKey, text, odd) {
			t.Errorf("accepted: %q", odd)
		}
	}
}
