package engine

import "context"

// sqliteSchema migrates a SQLite file. A transaction takes the write lock when it
// begins; that is the lock for migrations.
type sqliteSchema struct{ lone }

func (s sqliteSchema) prepare(context.Context) error { return nil }

func (s sqliteSchema) tables(context.Context) (n int, err error) {
	err = read(s.on, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'`, &n)
	return n, err
}

func (s sqliteSchema) version(context.Context) (n int, err error) {
	err = read(s.on, versionQuery, &n)
	return n, err
}

func (s sqliteSchema) transact(_ context.Context, fn func(step) error) error {
	if err := s.on.Script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := fn(s); err != nil {
		_ = s.on.Script("ROLLBACK") // its error adds nothing to err
		return err
	}
	return s.on.Script("COMMIT")
}

func (s sqliteSchema) run(_ context.Context, text string) error { return s.on.Script(text) }
