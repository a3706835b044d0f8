package httpapi_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/signature"
)

// take changes over to the credentials that are there now, but keeps the token.
func (p *partner) take() {
	p.t.Helper()
	p.get("/control/v1/credentials").into(&p.set)
	block, _ := pem.Decode([]byte(p.set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	must(p.t, err)
	p.private = key.(*rsa.PrivateKey)
}

const someStatus = `{"originalReferenceNo":"none","serviceCode":"54"}`

// A backend that runs goes on after a rotation, whichever of its parts changes
// over first, and for a day.
func TestRotate_leaves_a_running_backend_a_day(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	old := *p
	p.post("/control/v1/credentials/rotate", `{"revoke":false}`).ok(200)
	p.asks(statusPath, someStatus).says("2005500")
	p.token = p.access().says("2007300").text("accessToken")
	p.asks(statusPath, someStatus).says("2005500")
	p.take()
	p.asks(statusPath, someStatus).says("2005500") // the old token with the new secret
	p.token = p.access().says("2007300").text("accessToken")
	p.asks(statusPath, someStatus).says("2005500")

	p.advance("23h59m")
	old.offset = p.offset
	old.token = old.access().says("2007300").text("accessToken")
	old.asks(statusPath, someStatus).says("2005500")
	p.advance("2m")
	old.offset = p.offset
	old.access().says("4017300")
	old.asks(statusPath, someStatus).says("4015501", "rotated", "generation 2")
	p.token = p.access().says("2007300").text("accessToken")
	p.asks(statusPath, someStatus).says("2005500")
	old.token = p.token
	old.asks(statusPath, someStatus).says("4015500", "HMAC-SHA512") // the old secret with a new token
}

func TestRotate_with_revoke_ends_what_was_there_at_once(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	old := *p
	p.post("/control/v1/credentials/rotate", `{"revoke":true}`).ok(200)
	old.access().says("4017300")
	old.asks(statusPath, someStatus).says("4015501", "rotated")
	p.post(tokenPath, `{"auth_code":"x"}`, p.basic()).ok(401)
	p.take()
	p.asks(statusPath, someStatus).says("4015501", "rotated") // the old token with the new secret
	p.token = p.access().says("2007300").text("accessToken")
	p.asks(statusPath, someStatus).says("2005500")
	old.token = p.token
	old.asks(statusPath, someStatus).says("4015500", "HMAC-SHA512")
	entries := string(p.get("/control/v1/journal?limit=1000").body)
	for _, want := range []string{`"kind":"credential"`, `"title":"credentials revoked"`, `"generation":2`} {
		if !strings.Contains(entries, want) {
			t.Errorf("the journal does not say %s: %s", want, entries)
		}
	}
}

// What another platform gave out is nothing here, although the mini app has
// the same id.
func TestCredentials_of_another_platform_are_refused(t *testing.T) {
	t.Parallel()
	p, other := start(t).partner(), start(t).partner()
	p.send("POST", snapTokenPath, `{"grantType":"client_credentials"}`, other.keyed(p.stamp())).says("4017300", "SELASAR_SNAP_CLIENT_KEY")
	key := p.set.Snap.ClientKey
	p.send("POST", snapTokenPath, `{"grantType":"client_credentials"}`, other.keyed(p.stamp()), with("X-CLIENT-KEY", key)).says("4017300", "SHA256withRSA")
	for name, one := range map[string]struct {
		how        header
		code, hint string
	}{
		"its token":      {bearer(other.token), "4015501", "not an access token"},
		"its partner id": {with("X-PARTNER-ID", other.set.Snap.PartnerID), "4015500", "SELASAR_SNAP_PARTNER_ID"},
		"its signature":  {with("X-SIGNATURE", other.mac("POST", statusPath, someStatus, p.stamp())), "4015500", "HMAC-SHA512"},
	} {
		t.Run(name, func(t *testing.T) { p.asks(statusPath, someStatus, one.how).says(one.code, one.hint) })
	}
	p.asks(statusPath, someStatus).says("2005500")
	p.post(tokenPath, `{"auth_code":"x"}`, other.basic()).ok(401)
	body := p.order("1000.00")
	p.asks(h2hPath, strings.Replace(body, p.set.Pop, other.set.Pop, 1)).says("4005402", "pointOfPurchaseId")
	p.asks(h2hPath, strings.Replace(body, p.set.Pop, "not a UUID", 1)).says("4005402", "pointOfPurchaseId")
}

// notificationKey is what notifications are checked with now.
func (d *dev) notificationKey() *rsa.PublicKey {
	d.t.Helper()
	block, _ := pem.Decode([]byte(d.get("/control/v1/credentials").text("notification_public_key")))
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	must(d.t, err)
	return key.(*rsa.PublicKey)
}

// Rotations lose no notification: one that waits is signed anew at each try.
func TestRotate_while_a_notification_waits(t *testing.T) {
	t.Parallel()
	url, arrived, answers := receiver(t, "")
	d := startWith(t, strings.Replace(kopi, `"name":"Kopi"`, `"name":"Kopi","notification_url":"`+url+`"`, 1))
	live := d.stream("/control/v1/journal")
	signedBy := func(key *rsa.PublicKey, g got) bool {
		text := signature.Notification("POST", "/v1.0/debit/notify", g.body, g.header.Get("X-Timestamp"))
		return signature.VerifyRSA(key, text, g.header.Get("X-Signature"))
	}
	old := d.notificationKey()
	answers <- "no"
	d.post("/control/v1/payments", `{"amount":15000}`).ok(201)
	first := <-arrived
	told(t, live, "not delivered")

	d.post("/control/v1/credentials/rotate", "").ok(200)
	answers <- "no"
	d.post("/control/v1/clock", `{"advance":"10s"}`).ok(200)
	second := <-arrived
	told(t, live, "not delivered")
	if !signedBy(old, first) || !signedBy(old, second) {
		t.Error("a rotation changed the key that the backend knows")
	}

	d.post("/control/v1/credentials/rotate", `{"revoke":true}`).ok(200)
	answers <- acknowledged
	d.post("/control/v1/clock", `{"advance":"10m"}`).ok(200)
	third := <-arrived
	told(t, live, "PENDING delivered")
	if signedBy(old, third) || !signedBy(d.notificationKey(), third) {
		t.Error("after a revocation it is signed with the old key")
	}
	if string(third.body) != string(first.body) || third.header.Get("X-External-Id") != first.header.Get("X-External-Id") {
		t.Errorf("it became another:\n%s\n%s", first.body, third.body)
	}
}
