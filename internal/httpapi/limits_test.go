package httpapi_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/server"
)

// A code of a platform that lets codes live a minute is refused after it. The clock goes on while requests are under way:
// half a minute is left for them (secret.TestCode_Stale has the millisecond).
func TestLimits_code_life(t *testing.T) {
	t.Parallel()
	d := startLimited(t, server.Limits{CodeLife: time.Minute})
	l := d.open(allowAll)
	for age, status := range map[string]int{"30s": 200, "61s": 400} {
		code := l.code()
		d.post("/control/v1/clock", `{"advance":"`+age+`"}`).ok(200)
		d.post("/v1/mini-apps/authorizations/token", `{"auth_code":"`+code+`"}`, d.basic()).ok(status)
	}
}

func TestLimits_timestamp_window(t *testing.T) {
	t.Parallel()
	p := startLimited(t, server.Limits{TimestampWindow: time.Minute}).partner()
	// The clock goes on while a request is under way: 40 s are left for it.
	const body = `{"originalReferenceNo":"none","serviceCode":"54"}`
	for by, code := range map[string]string{"-20s": "2005500", "50s": "2005500", "-70s": "4015500", "100s": "4015500"} {
		stamp := p.now().Add(duration(t, by)).UTC().Format(time.RFC3339)
		p.asks(statusPath, body, with("X-TIMESTAMP", stamp), with("X-SIGNATURE", p.mac("POST", statusPath, body, stamp))).says(code)
	}
}
