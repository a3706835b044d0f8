package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

var errPostgres = errors.New("this is for SQLite; PostgreSQL has its own tools, such as pg_dump and pg_basebackup (docs/operations.md)")

// Backup writes the state of a SQLite database to a new file, also while the platform
// runs. The file has no master key.
func Backup(ctx context.Context, c Config, to string) error {
	o, err := c.place()
	switch {
	case err != nil:
		return err
	case o.URL != "":
		return errPostgres
	}
	if _, err := os.Stat(o.Path); err != nil {
		return fmt.Errorf("there is no database %s; name the data folder of the platform with --data", o.Path)
	}
	if err := sqlstore.Backup(ctx, o.Path, to); err != nil {
		return fmt.Errorf("the backup of %s: %w", o.Path, err)
	}
	return nil
}

// Restored is what Restore did.
type Restored struct {
	Path  string // of the restored database
	Aside string // where the replaced database is; empty without one
	Key   bool   // whether the master key of the data folder was there, and fits
}

// Restore puts a backup in the place of a SQLite database. It refuses while a platform
// uses the data folder, and, without force, if a database exists. With force, the existing
// database is kept under another name.
func Restore(ctx context.Context, c Config, from string, force bool) (r Restored, err error) {
	o, err := c.place()
	switch {
	case err != nil:
		return r, err
	case o.URL != "":
		return r, errPostgres
	}
	release, err := lock(c.Data)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, release()) }()
	r.Path = o.Path
	_, err = os.Lstat(o.Path)
	exists := !errors.Is(err, fs.ErrNotExist)
	if exists && !force {
		return r, fmt.Errorf("%s exists; to replace it, repeat with --force, which keeps it under another name", o.Path)
	}
	fresh := o.Path + ".restoring"
	if r.Key, err = c.checkedCopy(ctx, from, fresh); err != nil {
		return r, errors.Join(err, remove(fresh))
	}
	if exists {
		r.Aside = o.Path + time.Now().UTC().Format(".20060102T150405.000Z")
	}
	return r, replace(o.Path, fresh, r.Aside)
}

// checkedCopy copies a backup, and verifies the copy. It reports whether there is a master
// key, which then fits.
func (c Config) checkedCopy(ctx context.Context, from, to string) (hasKey bool, err error) {
	if info, err := os.Stat(from + "-wal"); err == nil && info.Size() > 0 {
		return false, fmt.Errorf("%s is a database in use and no backup; make one with selasar backup", from)
	}
	if err := copyFile(from, to); err != nil {
		return false, fmt.Errorf("reading the backup: %w", err)
	}
	err = sqlstore.Verify(to)
	if err == nil {
		hasKey, err = c.owns(ctx, to)
	}
	if err == nil {
		_, _, err = sqlstore.Inspect(ctx, sqlstore.Options{Path: to})
	}
	if err != nil {
		return false, fmt.Errorf("the backup %s: %w", from, err)
	}
	return hasKey, nil
}

// owns reports whether there is a master key. Its error says that the file belongs to
// another one than the current key, and the key before a change.
func (c Config) owns(ctx context.Context, path string) (hasKey bool, err error) {
	key, err := c.existingKey(ctx)
	if err != nil || key == nil {
		return false, err
	}
	previous, err := c.previousKey()
	if err == nil && previous == nil {
		previous, err = c.interrupted()
	}
	if err != nil {
		return true, err
	}
	if err = sqlstore.Owned(path, key); errors.Is(err, sqlstore.ErrForeign) && previous != nil {
		err = sqlstore.Owned(path, previous)
	}
	return true, err
}

// existingKey returns the master key; nil if there is none yet.
func (c Config) existingKey(ctx context.Context) (*secret.Key, error) {
	inFile := c.MasterKey == "" && c.MasterKeyCommand == ""
	if inFile && missing(c.keyPath()) {
		return nil, nil
	}
	return c.masterKey(ctx, sqlstore.Options{})
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// replace renames the files of a database aside, and a new file into its place. SQLite
// finds a log by the name of its database, so the log moves with it.
func replace(path, fresh, aside string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if aside == "" {
			if err := remove(path + suffix); err != nil {
				return err
			}
			continue
		}
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(fresh, path)
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
