package main

import (
	"context"
	"fmt"
	"time"
)

// crowds are numbers of clients, up to many times the number of connections to the
// database: 8 readers on SQLite, 16 readers and 16 writers on PostgreSQL.
var crowds = []int{16, 64, 256, 1024}

const (
	crowdShare = 0.8   // of the best rate of smaller crowds
	crowdGap   = 1_000 // ms: a longer gap without a cycle fails
)

// crowdRows measures cycles of ever more clients than there are connections:
// throughput must not fall, nor stop.
func (b *bench) crowdRows(ctx context.Context, what string, ours *platform) (rows []row, err error) {
	clients := map[int][]work{}
	for _, n := range crowds {
		if clients[n], err = each(n, cycle(ours, false)); err != nil {
			return nil, err
		}
	}
	measured := map[int]series{}
	for range b.rounds(3) {
		for _, n := range crowds {
			o, err := load(ctx, b.span(2*time.Second), clients[n])
			if err != nil {
				return nil, fmt.Errorf("%d clients: %w", n, err)
			}
			measured[n] = append(measured[n], o)
		}
	}
	return compareCrowds(what, measured), nil
}

// compareCrowds holds each crowd against the best of the smaller ones: a crowd
// that is faster than them is no reason to fail them.
func compareCrowds(what string, measured map[int]series) (rows []row) {
	best := measured[crowds[0]].rate()
	for _, n := range crowds[1:] {
		rate, gap := measured[n].rate(), measured[n].longest()
		rows = append(rows, row{
			what: fmt.Sprintf("%s, %d clients, cycles beside the best smaller crowd's; longest gap", what, n),
			ours: fmt.Sprintf("%s · %.0f ms", perSecond(rate), gap), floor: perSecond(best), ratio: fmt.Sprintf("share %.2f", rate/best),
			atLeast: "share 0.80, 1000 ms", holds: holds(rate >= crowdShare*best && gap < crowdGap),
		})
		best = max(best, rate)
	}
	return rows
}

// longest returns the longest gap of all rounds.
func (s series) longest() (gap float64) {
	for _, o := range s {
		gap = max(gap, o.gap)
	}
	return gap
}
