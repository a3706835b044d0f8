package httpapi_test

import "testing"

// Two mini apps on one platform: neither can do anything in the other's name,
// nor see its payments.
func TestSnap_partners_are_apart(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	startOn(t, `{"id":"teh"}`, data).stop()
	d := startOn(t, kopi, data)
	d.get("/control/v1/credentials?mini_app_id=kopi").ok(200)
	d.send("GET", "/control/v1/credentials", "").refused(400, "bad_request", "mini_app_id")
	d.send("GET", "/control/v1/credentials?mini_app_id=susu", "").refused(404, "mini_app_unknown")
	p, other := d.partnerOf("kopi"), d.partnerOf("teh")
	ref := p.creates("1000.00", externalID("same"))
	t.Run("an id is its partner's", func(t *testing.T) {
		theirs := other.asks(h2hPath, other.order("2000.00"), externalID("same")).says("2005400")
		if theirs.text("referenceNo") == ref {
			t.Errorf("%s", theirs.body)
		}
		got := other.asks(statusPath, `{"originalExternalId":"same","serviceCode":"54"}`).says("2005500")
		if got.member("transAmount.value") != `"2000.00"` {
			t.Errorf("%s", got.body)
		}
	})
	t.Run("a payment of another is not there", func(t *testing.T) {
		if got := other.status(ref); got.text("latestTransactionStatus") != "07" {
			t.Errorf("%s", got.body)
		}
		other.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`).says("4035715")
		other.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`).says("4045801")
	})
	t.Run("nobody signs for another", func(t *testing.T) {
		body := p.order("1000.00")
		p.asks(h2hPath, body, with("X-PARTNER-ID", other.set.Snap.PartnerID)).says("4015400", "another partner")
		p.asks(h2hPath, body, bearer(other.token)).says("4015400", "another partner")
		p.asks(h2hPath, body, bearer(other.token), with("X-PARTNER-ID", other.set.Snap.PartnerID)).says("4015400", "X-SIGNATURE")
		p.asks(h2hPath, body, with("X-SIGNATURE", other.mac("POST", h2hPath, body, p.stamp()))).says("4015400", "X-SIGNATURE")
		p.access(with("X-CLIENT-KEY", other.set.Snap.ClientKey)).says("4017300")
		mixed := *other
		mixed.private = p.private
		mixed.access().says("4017300", "X-SIGNATURE")
	})
	t.Run("a point of purchase of another", func(t *testing.T) {
		mixed := *p
		mixed.set.Pop = other.set.Pop
		mixed.asks(h2hPath, mixed.order("1000.00")).says("4035415", "another mini app")
	})
}
