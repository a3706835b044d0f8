package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// serveClients are the numbers of clients of `selasar serve`.
var serveClients = []int{16, 64}

// measureServe measures `selasar serve` on both databases: calls, cycles and signed
// creations, beside the floors of `selasar dev`.
func measureServe(ctx context.Context, b *bench) ([]row, error) {
	rows, err := b.serveRows(ctx, "SQLite", b.loginRows)
	if err != nil {
		return nil, fmt.Errorf("SQLite: %w", err)
	}
	more, err := onPostgres(func(address, programs string) ([]row, error) {
		script := filepath.Join(b.scratch, "cycle.sql")
		if err := os.WriteFile(script, cycleScript, 0o600); err != nil {
			return nil, err
		}
		return b.serveRows(ctx, "PostgreSQL", func(ctx context.Context, ours *platform, _ *process, clients int) ([]row, error) {
			one, err := b.postgresRow(ctx, ours, filepath.Join(programs, "pgbench"), script, address, clients)
			return []row{one}, err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL: %w", err)
	}
	return append(rows, more...), nil
}

// cycles measures code to token with a number of clients.
type cycles func(ctx context.Context, ours *platform, floor *process, clients int) ([]row, error)

func (b *bench) serveRows(ctx context.Context, engine string, measured cycles) (rows []row, err error) {
	data := filepath.Join(b.scratch, "serve-"+engine)
	ours, err := b.startServe(ctx, data)
	if err != nil {
		return nil, err
	}
	defer ours.stop()
	floor, err := b.startEmpty(ctx)
	if err != nil {
		return nil, err
	}
	defer floor.stop()
	rows = append(rows, row{what: "ready after exec", ours: inMillis(millis(ours.ready))})
	for _, n := range serveClients {
		calls, err := b.callsRow(ctx, ours, floor, "getAuthCode", n)
		if err != nil {
			return nil, fmt.Errorf("calls, %s: %w", plural(n), err)
		}
		spent, err := measured(ctx, ours, floor, n)
		if err != nil {
			return nil, fmt.Errorf("code to token, %s: %w", plural(n), err)
		}
		made, err := b.serveCreations(ctx, ours, floor, n)
		if err != nil {
			return nil, fmt.Errorf("signed payment creations, %s: %w", plural(n), err)
		}
		rows = append(append(append(rows, calls...), spent...), made...)
	}
	memory, err := ours.memory()
	rows = append(rows, row{what: "memory after the load, resident", ours: mebibytes(memory)})
	return onEngine(engine, rows), err
}

// onEngine names the engine in each row. The bars of processor time are for SQLite.
func onEngine(engine string, rows []row) []row {
	for i := range rows {
		rows[i].what = "serve on " + engine + ", " + strings.Replace(rows[i].what, " on PostgreSQL", "", 1)
		if engine != "SQLite" && strings.Contains(rows[i].what, "server CPU") {
			rows[i].atLeast, rows[i].goal, rows[i].holds = "", "", unasked
		}
	}
	return rows
}

func (b *bench) serveCreations(ctx context.Context, ours *platform, floor *process, clients int) ([]row, error) {
	m, err := ours.merchant()
	if err != nil {
		return nil, err
	}
	d, err := b.snapDuel(ctx, ours, floor, m, clients, createPath, m.creation())
	return d.rows("signed payment creations", clients), err
}
