package bisnap

import (
	"context"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/request"
)

// once runs do once for each X-EXTERNAL-ID, and stores its answer in the same
// transaction. A retry gets the bytes of the first answer. The journal gets the payment
// that do returns, even if do fails.
func (d *door) once(ctx context.Context, c *call, do func(tx jsapi.Tx) (ref string, body any, err error)) ([]byte, error) {
	kept, replayed, err := request.Once(ctx, d.DB, c.request, func(tx jsapi.Tx) (string, []byte, error) {
		ref, body, err := do(tx)
		if c.PaymentRef = ref; err != nil {
			return "", nil, err
		}
		answer, err := encoded(body)
		return ref, answer, err
	})
	if replayed {
		c.PaymentRef, c.replayed = kept.Subject, true
	}
	return kept.Answer, err
}
