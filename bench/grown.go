package main

import (
	"context"
	"fmt"
	"time"
)

// grown is what one size costs. All times are in ms unless said.
type grown struct {
	start    float64
	idle     float64 // µs of processor time in each second without a request
	calls    []named
	lists    []named
	creation float64 // a second, with 16 clients
	reset    float64
}

// named is a figure of one kind of request.
type named struct {
	what string
	ms   float64
}

// measureGrown measures a platform whose database is filled, and resets it.
func (b *bench) measureGrown(ctx context.Context, data string) (g grown, err error) {
	p, err := b.startPlatform(ctx, data)
	if err != nil {
		return g, err
	}
	defer p.stop()
	g.start = millis(p.ready)
	if g.idle, err = p.idle(b.span(4 * time.Second)); err != nil {
		return g, err
	}
	if g.lists, err = p.lists(); err != nil {
		return g, err
	}
	if err = b.grownCalls(ctx, p, &g); err != nil {
		return g, err
	}
	began := time.Now()
	err = p.ask("POST", "/control/v1/reset", "{}", nil)
	g.reset = millis(time.Since(began))
	return g, err
}

// idle returns the processor time that a server uses in a second without a request, in µs.
func (p *process) idle(span time.Duration) (float64, error) {
	time.Sleep(time.Second) // the work of the start
	before, err := p.cpu()
	if err != nil {
		return 0, err
	}
	time.Sleep(span)
	after, err := p.cpu()
	return float64((after - before).Microseconds()) / span.Seconds(), err
}

// lists returns the median time of a page of each list.
func (p *platform) lists() (all []named, err error) {
	for _, what := range []string{"payments", "notifications", "consents", "wallet", "users", "state", "journal?limit=200"} {
		var took []float64
		for range 21 {
			began := time.Now()
			if err := p.ask("GET", "/control/v1/"+what, "", nil); err != nil {
				return nil, err
			}
			took = append(took, millis(time.Since(began)))
		}
		all = append(all, named{what, median(took)})
	}
	return all, nil
}

// grownCalls measures one client's calls, and the creations of many.
func (b *bench) grownCalls(ctx context.Context, p *platform, g *grown) error {
	l, err := p.open()
	if err != nil {
		return err
	}
	m, err := p.merchant()
	if err != nil {
		return err
	}
	asked, err := m.makeOne(p.address)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		what string
		work func() (work, error)
	}{
		{"getLocation, p50", emptyWork(p.address, p.call(l, "getLocation"), 1)},
		{"code to token, p50", cycle(p, false)},
		{"signed status request, p50", m.sends(p.address, statusPath, asked)},
	} {
		o, err := b.median(ctx, 1, one.work)
		if err != nil {
			return fmt.Errorf("%s: %w", one.what, err)
		}
		g.calls = append(g.calls, named{one.what, o.p50()})
	}
	creations, err := b.median(ctx, 16, m.sends(p.address, createPath, m.creation()))
	g.creation = creations.rate()
	return err
}

// median runs a load several times.
func (b *bench) median(ctx context.Context, clients int, one func() (work, error)) (s series, err error) {
	all, err := each(clients, one)
	if err != nil {
		return nil, err
	}
	for range b.rounds(3) {
		o, err := load(ctx, b.span(time.Second), all)
		if err != nil {
			return nil, err
		}
		s = append(s, o)
	}
	return s, nil
}

// rows compares a size with the first one. Only SQLite has a bound in ms for a list: a
// page from PostgreSQL also takes the way to its server.
func (g grown) rows(engine, what string, floor grown) (rows []row) {
	for i, one := range g.calls {
		rows = append(rows, flat(what+one.what, inMillis, one.ms, floor.calls[i].ms, one.ms/floor.calls[i].ms))
	}
	rows = append(rows, flat(what+"signed payment creations, 16 clients", perSecond, g.creation, floor.creation, floor.creation/g.creation))
	for i, one := range g.lists {
		page := flat(what+"a page of "+one.what, inMillis, one.ms, floor.lists[i].ms, one.ms/floor.lists[i].ms)
		if engine == "SQLite" {
			page = within(what+"a page of "+one.what, one.ms, floor.lists[i].ms, listMost)
		}
		rows = append(rows, page)
	}
	return append(rows,
		row{what: what + "processor time of an idle second", ours: micros(g.idle), floor: micros(floor.idle)},
		row{what: what + "ready after exec", ours: inMillis(g.start), floor: inMillis(floor.start), ratio: times(g.start / floor.start)},
		within(what+"reset", g.reset, floor.reset, resetMost),
	)
}

// flat is the row of a figure that stays nearly the same at any size.
func flat(what string, text func(float64) string, ours, floor, ratio float64) row {
	return row{what: what, ours: text(ours), floor: text(floor), ratio: fmt.Sprintf("%.2fx", ratio), atLeast: fmt.Sprintf("≤ %.1fx", growthMost), holds: holds(ratio <= growthMost)}
}

// within is the row of a time with a bound in ms.
func within(what string, ours, floor, most float64) row {
	return row{what: what, ours: inMillis(ours), floor: inMillis(floor), ratio: times(ours / floor), atLeast: fmt.Sprintf("%.0f ms", most), holds: holds(ours <= most)}
}
