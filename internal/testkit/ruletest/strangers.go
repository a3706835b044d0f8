package ruletest

import (
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// presented is what comes to the token endpoint: who says to be who, and a code.
type presented struct{ id, secret, code string }

// door is where the backends of two mini apps come, with what they present.
type door struct {
	*codes
	credentials *credential.Service
	kopi, roti  credential.Set
}

// present does what the endpoint does: it finds out who calls, and redeems.
func (d *door) present(p presented) (g login.Granted, err error) {
	id, err := d.credentials.VerifyBasic(d.Ctx, p.id, p.secret)
	if err != nil {
		return g, err
	}
	var app miniapp.App
	d.Read(func(tx Tx) (err error) { app, err = tx.MiniApps().Get(d.Ctx, id); return err })
	return d.redeem(app, p.code, "")
}

// attempts are what somebody presents who is not the code's owner, or has not
// got the code, with the problem that each meets.
var attempts = []struct {
	present func(d *door, random *rand.Rand, code string) presented
	meets   problem.Code
}{
	{func(d *door, _ *rand.Rand, code string) presented {
		return presented{d.roti.ClientID, d.roti.ClientSecret, code}
	}, problem.CodeUnknown},
	{func(d *door, r *rand.Rand, code string) presented {
		return presented{d.roti.ClientID, d.roti.ClientSecret, mutated(r, code)}
	}, problem.CodeUnknown},
	{func(d *door, r *rand.Rand, code string) presented {
		return presented{d.kopi.ClientID, mutated(r, d.kopi.ClientSecret), code}
	}, problem.Unauthorized},
	{func(d *door, r *rand.Rand, code string) presented {
		return presented{d.kopi.ClientID, []string{"", d.roti.ClientSecret, d.kopi.Snap.ClientSecret, code}[r.IntN(4)], code}
	}, problem.Unauthorized},
	{func(d *door, r *rand.Rand, code string) presented {
		return presented{mutated(r, d.kopi.ClientID), d.kopi.ClientSecret, code}
	}, problem.Unauthorized},
	{func(d *door, _ *rand.Rand, code string) presented {
		return presented{d.roti.ClientID, d.kopi.ClientSecret, code}
	}, problem.Unauthorized},
	{func(d *door, r *rand.Rand, code string) presented { return d.owns(mutated(r, code)) }, problem.CodeUnknown},
	{func(d *door, _ *rand.Rand, _ string) presented {
		text, err := d.bank.Issue(d.launch)
		if err != nil {
			d.T.Error(err)
		}
		return d.owns(text)
	}, problem.CodeUnknown},
	{func(d *door, _ *rand.Rand, _ string) presented { // of a launch that is not there
		return d.owns(d.Key.Seal("auth code", uuid.New(), d.Clock.Now(), nil))
	}, problem.CodeUnknown},
	{func(d *door, _ *rand.Rand, _ string) presented { // of another platform
		return d.owns(secret.Random().Seal("auth code", uuid.MustParse(d.launch), d.Clock.Now(), nil))
	}, problem.CodeUnknown},
}

func (d *door) owns(code string) presented {
	return presented{d.kopi.ClientID, d.kopi.ClientSecret, code}
}

func strangers(c *codes) {
	c.world.App("roti")
	d := &door{codes: c, credentials: &credential.Service{DB: narrow[credential.Tx](c.world), Key: c.Key, Clock: c.Clock}}
	for id, set := range map[string]*credential.Set{"kopi": &d.kopi, "roti": &d.roti} {
		var err error
		*set, err = d.credentials.Of(c.Ctx, id)
		c.Must(err)
	}
	const side, every = 8, 50 // by side, and how many before the owner comes
	storetest.Together(side, func(lane int) {
		random := rand.New(rand.NewPCG(1, uint64(lane)))
		code := c.issue()
		for i := range storetest.Trials(100_000, 1_000_000) / side { // of each kind, a tenth
			one := attempts[i%len(attempts)]
			_, err := d.present(one.present(d, random, code))
			c.Refused(err, one.meets)
			if i%every != every-1 {
				continue
			}
			granted, err := d.present(d.owns(code)) // still its owner's
			if err != nil || !c.alive(granted.Token) {
				c.T.Errorf("after %d strangers the owner got %v", i+1, err)
			}
			code = c.issue()
		}
	})
}

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// mutated alters a text in one to three places.
func mutated(random *rand.Rand, of string) string {
	for {
		text := []byte(of)
		for range 1 + random.IntN(3) {
			text[random.IntN(len(text))] = letters[random.IntN(len(letters))]
		}
		if string(text) != of {
			return string(text)
		}
	}
}
