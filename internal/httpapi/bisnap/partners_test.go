package bisnap_test

import (
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// Of two mini apps on one platform, neither can act in the other's name or see its
// payments.
func TestSnap_partners_are_separate(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	apitest.StartOn(t, `{"id":"teh"}`, data).Stop()
	d := apitest.StartOn(t, apitest.Kopi, data)
	if own := d.Get("/control/v1/credentials").OK(200); own.Text("pop_id") != d.Get("/control/v1/credentials?mini_app_id=kopi").OK(200).Text("pop_id") {
		t.Errorf("without a mini app, the credentials are not those of the running one: %s", own.Body)
	}
	d.Send("GET", "/control/v1/credentials?mini_app_id=susu", "").Refused(404, "mini_app_unknown")
	p, other := d.PartnerOf("kopi"), d.PartnerOf("teh")
	ref := p.Creates("1000.00", apitest.ExternalID("same"))
	t.Run("an id belongs to its partner", func(t *testing.T) {
		theirs := other.Asks(apitest.H2hPath, other.Order("2000.00"), apitest.ExternalID("same")).Says("2005400")
		if theirs.Text("referenceNo") == ref {
			t.Errorf("%s", theirs.Body)
		}
		got := other.Asks(apitest.StatusPath, `{"originalExternalId":"same","serviceCode":"54"}`).Says("2005500")
		if got.Member("transAmount.value") != `"2000.00"` {
			t.Errorf("%s", got.Body)
		}
	})
	t.Run("a payment of another partner is not found", func(t *testing.T) {
		if got := other.Status(ref); got.Text("latestTransactionStatus") != "07" {
			t.Errorf("%s", got.Body)
		}
		other.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4035715")
		other.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4045801")
	})
	t.Run("a partner cannot sign for another", func(t *testing.T) {
		body := p.Order("1000.00")
		p.Asks(apitest.H2hPath, body, apitest.With("X-PARTNER-ID", other.Set.Snap.PartnerID)).Says("4015400", "another partner")
		p.Asks(apitest.H2hPath, body, apitest.Bearer(other.Token)).Says("4015400", "another partner")
		p.Asks(apitest.H2hPath, body, apitest.Bearer(other.Token), apitest.With("X-PARTNER-ID", other.Set.Snap.PartnerID)).Says("4015400", "X-SIGNATURE")
		p.Asks(apitest.H2hPath, body, apitest.With("X-SIGNATURE", other.Mac("POST", apitest.H2hPath, body, p.Stamp()))).Says("4015400", "X-SIGNATURE")
		p.Access(apitest.With("X-CLIENT-KEY", other.Set.Snap.ClientKey)).Says("4017300")
		mixed := *other
		mixed.Private = p.Private
		mixed.Access().Says("4017300", "X-SIGNATURE")
	})
	t.Run("a point of purchase of another partner is refused", func(t *testing.T) {
		mixed := *p
		mixed.Set.Pop = other.Set.Pop
		mixed.Asks(apitest.H2hPath, mixed.Order("1000.00")).Says("4035415", "another mini app")
	})
}
