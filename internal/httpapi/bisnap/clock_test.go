package bisnap_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// A developer moves the platform's clock; the mini app's backend signs with
// the machine's own.
func TestSnap_accepts_the_machines_time_while_the_platforms_clock_is_moved(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	p.Post("/control/v1/clock", `{"advance":"20m"}`).OK(200)
	p.Token = p.Access().OK(200).Text("accessToken") // the previous one has expired
	p.Asks(apitest.H2hPath, p.Order("15000.00")).OK(200)
	p.Offset = 20 * time.Minute // the backend may also use the platform's clock
	p.Asks(apitest.H2hPath, p.Order("15000.00")).OK(200)
	for _, p.Offset = range []time.Duration{-6 * time.Minute, 10 * time.Minute, 26 * time.Minute} {
		p.Asks(apitest.H2hPath, p.Order("15000.00")).OK(401)
	}
}

// Times in a request use the clock that stamps the request: the payment has the
// requested lifetime.
func TestSnap_validUpTo_uses_the_clock_of_its_sender(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	var moved time.Duration
	for _, by := range []string{"3m", "16m30s"} { // less than the window of X-TIMESTAMP, and more
		moved += apitest.Duration(t, by)
		p.Post("/control/v1/clock", `{"advance":"`+by+`"}`).OK(200)
		p.Offset = 0
		p.Token = p.Access().OK(200).Text("accessToken") // the previous one may have expired
		for _, p.Offset = range []time.Duration{0, moved} {
			for life, code := range map[time.Duration]string{time.Minute: "2005400", 10 * time.Minute: "2005400", 10 * time.Second: "4005402", -time.Minute: "4005402"} {
				began := time.Now()
				got := p.Asks(apitest.H2hPath, p.Until(p.Now().Add(life))).Says(code)
				underWay := time.Since(began) // that part of the lifetime has passed
				if code != "2005400" {
					continue
				}
				lives := apitest.Moment(t, got.Text("additionalInfo.validUpTo")).Sub(apitest.Moment(t, got.Text("additionalInfo.transactionTime")))
				if lives > life+time.Second || lives < life-underWay-time.Second { // in whole seconds
					t.Errorf("%s ahead, with a clock %s ahead: requested %s, got %s", moved, p.Offset, life, lives)
				}
			}
		}
	}
	p.Asks(apitest.H2hPath, p.Until(time.Now().Add(10*time.Minute))).Says("4005402") // stamped with the platform's clock
}

func TestCheckout_start_time_uses_the_clock_of_its_sender(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	c.Post("/control/v1/clock", `{"advance":"20m"}`).OK(200)
	var pages []apitest.Paper
	for i, ahead := range []time.Duration{0, 20 * time.Minute} {
		from := time.Now().Add(ahead).Format("2006-01-02 15:04:05 -0700")
		token := c.Ask(apitest.Order(fmt.Sprint("o-", i), `,"expiry":{"unit":"minutes","duration":10,"start_time":"`+from+`"}`)).OK(201).Text("token")
		pages = append(pages, apitest.Paper{Platform: c.Platform, Ref: "", Path: "/snap/v4/redirection/" + token})
	}
	for _, then := range []struct{ by, shown string }{{"8m", "open"}, {"3m", "expired"}} {
		c.Post("/control/v1/clock", `{"advance":"`+then.by+`"}`).OK(200)
		for _, p := range pages {
			p.Shows(then.shown)
		}
	}
}
