package httpapi_test

import (
	"testing"
	"time"
)

// A developer moves the platform's clock; the mini app's backend signs with
// the machine's own.
func TestSnap_takes_the_machines_time_while_the_platforms_clock_is_moved(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	p.post("/control/v1/clock", `{"advance":"20m"}`).ok(200)
	p.token = p.access().ok(200).text("accessToken") // the one before has run out
	p.asks(h2hPath, p.order("15000.00")).ok(200)
	p.offset = 20 * time.Minute // or with the platform's
	p.asks(h2hPath, p.order("15000.00")).ok(200)
	for _, p.offset = range []time.Duration{-6 * time.Minute, 10 * time.Minute, 26 * time.Minute} {
		p.asks(h2hPath, p.order("15000.00")).ok(401)
	}
}
