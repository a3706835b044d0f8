package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Empty truncates the tables in one statement, at any size in some milliseconds.
func (p *postgres) Empty(ctx context.Context, tables []string, begin func(), fill func(Statements) error) error {
	return p.Write(ctx, func(run Statements) error {
		begin()
		if _, err := run.Exec(ctx, "TRUNCATE "+strings.Join(tables, ", ")); err != nil {
			return err
		}
		return fill(run)
	}, func() {})
}

// errInUse reports that another program has the file open.
var errInUse = errors.New("another program has the database open")

// Empty replaces the file by a new one that has only the rows of the other tables:
//
//	build PATH.new ─ close PATH, which empties its log ─ rename PATH.new to PATH ─ open PATH
//
// Until the rename, PATH is whole and has its rows; after it, PATH is the new file. So a
// kill at any moment leaves one of the two. When another program has the file open, it
// would keep the old one; then the rows are deleted instead.
func (s *file) Empty(ctx context.Context, tables []string, begin func(), fill func(Statements) error) error {
	s.writing.Lock() // waits for the running writes
	defer s.writing.Unlock()
	begin()
	err := s.replace(ctx, tables, fill)
	if errors.Is(err, errInUse) {
		slog.Info("the reset deletes each row, because another program has the database open")
		err = s.writer.do(ctx, func(run Statements) error {
			if err := deleteAll(ctx, run, tables); err != nil {
				return err
			}
			return fill(run)
		}, func() {})
	}
	if s.options.OnGroup != nil {
		s.options.OnGroup()
	}
	return explain(err)
}

func deleteAll(ctx context.Context, run Statements, tables []string) error {
	for _, table := range tables {
		if _, err := run.Exec(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	return nil
}

func (s *file) replace(ctx context.Context, tables []string, fill func(Statements) error) error {
	path, fresh := s.options.Path, s.options.Path+".new"
	if err := s.build(ctx, fresh, tables, fill); err != nil {
		return errors.Join(fmt.Errorf("building an empty database: %w", err), discard(fresh))
	}
	s.before("RESET")
	s.replacing.Lock()
	defer s.replacing.Unlock()
	err := s.Close()
	if err == nil && exists(path+"-wal") {
		err = errors.Join(errInUse, discard(fresh))
	}
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if opening := s.attempt(ctx); opening != nil {
		return fmt.Errorf("opening the database after a reset: %w", errors.Join(opening, err))
	}
	return err
}

// build makes a database with the current schema, copies the tables that a reset keeps,
// and fills the others.
func (s *file) build(ctx context.Context, fresh string, emptied []string, fill func(Statements) error) (err error) {
	if err := discard(fresh); err != nil { // of an earlier process
		return err
	}
	if err := private(fresh); err != nil {
		return err
	}
	conn, err := open(fresh, writerPragmas...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := migrate(ctx, sqliteSchema{lone{conn}}, s.options.Migrations); err != nil {
		return err
	}
	if _, err := conn.Exec("ATTACH DATABASE $1 AS old", s.options.Path); err != nil {
		return err
	}
	copying := []string{"BEGIN IMMEDIATE"}
	err = lone{conn}.all(ctx, func(row Row) error {
		var table string
		err := row.Scan(&table)
		if !slices.Contains(emptied, table) {
			copying = append(copying, "INSERT OR REPLACE INTO main."+table+" SELECT * FROM old."+table)
		}
		return err
	}, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", nil)
	if err != nil {
		return err
	}
	if err := conn.Script(strings.Join(copying, ";\n")); err != nil {
		return err
	}
	if err := fill(&part{run: lone{conn}}); err != nil {
		return err
	}
	return conn.Script("COMMIT;\nDETACH DATABASE old")
}

// discard removes a database with its log.
func discard(path string) (failed error) {
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
