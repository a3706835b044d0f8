package main

import (
	"bytes"
	"context"
	"time"
)

// duel is the results of loads on ours and on the floor, in interleaved rounds.
type duel struct {
	ours, floor series
}

// side is a server with its clients.
type side struct {
	server  *process
	clients []work
}

func (b *bench) duel(ctx context.Context, rounds int, span time.Duration, ours, floor side) (d duel, err error) {
	for range rounds {
		low, err := floor.load(ctx, b.span(span/2))
		if err != nil {
			return d, err
		}
		high, err := ours.load(ctx, b.span(span))
		if err != nil {
			return d, err
		}
		d.floor, d.ours = append(d.floor, low), append(d.ours, high)
	}
	return d, ctx.Err()
}

// load runs the clients and adds the server's processor time to the outcome.
func (s side) load(ctx context.Context, span time.Duration) (outcome, error) {
	before, err := s.server.cpu()
	if err != nil {
		return outcome{}, err
	}
	o, err := load(ctx, span, s.clients)
	if err != nil {
		return o, err
	}
	after, err := s.server.cpu()
	o.cpu = float64((after - before).Microseconds()) / float64(o.units)
	return o, err
}

func succeeded(body []byte) bool { return bytes.Contains(body, []byte(`"success":true`)) }
