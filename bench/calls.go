package main

import (
	"context"
	"fmt"
	"time"
)

var clientCounts = []int{1, 16, 64}

// measureCalls measures POST .../calls over HTTP. The floor is an empty handler that
// receives the same bytes.
func measureCalls(ctx context.Context, b *bench) (rows []row, err error) {
	ours, floor, stop, err := b.startBoth(ctx, "calls")
	if err != nil {
		return nil, err
	}
	defer stop()
	for _, method := range []string{"getAuthCode", "getLocation"} {
		for _, n := range clientCounts {
			r, err := b.callsRow(ctx, ours, floor, method, n)
			if err != nil {
				return nil, fmt.Errorf("%s, %d clients: %w", method, n, err)
			}
			rows = append(rows, r...)
		}
	}
	return rows, nil
}

func (b *bench) callsRow(ctx context.Context, ours *platform, floor *process, method string, clients int) ([]row, error) {
	l, err := ours.open()
	if err != nil {
		return nil, err
	}
	request := ours.call(l, method)
	calls, err := each(clients, emptyWork(ours.address, request, 1)) // the body says whether the call succeeded; see checkCall
	if err != nil {
		return nil, err
	}
	if err := checkCall(ours.address, request); err != nil {
		return nil, err
	}
	nothing, err := each(clients, emptyWork(floor.address, request, 1))
	if err != nil {
		return nil, err
	}
	d, err := b.duel(ctx, b.rounds(5), 800*time.Millisecond, side{ours.process, calls}, side{floor, nothing})
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("%s, %s", method, plural(clients))
	return []row{
		{what: what + ", calls", ours: perSecond(d.ours.rate()), floor: perSecond(d.floor.rate()), ratio: times(d.floor.rate() / d.ours.rate())},
		{what: what + ", p50 · p99", ours: spread(d.ours), floor: spread(d.floor), ratio: times(d.ours.p50() / d.floor.p50())},
		d.cpuRow(what+", ", "call", method, clients),
	}, nil
}

func plural(clients int) string {
	if clients == 1 {
		return "1 client"
	}
	return fmt.Sprintf("%d clients", clients)
}

func spread(s series) string { return fmt.Sprintf("%.2f · %.2f ms", s.p50(), s.p99()) }

func micros(us float64) string { return fmt.Sprintf("%.0f µs", us) }

func checkCall(address string, request []byte) error {
	c, err := dial(address)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	body, err := c.send(request)
	if err == nil && !succeeded(body) {
		err = fmt.Errorf("the call failed: %s", body)
	}
	return err
}
