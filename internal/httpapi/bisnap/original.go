package bisnap

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// original names the payment of a request. Either referenceNo or X-EXTERNAL-ID is
// enough; referenceNo has priority. The documentation calls originalPartnerReferenceNo
// mandatory, but its clients do not send it: it is only checked if present.
type original struct {
	Ref        string `json:"originalReferenceNo,omitempty"`
	PartnerRef string `json:"originalPartnerReferenceNo,omitempty"`
	ExternalID string `json:"originalExternalId,omitempty"`
}

func (o original) of(c *call) (payment.Original, error) {
	switch {
	case o.Ref == "" && o.ExternalID == "":
		return payment.Original{}, problem.New(edge.FieldBlank, "originalReferenceNo is missing; send it, or originalExternalId with the X-EXTERNAL-ID of the payment")
	case !printable(o.Ref + o.ExternalID):
		return payment.Original{}, problem.New(edge.FieldWrong, "originalReferenceNo and originalExternalId hold visible characters only")
	}
	err := cmp.Or(
		within("originalReferenceNo", o.Ref, payment.MaxRef), within("originalExternalId", o.ExternalID, maxExternalID),
		within("originalPartnerReferenceNo", o.PartnerRef, maxPartnerRef),
	)
	return payment.Original{MiniAppID: c.App.ID, Ref: o.Ref, ExternalID: o.ExternalID, PartnerRef: o.PartnerRef}, err
}

// echo returns the members that identify the payment in an answer.
func (o original) echo(p payment.Payment) original {
	return original{p.Ref, p.PartnerRef, p.ExternalID}
}

// cancelPayment is POST /v1.0/debit/cancel (cancel-api).
func (d *door) cancelPayment(ctx context.Context, c *call) ([]byte, error) {
	var in original
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	of, err := in.of(c)
	if err != nil {
		return nil, err
	}
	var answer []byte
	err = d.Engine.CancelPayment(ctx, of, func(cancelling *jsapi.Cancelling) (err error) {
		answer, err = d.once(ctx, c, func(tx jsapi.Tx) (string, any, error) {
			p, err := cancelling.Cancel(ctx, tx)
			return p.Ref, struct {
				head
				original
				At string `json:"cancelTime"`
			}{c.success(), in.echo(p), notification.Time(p.SettledAt)}, err
		})
		return err
	})
	return answer, err
}

const maxReason = 256

// refundPayment is POST /v1.0/debit/refund (refund-api).
func (d *door) refundPayment(ctx context.Context, c *call) ([]byte, error) {
	var in struct {
		original
		PartnerNo string          `json:"partnerRefundNo"`
		Amount    json.RawMessage `json:"refundAmount"`
		Reason    string          `json:"reason"`
	}
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	of, err := in.of(c)
	if err != nil {
		return nil, err
	}
	want := payment.Return{PartnerNo: in.PartnerNo, Reason: oneLine(in.Reason)}
	var given *amount
	if given, want.Amount, err = optionalAmount("refundAmount", in.Amount); err != nil {
		return nil, err
	}
	if err := cmp.Or(within("partnerRefundNo", in.PartnerNo, maxPartnerRef), within("reason", in.Reason, maxReason)); err != nil {
		return nil, err
	}
	if !printable(in.PartnerNo) {
		return nil, problem.New(edge.FieldWrong, "partnerRefundNo holds visible characters only")
	}
	answer, err := d.once(ctx, c, func(tx jsapi.Tx) (string, any, error) {
		p, r, err := d.Payments.Refund(ctx, tx, of, want)
		return p.Ref, refundAnswer{c.success(), in.echo(p), r.No, r.PartnerNo, r.Amount, notification.Time(r.At)}, err
	})
	if err == nil {
		err = d.refunding(ctx, answer)
	}
	if err == nil {
		d.warnOfAmount(c, "refundAmount", given)
	}
	return answer, err
}

// refundAnswer is the answer to a refund. It is stored with the refund, also while the
// operator's provider has not answered.
type refundAnswer struct {
	head
	original
	No        string       `json:"refundNo"`
	PartnerNo string       `json:"partnerRefundNo"`
	Amount    money.Rupiah `json:"refundAmount"`
	At        string       `json:"refundTime"`
}

// refunding waits for the outcome of the refund in a stored answer. Until it is known, the
// answer is 5045800, and a retry with the same X-EXTERNAL-ID gets the outcome.
func (d *door) refunding(ctx context.Context, answer []byte) error {
	var stored struct {
		No string `json:"refundNo"`
	}
	if err := json.Unmarshal(answer, &stored); err != nil {
		return err
	}
	return d.Payments.Refunding(ctx, stored.No)
}

// optionalAmount reads an optional amount; zero if it is absent.
func optionalAmount(name string, data json.RawMessage) (given *amount, n money.Rupiah, err error) {
	if err := optional(name, data, &given); err != nil || given == nil {
		return nil, 0, err
	}
	n, err = given.rupiah(name)
	return given, n, err
}
