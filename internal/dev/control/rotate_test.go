package control_test

import (
	"crypto/rsa"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

const someStatus = `{"originalReferenceNo":"none","serviceCode":"54"}`

// A running backend still works for a day after a rotation, in whichever order it
// changes its credentials.
func TestRotate_leaves_a_running_backend_a_day(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	old := *p
	p.Post("/control/v1/credentials/rotate", `{"revoke":false}`).OK(200)
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")
	p.Token = p.Access().Says("2007300").Text("accessToken")
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")
	p.Take()
	p.Asks(apitest.StatusPath, someStatus).Says("2005500") // the old token with the new secret
	p.Token = p.Access().Says("2007300").Text("accessToken")
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")

	p.Advance("23h59m")
	old.Offset = p.Offset
	old.Token = old.Access().Says("2007300").Text("accessToken")
	old.Asks(apitest.StatusPath, someStatus).Says("2005500")
	p.Advance("2m")
	old.Offset = p.Offset
	old.Access().Says("4017300")
	old.Asks(apitest.StatusPath, someStatus).Says("4015501", "rotated", "generation 2")
	p.Token = p.Access().Says("2007300").Text("accessToken")
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")
	old.Token = p.Token
	old.Asks(apitest.StatusPath, someStatus).Says("4015500", "HMAC-SHA512") // the old secret with a new token
}

func TestRotate_with_revoke_ends_the_old_credentials_immediately(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	old := *p
	p.Post("/control/v1/credentials/rotate", `{"revoke":true}`).OK(200)
	old.Access().Says("4017300")
	old.Asks(apitest.StatusPath, someStatus).Says("4015501", "rotated")
	p.Post(apitest.TokenPath, `{"auth_code":"x"}`, p.Basic()).OK(401)
	p.Take()
	p.Asks(apitest.StatusPath, someStatus).Says("4015501", "rotated") // the old token with the new secret
	p.Token = p.Access().Says("2007300").Text("accessToken")
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")
	old.Token = p.Token
	old.Asks(apitest.StatusPath, someStatus).Says("4015500", "HMAC-SHA512")
	entries := string(p.Get("/control/v1/journal?limit=1000").Body)
	for _, want := range []string{`"kind":"credential"`, `"title":"credentials revoked"`, `"generation":2`} {
		if !strings.Contains(entries, want) {
			t.Errorf("the journal does not say %s: %s", want, entries)
		}
	}
}

// Credentials of another platform are refused, even for a mini app with the same id.
func TestCredentials_of_another_platform_are_refused(t *testing.T) {
	t.Parallel()
	p, other := apitest.Start(t).Partner(), apitest.Start(t).Partner()
	p.Send("POST", apitest.SnapTokenPath, `{"grantType":"client_credentials"}`, other.Keyed(p.Stamp())).Says("4017300", "SELASAR_SNAP_CLIENT_KEY")
	key := p.Set.Snap.ClientKey
	p.Send("POST", apitest.SnapTokenPath, `{"grantType":"client_credentials"}`, other.Keyed(p.Stamp()), apitest.With("X-CLIENT-KEY", key)).Says("4017300", "SHA256withRSA")
	for name, one := range map[string]struct {
		how        apitest.Header
		code, hint string
	}{
		"its token":      {apitest.Bearer(other.Token), "4015501", "not an access token"},
		"its partner id": {apitest.With("X-PARTNER-ID", other.Set.Snap.PartnerID), "4015500", "SELASAR_SNAP_PARTNER_ID"},
		"its signature":  {apitest.With("X-SIGNATURE", other.Mac("POST", apitest.StatusPath, someStatus, p.Stamp())), "4015500", "HMAC-SHA512"},
	} {
		t.Run(name, func(t *testing.T) { p.Asks(apitest.StatusPath, someStatus, one.how).Says(one.code, one.hint) })
	}
	p.Asks(apitest.StatusPath, someStatus).Says("2005500")
	p.Post(apitest.TokenPath, `{"auth_code":"x"}`, other.Basic()).OK(401)
	body := p.Order("1000.00")
	p.Asks(apitest.H2hPath, strings.Replace(body, p.Set.Pop, other.Set.Pop, 1)).Says("4005402", "pointOfPurchaseId")
	p.Asks(apitest.H2hPath, strings.Replace(body, p.Set.Pop, "not a UUID", 1)).Says("4005402", "pointOfPurchaseId")
}

// A rotation loses no notification: a waiting one is signed again at each try.
func TestRotate_while_a_notification_waits(t *testing.T) {
	t.Parallel()
	url, arrived, answers := receiver(t, "")
	d := apitest.StartWith(t, strings.Replace(apitest.Kopi, `"name":"Kopi"`, `"name":"Kopi","notification_url":"`+url+`"`, 1))
	live := d.Stream("/control/v1/journal")
	signedBy := func(key *rsa.PublicKey, g got) bool {
		text := signature.Notification("POST", "/v1.0/debit/notify", g.body, g.header.Get("X-Timestamp"))
		return signature.VerifyRSA(key, text, g.header.Get("X-Signature"))
	}
	old := d.NotificationKey()
	answers <- "no"
	d.Post("/control/v1/payments", `{"amount":15000}`).OK(201)
	first := <-arrived
	told(t, live, "not delivered")

	d.Post("/control/v1/credentials/rotate", "").OK(200)
	answers <- "no"
	d.Post("/control/v1/clock", `{"advance":"10s"}`).OK(200)
	second := <-arrived
	told(t, live, "not delivered")
	if !signedBy(old, first) || !signedBy(old, second) {
		t.Error("a rotation changed the key that the backend knows")
	}

	d.Post("/control/v1/credentials/rotate", `{"revoke":true}`).OK(200)
	answers <- acknowledged
	d.Post("/control/v1/clock", `{"advance":"10m"}`).OK(200)
	third := <-arrived
	told(t, live, "PENDING delivered")
	if signedBy(old, third) || !signedBy(d.NotificationKey(), third) {
		t.Error("after a revocation it is signed with the old key")
	}
	if string(third.body) != string(first.body) || third.header.Get("X-External-Id") != first.header.Get("X-External-Id") {
		t.Errorf("it became another:\n%s\n%s", first.body, third.body)
	}
}
