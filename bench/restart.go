package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
)

// measureRestart measures the start after a kill -9: with the log of a short load,
// and with a log of 64 MiB.
func measureRestart(ctx context.Context, b *bench) ([]row, error) {
	data := filepath.Join(b.scratch, "restart")
	if err := b.killUnderLoad(ctx, data); err != nil {
		return nil, err
	}
	short, err := b.restarts(ctx, data)
	if err != nil {
		return nil, err
	}
	long := filepath.Join(b.scratch, "restart-long")
	if err := lengthen(ctx, data, long, 64<<20); err != nil {
		return nil, err
	}
	slow, err := b.restarts(ctx, long)
	return []row{
		{what: "restart after kill -9 under load", ours: inMillis(median(short))},
		{what: "restart after kill -9, log of 64 MiB", ours: inMillis(median(slow)), floor: inMillis(median(short)), ratio: times(median(slow) / median(short)),
			atLeast: "250 ms", holds: holds(median(slow) <= 250)},
	}, err
}

func (b *bench) killUnderLoad(ctx context.Context, data string) error {
	p, err := b.startPlatform(ctx, data)
	if err != nil {
		return err
	}
	cycles, err := each(16, cycle(p, false))
	if err == nil {
		time.AfterFunc(b.span(time.Second), p.kill)
		_, _ = load(ctx, b.span(2*time.Second), cycles) // ends when the connections fail
	}
	p.kill()
	return err
}

// restarts starts Selasar on copies of a data folder, and returns the times to the
// first answer.
func (b *bench) restarts(ctx context.Context, from string) (ready []float64, err error) {
	for i := range b.rounds(9) {
		data := fmt.Sprintf("%s-%d", from, i)
		if err := copyFolder(data, from); err != nil {
			return nil, err
		}
		p, err := b.startSelasar(ctx, data)
		if err != nil {
			return nil, err
		}
		p.kill()
		ready = append(ready, millis(p.ready))
		if err := os.RemoveAll(data); err != nil {
			return nil, err
		}
	}
	return ready, nil
}

func copyFolder(to, from string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), "-shm") {
			continue // rebuilt from the log, as after a crash of the machine
		}
		data, err := os.ReadFile(filepath.Join(from, f.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, f.Name()), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// lengthen writes journal entries until the log has a size. It then copies the folder
// while the database is open, as a crash would leave it.
func lengthen(ctx context.Context, from, to string, size int64) (err error) {
	file := filepath.Join(from, "selasar.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=wal_autocheckpoint(0)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	detail := `{"filler":"` + strings.Repeat("x", 400) + `"}`
	for {
		log, err := os.Stat(file + "-wal")
		if err == nil && log.Size() >= size {
			return copyFolder(to, from)
		}
		if err := fill(ctx, db, detail); err != nil {
			return err
		}
	}
}

func fill(ctx context.Context, db *sql.DB, detail string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for range 2000 {
		id, err := uuid.NewV7()
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO journal (id, at, kind, mini_app_id, user_id, launch_id, call_id, payment, title, outcome, code, message, next, duration_us, detail)
			VALUES ($1, 0, 'call', '', '', '', '', '', 'filler', 'ok', 0, '', '', 0, $2)`, id.String(), detail)
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}
