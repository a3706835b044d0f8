package httpapi_test

import (
	"fmt"
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

// What a backend says of times goes by the clock that it stamps its requests
// with: a payment lives as long as was asked for.
func TestSnap_validUpTo_goes_by_the_clock_of_its_sender(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	var moved time.Duration
	for _, by := range []string{"3m", "16m30s"} { // less than the window of X-TIMESTAMP, and more
		moved += duration(t, by)
		p.post("/control/v1/clock", `{"advance":"`+by+`"}`).ok(200)
		p.offset = 0
		p.token = p.access().ok(200).text("accessToken") // the one before may have run out
		for _, p.offset = range []time.Duration{0, moved} {
			for life, code := range map[time.Duration]string{time.Minute: "2005400", 10 * time.Minute: "2005400", 10 * time.Second: "4005402", -time.Minute: "4005402"} {
				began := time.Now()
				got := p.asks(h2hPath, p.until(p.now().Add(life))).says(code)
				underWay := time.Since(began) // it does not live so long any more
				if code != "2005400" {
					continue
				}
				lives := moment(t, got.text("additionalInfo.validUpTo")).Sub(moment(t, got.text("additionalInfo.transactionTime")))
				if lives > life+time.Second || lives < life-underWay-time.Second { // in whole seconds
					t.Errorf("%s ahead, with a clock %s ahead: %s were asked for, it lives %s", moved, p.offset, life, lives)
				}
			}
		}
	}
	p.asks(h2hPath, p.until(time.Now().Add(10*time.Minute))).says("4005402") // stamped with the platform's clock
}

// until is an order with a validUpTo.
func (p *partner) until(at time.Time) string {
	return `{"validUpTo":"` + at.Format("2006-01-02T15:04:05.000Z07:00") + `",` + p.order("1000.00")[1:]
}

func TestCheckout_start_time_goes_by_the_clock_of_its_sender(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	c.post("/control/v1/clock", `{"advance":"20m"}`).ok(200)
	var pages []paper
	for i, ahead := range []time.Duration{0, 20 * time.Minute} {
		from := time.Now().Add(ahead).Format("2006-01-02 15:04:05 -0700")
		token := c.ask(order(fmt.Sprint("o-", i), `,"expiry":{"unit":"minutes","duration":10,"start_time":"`+from+`"}`)).ok(201).text("token")
		pages = append(pages, paper{c.dev, "", "/snap/v4/redirection/" + token})
	}
	for _, then := range []struct{ by, shown string }{{"8m", "open"}, {"3m", "expired"}} {
		c.post("/control/v1/clock", `{"advance":"`+then.by+`"}`).ok(200)
		for _, p := range pages {
			p.shows(then.shown)
		}
	}
}
