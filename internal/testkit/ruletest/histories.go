package ruletest

import (
	"math/rand/v2"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/history"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// histories redeems, retries, replays and uses one code concurrently in random order,
// and checks that the results are linearizable.
func histories(c *codes) {
	storetest.Lanes(storetest.Trials(200, 20_000), func(trial int) {
		code, h := c.issue(), &history.History{}
		unsealed, _ := c.Key.Unseal("auth code", code)
		token := c.Key.Token(unsealed).Text
		storetest.Together(6, func(caller int) {
			random := rand.New(rand.NewPCG(uint64(trial), uint64(caller)))
			for range 8 {
				request := []string{"a", "a", "a", "b", ""}[random.IntN(5)]
				if random.IntN(3) > 0 || trial%2 == 0 && request != "a" {
					h.Look(func() history.Told {
						if _, err := c.login.Authenticate(c.Ctx, token); err != nil {
							return history.Dead
						}
						return history.Lives
					})
					continue
				}
				h.Redeem(request, func() history.Told {
					id := request
					if id != "" {
						id += code // the requests of another code have other ids
					}
					_, err := c.redeem(c.app, code, id)
					if err == nil {
						return history.Granted
					}
					c.Refused(err, problem.CodeReplayed)
					return history.Replayed
				})
			}
		})
		if !h.Linearizable() {
			c.T.Errorf("no order of these operations explains what was told:\n%s", h)
		}
	})
}
