package bisnap_test

import (
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestSnap_from_order_to_refund(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	made := p.Asks(apitest.H2hPath, p.Order("15000.00"), apitest.ExternalID("first")).Says("2005400")
	ref := made.Text("referenceNo")
	if made.Text("partnerReferenceNo") != "order-1" || made.Text("appRedirectUrl") != "" || made.Text("webRedirectUrl") != p.URLs.API+"/app/merchanttransfer?tref="+ref {
		t.Errorf("made %s", made.Body)
	}
	if got := made.Member("additionalInfo.grossAmount"); got != `{"value":"15000.00","currency":"IDR"}` {
		t.Errorf("gross amount %s", got)
	}
	if got := p.Status(ref); got.Text("latestTransactionStatus") != "03" || got.Member("refundHistory") != "[]" || got.Text("originalExternalId") != "first" {
		t.Errorf("before it is paid: %s", got.Body)
	}
	p.Settles(ref, "success")
	paid := p.Status(ref)
	if paid.Text("latestTransactionStatus") != "00" || paid.Text("paidTime") == "" || paid.Text("originalPartnerReferenceNo") != "order-1" ||
		paid.Member("additionalInfo.metadata") != `{"table":7}` || paid.Member("additionalInfo.userPaymentDetails") != `[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET"}]` {
		t.Errorf("paid: %s", paid.Body)
	}
	p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4035715", "paid", "refund")
	back := p.Asks(apitest.RefundPath, `{"originalExternalId":"first","partnerRefundNo":"back-1","refundAmount":{"value":"5000.00","currency":"IDR"},"reason":"cold"}`).Says("2005800")
	if back.Text("partnerRefundNo") != "back-1" || back.Member("refundAmount") != `{"value":"5000.00","currency":"IDR"}` || back.Text("originalReferenceNo") != ref || back.Text("refundNo") == "" {
		t.Errorf("refunded: %s", back.Body)
	}
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`).Says("2005800")
	after := p.Status(ref)
	var history []struct{ RefundNo, PartnerRefundNo, PartnerReferenceNo, RefundStatus, RefundTime, RefundDate, Reason string }
	after.Into(&struct{ RefundHistory any }{&history})
	if len(history) != 2 || history[0].Reason != "cold" || history[0].PartnerRefundNo != "back-1" || history[0].PartnerReferenceNo != "back-1" ||
		history[1].RefundStatus != "00" || history[1].RefundTime == "" || history[1].RefundDate != history[1].RefundTime || after.Text("latestTransactionStatus") != "04" {
		t.Errorf("history: %s", after.Body)
	}
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4035815", "already refunded")
}
