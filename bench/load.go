package main

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// work is the unit of work that a client repeats. An error ends the load.
type work func() error

// outcome is the result of a load.
type outcome struct {
	rate     float64 // units of work per second
	p50, p99 float64 // ms
	gap      float64 // ms: the longest time in which no unit ended
	units    int
	cpu      float64 // µs of the server's processor time per unit
}

// load runs clients concurrently for a time, each with its own work.
func load(ctx context.Context, span time.Duration, clients []work) (outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	taken, ends := make([][]float64, len(clients)), make([][]float64, len(clients))
	failed := make([]error, len(clients))
	var running sync.WaitGroup
	began := time.Now()
	for i, one := range clients {
		running.Go(func() {
			for ctx.Err() == nil && failed[i] == nil {
				from := time.Now()
				failed[i] = one()
				taken[i] = append(taken[i], millis(time.Since(from)))
				ends[i] = append(ends[i], millis(time.Since(began)))
			}
		})
	}
	running.Wait()
	took := time.Since(began).Seconds()
	all := slices.Concat(taken...)
	return outcome{
		rate: float64(len(all)) / took, p50: quantile(all, 0.5), p99: quantile(all, 0.99), gap: longestGap(slices.Concat(ends...)), units: len(all),
	}, errors.Join(failed...)
}

// longestGap returns the longest time between consecutive moments, including the
// start.
func longestGap(moments []float64) (longest float64) {
	slices.Sort(moments)
	last := 0.0
	for _, at := range moments {
		longest, last = max(longest, at-last), at
	}
	return longest
}

// series is the outcomes of all rounds of one load.
type series []outcome

func (s series) rate() float64 { return s.median(func(o outcome) float64 { return o.rate }) }
func (s series) p50() float64  { return s.median(func(o outcome) float64 { return o.p50 }) }
func (s series) p99() float64  { return s.median(func(o outcome) float64 { return o.p99 }) }

func (s series) cpu() float64 { return s.median(func(o outcome) float64 { return o.cpu }) }

func (s series) median(of func(outcome) float64) float64 {
	var figures []float64
	for _, o := range s {
		figures = append(figures, of(o))
	}
	return median(figures)
}

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
