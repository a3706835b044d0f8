package dev

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

// dataFolder creates the data folder, and locks it against a second platform.
func (d *Platform) dataFolder() (string, error) {
	removeLeftovers(os.TempDir())
	if d.config.Ephemeral {
		return d.scratchFolder()
	}
	dir := d.config.Data
	if dir == "" {
		dir = filepath.Join(d.config.Target, ".selasar")
		if isURL(d.config.Target) {
			dir = ".selasar"
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("making the data folder: %w; choose another with --data, or use --ephemeral", err)
	}
	ignore := filepath.Join(dir, ".gitignore")
	if gone(ignore) {
		_ = os.WriteFile(ignore, []byte("*\n"), 0o600) // without it, git lists the folder; nothing else depends on it
	}
	d.lock = flock.New(filepath.Join(dir, "lock"))
	held, err := d.lock.TryLock()
	if err != nil {
		return "", fmt.Errorf("holding the data folder %s: %w", dir, err)
	}
	if !held {
		d.lock = nil
		return "", fmt.Errorf("another selasar uses the data folder %s; stop it, choose another with --data, or use --ephemeral", dir)
	}
	return dir, nil
}

// database returns the database of everything but the master key. By default, it is
// in the data folder.
func (d *Platform) database() (sqlstore.Options, error) {
	switch {
	case d.config.Database == "":
		return sqlstore.Options{}, nil
	case d.config.Ephemeral:
		return sqlstore.Options{}, errors.New("--ephemeral keeps nothing, and --database names what is kept; leave one of them away")
	}
	o, err := sqlstore.Locate(d.config.Database)
	if err != nil {
		return o, fmt.Errorf("--database: %w", err)
	}
	return o, nil
}

// masterKey reads the master key of the data folder, and creates it in a new one. It
// refuses a database without its key.
func masterKey(data string) (*secret.Key, error) {
	path, database := filepath.Join(data, "master.key"), filepath.Join(data, "selasar.db")
	if gone(path) && !gone(database) {
		return nil, fmt.Errorf("%s is gone, and %s cannot be read without it; put it back from a backup, or remove the folder %s to start afresh", path, database, data)
	}
	return secret.Open(path)
}

func gone(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// kept returns the folder and the files that no page may read. The default folder
// .selasar is already hidden by its name.
func (d *Platform) kept() (list []string) {
	if d.config.Data != "" {
		list = append(list, d.config.Data)
	}
	if o, err := d.database(); err == nil && o.Path != "" {
		paths := []string{o.Path}
		if real, err := filepath.EvalSymlinks(o.Path); err == nil && real != o.Path {
			paths = append(paths, real) // SQLite puts its other files beside the real one
		}
		for _, path := range paths {
			list = append(list, path, path+"-wal", path+"-shm")
		}
	}
	return list
}
