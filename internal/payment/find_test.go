package payment_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestFind_shows_a_mini_app_its_own_payments(t *testing.T) {
	c := newTill(t)
	c.App("teh")
	ref := c.order(100)
	for _, one := range []struct {
		name, miniApp, deeplink, code string
	}{
		{"its own", "kopi", payment.Deeplink(ref), "none"},
		{"another mini app's", "teh", payment.Deeplink(ref), "not_permitted"},
		{"no payment", "kopi", payment.Deeplink("A1"), "param_value"},
		{"no deeplink of a payment", "kopi", "gopay://home", "param_value"},
	} {
		c.Read(func(tx *stage.Tx) error {
			p, err := payment.Find(c.Ctx, tx, one.miniApp, one.deeplink)
			stage.Is(t, one.name, stage.Code(err), one.code)
			if err == nil {
				stage.Is(t, one.name, p, c.kept(ref))
			}
			return nil
		})
	}
	c.Whole(func() error {
		return c.Try(func(tx *stage.Tx) error { _, err := payment.Find(c.Ctx, tx, "kopi", payment.Deeplink(ref)); return err })
	})
}

func TestStatus_finds_a_payment_by_what_its_backend_knows(t *testing.T) {
	c := newTill(t)
	c.App("teh")
	ref := c.order(100)
	for _, one := range []struct {
		name string
		of   payment.Original
		code string
	}{
		{"by its reference", payment.Original{MiniAppID: "kopi", Ref: ref}, "none"},
		{"by the id of its request", payment.Original{MiniAppID: "kopi", ExternalID: "ext-1"}, "none"},
		{"by both", payment.Original{MiniAppID: "kopi", Ref: ref, ExternalID: "ext-1"}, "none"},
		{"by a reference, which wins", payment.Original{MiniAppID: "kopi", Ref: ref, ExternalID: "ext-2"}, "none"},
		{"by a wrong reference, which wins", payment.Original{MiniAppID: "kopi", Ref: "A1", ExternalID: "ext-1"}, "payment_unknown"},
		{"by its partner number as well", payment.Original{MiniAppID: "kopi", Ref: ref, PartnerRef: "order-1"}, "none"},
		{"by another partner number", payment.Original{MiniAppID: "kopi", Ref: ref, PartnerRef: "order-2"}, "payment_unknown"},
		{"by another request", payment.Original{MiniAppID: "kopi", ExternalID: "ext-2"}, "payment_unknown"},
		{"by the API that made it", payment.Original{MiniAppID: "kopi", Ref: ref, Via: payment.BySnap}, "none"},
		{"by another API", payment.Original{MiniAppID: "kopi", Ref: ref, Via: payment.ByCheckout}, "payment_unknown"},
		{"of another mini app", payment.Original{MiniAppID: "teh", Ref: ref}, "payment_unknown"},
		{"of another mini app's request", payment.Original{MiniAppID: "teh", ExternalID: "ext-1"}, "payment_unknown"},
	} {
		p, _, err := c.Status(c.Ctx, one.of)
		stage.Is(t, one.name, stage.Code(err), one.code)
		if err == nil {
			stage.Is(t, one.name, p, c.kept(ref))
		} else {
			stage.Is(t, one.name, p, payment.Payment{})
		}
	}
}

func TestStatus_of_nothing_says_which_name_was_wrong(t *testing.T) {
	c := newTill(t)
	for _, one := range []struct {
		of   payment.Original
		says string
	}{
		{payment.Original{MiniAppID: "kopi", Ref: "A1", ExternalID: "ext-9"}, `"A1"`},
		{payment.Original{MiniAppID: "kopi", ExternalID: "ext-9"}, `"ext-9"`},
	} {
		if _, _, err := c.Status(c.Ctx, one.of); err == nil || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%+v gives %v", one.of, err)
		}
	}
}

func TestPossible(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "A": true, "A 1": false, "A\n": false, "~!": true, "A\x7f": false, "é": false,
		strings.Repeat("A", 256): true, strings.Repeat("A", 257): false,
	} {
		stage.Is(t, text, payment.Possible(text), want)
	}
}

func TestDeeplink_carries_the_query(t *testing.T) {
	stage.Is(t, "the query", payment.Query("A 1"), "tref=A+1")
	stage.Is(t, "the deeplink", payment.Deeplink("A1"), "gopay://merchanttransfer?tref=A1")
	for text, want := range map[string]bool{
		"gopay://merchanttransfer?tref=A1": true, "gopay://merchanttransfer/?tref=A1": true, "gojek://merchanttransfer?tref=A1": false,
		"gopay://transfer?tref=A1": false, "gopay://merchanttransfer/a?tref=A1": false, "gopay://merchanttransfer?tref=A1&tref=A1": false,
		"gopay://merchanttransfer?tref=A%zz": false, "gopay://merchanttransfer?a=A1": false, "gopay://merchanttransfer?tref=A%0a": false, "://": false,
	} {
		ref, ok := payment.Ref(text)
		stage.Is(t, text, ok, want)
		stage.Is(t, text, ref == "A1", want)
	}
}

func TestPayment_Fraud(t *testing.T) {
	for state, want := range map[payment.State]string{
		payment.Created: "accept", payment.Pending: "accept", payment.Paid: "accept", payment.Failed: "deny", payment.Cancelled: "", payment.Expired: "",
	} {
		stage.Is(t, string(state), payment.Payment{State: state}.Fraud(), want)
	}
}

func TestPayment_Cursor(t *testing.T) {
	stage.Is(t, "the cursor", payment.Payment{CreatedAt: 12, Ref: "A1"}.Cursor(), "12.A1")
}
