package ruletest

import (
	"strings"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

func lives(c *codes) {
	for _, one := range []struct {
		generation miniapp.Generation
		age        time.Duration
		valid      bool
	}{
		{miniapp.Webview, 299900 * time.Millisecond, true},
		{miniapp.Webview, 300 * time.Second, true},
		{miniapp.Webview, 300001 * time.Millisecond, false},
		{miniapp.Webview, 300100 * time.Millisecond, false},
		{miniapp.ContainerV1, 359900 * time.Millisecond, true},
		{miniapp.ContainerV1, 360100 * time.Millisecond, false},
		{miniapp.ContainerV2, 359900 * time.Millisecond, true},
		{miniapp.ContainerV2, 360 * time.Second, true},
		{miniapp.ContainerV2, 360001 * time.Millisecond, false},
		{miniapp.ContainerV2, 360100 * time.Millisecond, false},
	} {
		app := c.app
		app.Generation = one.generation
		c.aged(app, one.age, one.valid)
	}
}

func (c *codes) aged(app miniapp.App, age time.Duration, valid bool) {
	c.T.Helper()
	code := c.issueFor(app.Generation)
	c.Pass(age)
	_, err := c.redeem(app, code, "")
	switch {
	case valid && err != nil:
		c.T.Errorf("%s code at %s: %v", app.Generation, age, err)
	case !valid:
		c.Refused(err, problem.CodeExpired)
	}
}

func setLife(c *codes) {
	c.login.Life = time.Minute
	for _, generation := range []miniapp.Generation{miniapp.Webview, miniapp.ContainerV2} {
		app := c.app
		app.Generation = generation
		c.aged(app, 59900*time.Millisecond, true)
		c.aged(app, 60100*time.Millisecond, false)
	}
}

func steps(c *codes) {
	for _, one := range []struct {
		step  time.Duration // of the clock, between issue and exchange
		after time.Duration // real time that has passed
		valid bool
	}{
		{time.Hour, 0, false},
		{-time.Hour, 0, false},
		{-time.Hour, 301 * time.Second, false},
		{-500 * time.Millisecond, 0, true},
		{-2 * time.Second, 0, false},
	} {
		code := c.issue()
		c.Pass(one.step + one.after)
		_, err := c.redeem(c.app, code, "")
		if one.valid != (err == nil) || (err != nil && !problem.Is(err, problem.CodeExpired)) {
			c.T.Errorf("clock stepped by %s, %s later: %v", one.step, one.after, err)
		}
		if err != nil && !strings.Contains(err.Error(), "getAuthCode") {
			c.T.Errorf("the hint does not say what to do: %v", err)
		}
		c.Wall.Set(storetest.Start)
	}
}
