package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite" // the driver
)

// commitFloor measures bare group commits: a row for each caller, in the same kind of
// file and with the same durability as Selasar's, and nothing else.
func (b *bench) commitFloor(ctx context.Context, callers, rounds int) (s series, err error) {
	folder, err := os.MkdirTemp(b.scratch, "commits-")
	if err != nil {
		return nil, err
	}
	f, err := openCommits(ctx, filepath.Join(folder, "commits.db"))
	if err != nil {
		return nil, err
	}
	defer f.close()
	works, err := each(callers, func() (work, error) { return f.write, nil })
	if err != nil {
		return nil, err
	}
	for range rounds {
		o, err := load(ctx, b.span(600*time.Millisecond), works)
		if err != nil {
			return nil, err
		}
		s = append(s, o)
	}
	return s, nil
}

// commits combines the rows of all waiting callers into one transaction.
type commits struct {
	db     *sql.DB
	conn   *sql.Conn
	insert *sql.Stmt
	queue  chan chan error
	ended  chan struct{}
}

func openCommits(ctx context.Context, path string) (*commits, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	f := &commits{db: db, queue: make(chan chan error, 256), ended: make(chan struct{})}
	if f.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err = f.conn.ExecContext(ctx, "CREATE TABLE spent (id TEXT PRIMARY KEY, app TEXT, user TEXT, hash BLOB, at BIGINT)"); err == nil {
		f.insert, err = f.conn.PrepareContext(ctx, "INSERT INTO spent VALUES ($1, $2, $3, $4, $5)")
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	go f.run(context.WithoutCancel(ctx))
	return f, nil
}

func (f *commits) write() error {
	done := make(chan error, 1)
	f.queue <- done
	return <-done
}

func (f *commits) run(ctx context.Context) {
	defer close(f.ended)
	for first := range f.queue {
		group := []chan error{first}
		for len(f.queue) > 0 && len(group) < cap(f.queue) {
			group = append(group, <-f.queue)
		}
		err := f.commit(ctx, len(group))
		for _, done := range group {
			done <- err
		}
	}
}

func (f *commits) commit(ctx context.Context, rows int) error {
	if _, err := f.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for range rows {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		if _, err := f.insert.ExecContext(ctx, id.String(), "bench", id.String(), make([]byte, 32), time.Now().UnixMilli()); err != nil {
			return err
		}
	}
	_, err := f.conn.ExecContext(ctx, "COMMIT")
	return err
}

func (f *commits) close() {
	close(f.queue)
	<-f.ended
	_ = f.conn.Close() // the file is deleted afterwards
	_ = f.db.Close()
}
