package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// cycleScript holds the statements of a code-to-token cycle, for pgbench.
//
//go:embed cycle.sql
var cycleScript []byte

// measurePostgres measures code to token on a PostgreSQL with fsync. The floor is
// pgbench with the same statements and one connection per client.
func measurePostgres(ctx context.Context, b *bench) ([]row, error) {
	return onPostgres(func(address, programs string) ([]row, error) { return b.cyclesOnPostgres(ctx, address, programs) })
}

// onPostgres measures while Selasar, when it starts, uses a new PostgreSQL with fsync.
// programs is the folder of PostgreSQL's programs.
func onPostgres(measure func(address, programs string) ([]row, error)) (rows []row, err error) {
	address, programs, stop, err := pgtest.Durable()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := os.Setenv("SELASAR_DATABASE", address); err != nil {
		return nil, err
	}
	defer os.Unsetenv("SELASAR_DATABASE")
	return measure(address, programs)
}

func (b *bench) cyclesOnPostgres(ctx context.Context, address, programs string) (rows []row, err error) {
	ours, err := b.startPlatform(ctx, filepath.Join(b.scratch, "postgres"))
	if err != nil {
		return nil, err
	}
	defer ours.stop()
	script := filepath.Join(b.scratch, "cycle.sql")
	if err := os.WriteFile(script, cycleScript, 0o600); err != nil {
		return nil, err
	}
	for _, n := range clientCounts {
		one, err := b.postgresRow(ctx, ours, filepath.Join(programs, "pgbench"), script, address, n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", plural(n), err)
		}
		rows = append(rows, one)
	}
	more, err := b.crowdRows(ctx, "code to token on PostgreSQL", ours)
	return append(rows, more...), err
}

func (b *bench) postgresRow(ctx context.Context, ours *platform, pgbench, script, address string, clients int) (row, error) {
	cycles, err := each(clients, cycle(ours, false))
	if err != nil {
		return row{}, err
	}
	var high, low series
	for range b.rounds(3) {
		tps, err := bare(ctx, pgbench, script, address, clients, b.span(2*time.Second))
		if err != nil {
			return row{}, err
		}
		o, err := side{ours.process, cycles}.load(ctx, b.span(2*time.Second))
		if err != nil {
			return row{}, err
		}
		low, high = append(low, outcome{rate: tps}), append(high, o)
	}
	return postgresShares[clients].ofPeer(row{
		what: "code to token on PostgreSQL, " + plural(clients) + ", cycles, beside pgbench",
		ours: perSecond(high.rate()), floor: perSecond(low.rate()),
	}, high.rate()/low.rate()), nil
}

// postgresShares are the shares of pgbench's rate that must be reached.
var postgresShares = map[int]bar{1: {0.55, 0.7}, 16: {0.6, 0.75}, 64: {0.75, 0.85}}

var tpsLine = regexp.MustCompile(`tps = ([0-9.]+)`)

// bare returns the transactions per second of pgbench with a script.
func bare(ctx context.Context, pgbench, script, address string, clients int, span time.Duration) (float64, error) {
	seconds := max(int(span.Seconds()), 1)
	out, err := exec.CommandContext(ctx, pgbench, "--no-vacuum", "--protocol=prepared", "--file="+script,
		"--client="+strconv.Itoa(clients), "--jobs=2", "--time="+strconv.Itoa(seconds), address).CombinedOutput()
	found := tpsLine.FindSubmatch(out)
	if err != nil || found == nil {
		return 0, fmt.Errorf("pgbench: %w\n%s", err, out)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}
