package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// growthScript fills a database. It runs on both engines; TestBench_fills_the_tables in
// internal/sqlstore runs it on the current tables.
//
//go:embed growth.sql
var growthScript string

// growthSizes are how many launches, tokens, consents, payments and notifications a
// platform keeps. The first one is the floor of the others.
var growthSizes = []int{1_000, 100_000, 1_000_000}

const (
	growthMost = 1.2    // a call may take this many times what it takes at the first size
	listMost   = 2.0    // ms: a page of a list on SQLite, at any size
	resetMost  = 1000.0 // ms: a reset, at any size
)

// measureGrowth measures what gets slower while a platform keeps more: calls, lists, the
// work of an idle platform, start and reset.
func measureGrowth(ctx context.Context, b *bench) ([]row, error) {
	data := filepath.Join(b.scratch, "growth")
	rows, err := b.growth(ctx, "SQLite", data, "sqlite", "file:"+filepath.Join(data, "selasar.db"))
	if err != nil {
		return nil, fmt.Errorf("SQLite: %w", err)
	}
	more, err := onPostgres(func(address, _ string) ([]row, error) {
		return b.growth(ctx, "PostgreSQL", filepath.Join(b.scratch, "growth-postgres"), "pgx", address)
	})
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL: %w", err)
	}
	return append(rows, more...), nil
}

// growth measures a platform on one engine at each size. It ends each size with a reset.
func (b *bench) growth(ctx context.Context, engine, data, driver, source string) (rows []row, err error) {
	var floor grown
	for i, size := range b.growthSizes() {
		if err := b.fillPlatform(ctx, data, driver, source, size); err != nil {
			return nil, fmt.Errorf("%d rounds: %w", size, err)
		}
		now, err := b.measureGrown(ctx, data)
		if err != nil {
			return nil, fmt.Errorf("%d rounds: %w", size, err)
		}
		if i == 0 {
			floor = now
			continue
		}
		rows = append(rows, now.rows(engine, fmt.Sprintf("%s with %s of each kind, ", engine, grouped(size)), floor)...)
	}
	return rows, nil
}

func (b *bench) growthSizes() []int {
	if b.short {
		return growthSizes[:2]
	}
	return growthSizes
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// fillPlatform creates the tables by a start, and fills them while no program runs.
func (b *bench) fillPlatform(ctx context.Context, data, driver, source string, size int) (err error) {
	p, err := b.startSelasar(ctx, data)
	if err != nil {
		return err
	}
	p.stop()
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	script := strings.NewReplacer(":to", strconv.Itoa(size), ":now", strconv.FormatInt(time.Now().UnixMilli(), 10)).Replace(growthScript)
	for statement := range strings.SplitSeq(script, ";\n") {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if driver == "sqlite" {
		return nil
	}
	_, err = db.ExecContext(ctx, "ANALYZE") // as autovacuum does after a while
	return err
}
