package storetest

import (
	"math/rand/v2"

	"github.com/selasar/selasar/internal/problem"
)

// histories has callers redeem, retry, replay and use one code in random
// order, and checks that what they were told can be told one after the other.
func histories(c *codes) {
	lanes(Trials(200, 20_000), func(trial int) {
		code, h := c.issue(), &History{}
		unsealed, _ := c.key.Unseal("auth code", code)
		token := c.key.Token(unsealed).Text
		together(6, func(caller int) {
			random := rand.New(rand.NewPCG(uint64(trial), uint64(caller)))
			for range 8 {
				request := []string{"a", "a", "a", "b", ""}[random.IntN(5)]
				if random.IntN(3) > 0 || trial%2 == 0 && request != "a" {
					h.Look(func() Told {
						if _, err := c.login.Authenticate(c.ctx, token); err != nil {
							return Dead
						}
						return Lives
					})
					continue
				}
				h.Redeem(request, func() Told {
					id := request
					if id != "" {
						id += code // another code's requests have other ids
					}
					_, err := c.redeem(c.app, code, id)
					if err == nil {
						return Granted
					}
					c.refused(err, problem.CodeReplayed)
					return Replayed
				})
			}
		})
		if !h.Linearizable() {
			c.t.Errorf("no order of these operations explains what was told:\n%s", h)
		}
	})
}
