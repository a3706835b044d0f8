package httpapi

import (
	"context"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// begin marks a request that changes something as running, until end is
// called; another with its X-EXTERNAL-ID is KeyReused for so long. Other nodes
// do not know of it: in their transactions the second waits for the first, and
// gets its answer.
func (a *API) begin(c *snapCall) (end func(), err error) {
	if c.Request.ID == "" || c.Operation == snapStatus {
		return func() {}, nil
	}
	key := [2]string{c.App.ID, c.Request.ID}
	if _, running := a.running.LoadOrStore(key, nil); running {
		return nil, problem.New(problem.KeyReused, "the first request with the X-EXTERNAL-ID %q is still running; send this again when that is answered", c.Request.ID)
	}
	return func() { a.running.Delete(key) }, nil
}

// once does what changes something, once for each X-EXTERNAL-ID: in one
// transaction with the answer, whose bytes a retry gets again. The payment
// that do gives is noted also when it fails.
func (a *API) once(ctx context.Context, c *snapCall, do func(tx jsapi.Tx) (ref string, body any, err error)) ([]byte, error) {
	kept, replayed, err := request.Once(ctx, a.DB, c.Request, func(tx jsapi.Tx) (string, []byte, error) {
		ref, body, err := do(tx)
		if c.PaymentRef = ref; err != nil {
			return "", nil, err
		}
		answer, err := encoded(body)
		return ref, answer, err
	})
	if replayed {
		c.PaymentRef, c.Replayed = kept.Subject, true
	}
	return kept.Answer, err
}
