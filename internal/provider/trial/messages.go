package trial

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/transfer"
)

// chargeBody returns the body of POST /charges.
func chargeBody(one transfer.Transfer) map[string]any {
	return map[string]any{
		"charge_id": one.ID, "payment_ref": one.Payment, "mini_app_id": one.MiniAppID, "user_id": one.UserID, "amount": int64(one.Amount), "title": one.Title,
	}
}

// answers checks that failures are signed too, and that unknown ids are 404.
func (t *trier) answers(ctx context.Context) {
	for _, path := range [][]string{{"charges", t.id()}, {"refunds", t.id()}, {"users", t.id()}} {
		t.status(ctx, "GET of an unknown id in "+path[0], provider.Probe{Method: http.MethodGet, Path: path}, http.StatusNotFound)
	}
	none := t.newCharge(0)
	t.status(ctx, "a charge of 0 rupiah", provider.Probe{Method: http.MethodPost, Path: []string{"charges"}, Key: none.ID, Body: chargeBody(none)}, http.StatusBadRequest)
	key := t.newCharge(1)
	t.status(ctx, "a charge under another Idempotency-Key", provider.Probe{Method: http.MethodPost, Path: []string{"charges"}, Key: t.id(), Body: chargeBody(key)}, http.StatusBadRequest)
	t.unknown(ctx, "a refused request", key)
}

// status sends a probe and reports another status, or an answer without a right signature.
func (t *trier) status(ctx context.Context, what string, p provider.Probe, want int) {
	got, err := t.client.Probe(ctx, p)
	switch {
	case err != nil:
		t.find("%s: %v", what, err)
	case got.Status != want:
		t.find("%s: the status is %d, and must be %d", what, got.Status, want)
	case !got.Signed && p.Spoil == nil:
		t.find("%s: the answer with status %d is not signed for its request", what, got.Status)
	}
}

// unknown reports a charge that exists although nothing may have made it.
func (t *trier) unknown(ctx context.Context, after string, one transfer.Transfer) {
	o, found, err := t.client.Look(ctx, one)
	switch {
	case err != nil:
		t.find("asking after %s: %v", after, err)
	case found:
		t.find("after %s, the provider knows the charge: %s", after, o.State)
	}
}

// signatures checks that a request with any changed part is refused.
func (t *trier) signatures(ctx context.Context) {
	for _, one := range []struct {
		what  string
		spoil func(*http.Request)
	}{
		{"no signature", func(r *http.Request) { r.Header.Del("Selasar-Signature") }},
		{"the signature of another secret", func(r *http.Request) { r.Header.Set("Selasar-Signature", strings.Repeat("0f", 32)) }},
		{"another nonce", func(r *http.Request) { r.Header.Set("Selasar-Nonce", "00") }},
		{"a timestamp of 1970", func(r *http.Request) { r.Header.Set("Selasar-Timestamp", "1") }},
		{"another query", func(r *http.Request) { r.URL.RawQuery = "a=b" }},
		{"another body", func(r *http.Request) {
			body, _ := io.ReadAll(r.Body) // of a buffer
			body = bytes.Replace(body, []byte(`"amount":1`), []byte(`"amount":2`), 1)
			r.Body = io.NopCloser(bytes.NewReader(body))
		}},
	} {
		charge := t.newCharge(1)
		t.status(ctx, one.what, provider.Probe{Method: http.MethodPost, Path: []string{"charges"}, Key: charge.ID, Body: chargeBody(charge), Spoil: one.spoil}, http.StatusUnauthorized)
		t.unknown(ctx, one.what, charge)
	}
}

// users checks that the user can be read.
func (t *trier) users(ctx context.Context) {
	before := len(t.findings)
	t.status(ctx, "the profile", provider.Probe{Method: http.MethodGet, Path: []string{"users", t.UserID}}, http.StatusOK)
	t.status(ctx, "the bank account", provider.Probe{Method: http.MethodGet, Path: []string{"users", t.UserID, "bank-account"}}, http.StatusOK)
	if len(t.findings) > before {
		return
	}
	if _, err := t.client.Profile(ctx, t.UserID); err != nil { // the log says what is wrong with it
		t.find("the profile of %s is not valid", t.UserID)
	}
	if _, err := t.client.BankAccount(ctx, t.UserID); err != nil {
		t.find("the bank account of %s is not valid", t.UserID)
	}
}
