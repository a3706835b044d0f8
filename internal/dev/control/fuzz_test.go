package control_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// FuzzControl sends any body to every path of the control API that accepts one.
func FuzzControl(f *testing.F) {
	d := apitest.Start(f)
	for _, body := range append(apitest.Awkward,
		`{"model":"x","wifi":null}`, `{"consent":"allow"}`, `{"advance":"1ms"}`, `{"amount":1,"valid_for":"1m"}`, `{"name":"A","balance":1}`, `{"name":"location","state":"given"}`,
		`{"status":"active"}`, `{"location":{"path":{"points":[{},{}],"speed_mps":1}}}`, `{"advance":"2562047h47m16.854775807s"}`, `{"amount":{"value":"1","currency":"IDR"}}`,
		`{"id":"x","current":true}`, `{"bank":{"account_number":"12345"}}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d.T = t
		for _, one := range []string{
			"PATCH /control/v1/device", "PATCH /control/v1/answers", "POST /control/v1/clock", "POST /control/v1/payments", "POST /control/v1/users",
			"PATCH /control/v1/users", "PATCH /control/v1/consents", "PATCH /control/v1/mini-app",
		} {
			method, path, _ := strings.Cut(one, " ")
			if got := d.Send(method, path, body); got.Status >= 500 || got.Status >= 400 && got.Text("error.code") == "" {
				t.Fatalf("%s %q: %d %s", one, body, got.Status, got.Body)
			}
		}
	})
}
