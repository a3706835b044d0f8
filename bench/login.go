package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"
)

// loginGoal holds the targets of a cycle for a number of clients; 0 means none. The target of its processor time is in
// cpuBars.
type loginGoal struct {
	rate         bar     // the floor's rate over ours
	p50          bar     // ours over the floor's
	p99, p99Goal float64 // ms
}

var loginGoals = map[int]loginGoal{
	1:  {p50: bar{5, 3.5}},
	16: {rate: bar{4.9, 4}, p99: 9, p99Goal: 6},
	64: {rate: bar{3.7, 2.8}},
}

// measureLogin measures a cycle from getAuthCode to the auth token: two requests, the
// second of which spends the code durably. The floors are two requests to an empty
// handler, and bare commits to the same kind of file.
func measureLogin(ctx context.Context, b *bench) (rows []row, err error) {
	ours, floor, stop, err := b.startBoth(ctx, "login")
	if err != nil {
		return nil, err
	}
	defer stop()
	for _, n := range clientCounts {
		more, err := b.loginRows(ctx, ours, floor, n)
		if err != nil {
			return nil, fmt.Errorf("%d clients: %w", n, err)
		}
		rows = append(rows, more...)
	}
	retryable, err := each(64, cycle(ours, true))
	if err != nil {
		return nil, err
	}
	o, err := load(ctx, b.span(2*time.Second), retryable)
	if err != nil {
		return nil, err
	}
	rows = append(rows, row{what: "code to token with Request-Id, 64 clients, cycles", ours: perSecond(o.rate)})
	more, err := b.crowdRows(ctx, "code to token", ours)
	return append(rows, more...), err
}

func (b *bench) loginRows(ctx context.Context, ours *platform, floor *process, clients int) ([]row, error) {
	cycles, err := each(clients, cycle(ours, false))
	if err != nil {
		return nil, err
	}
	sample := post(floor.address, "/v1/mini-apps/authorizations/token", ours.basic, `{"auth_code":"0123456789012345678901234567890123456789012345678901234567891234"}`)
	nothing, err := each(clients, emptyWork(floor.address, sample, 2))
	if err != nil {
		return nil, err
	}
	d, err := b.duel(ctx, b.rounds(7), 1200*time.Millisecond, side{ours.process, cycles}, side{floor, nothing})
	if err != nil {
		return nil, err
	}
	commits, err := b.commitFloor(ctx, clients, b.rounds(3))
	if err != nil {
		return nil, err
	}
	return loginGoals[clients].rows(clients, d, commits), nil
}

func (g loginGoal) rows(clients int, d duel, commits series) []row {
	what := fmt.Sprintf("code to token, %s, ", plural(clients))
	rate, p50 := d.floor.rate()/d.ours.rate(), d.ours.p50()/d.floor.p50()
	return []row{
		g.rate.on(row{what: what + "cycles", ours: perSecond(d.ours.rate()), floor: perSecond(d.floor.rate()), ratio: times(rate)}, rate),
		g.p50.on(row{what: what + "p50", ours: inMillis(d.ours.p50()), floor: inMillis(d.floor.p50()), ratio: times(p50)}, p50),
		{what: what + "p99", ours: inMillis(d.ours.p99()), floor: inMillis(d.floor.p99()), ratio: times(d.ours.p99() / d.floor.p99()),
			atLeast: need(g.p99, "%.0f ms"), goal: need(g.p99Goal, "%.0f ms"), holds: reaches(d.ours.p99(), g.p99)},
		d.cpuRow(what, "cycle", "code to token", clients),
		{what: what + "against bare commits", ours: perSecond(d.ours.rate()), floor: perSecond(commits.rate()), ratio: times(commits.rate() / d.ours.rate())},
	}
}

func need(figure float64, format string) string {
	if figure == 0 {
		return ""
	}
	return fmt.Sprintf(format, figure)
}

func reaches(figure, most float64) verdict {
	if most == 0 {
		return unasked
	}
	return holds(figure <= most)
}

var requestIDs atomic.Int64

// cycle returns the work of a client that logs in repeatedly in its own launch.
func cycle(p *platform, withRequestID bool) func() (work, error) {
	return func() (work, error) {
		l, err := p.open()
		if err != nil {
			return nil, err
		}
		c, err := dial(p.address)
		call := p.call(l, "getAuthCode")
		return func() error {
			body, err := c.send(call)
			if err != nil {
				return err
			}
			code, err := member(body, "authCode")
			if err != nil {
				return err
			}
			authorization := p.basic
			if withRequestID {
				authorization += "\r\nRequest-Id: " + strconv.FormatInt(requestIDs.Add(1), 10)
			}
			body, err = c.send(post(p.address, "/v1/mini-apps/authorizations/token", authorization, `{"auth_code":"`+string(code)+`"}`))
			if err == nil {
				_, err = member(body, "auth_token")
			}
			return err
		}, err
	}
}
