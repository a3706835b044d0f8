package dev

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// A platform with --ephemeral keeps its data in a folder of the system's temporary folder, and removes it at its end. A
// killed platform cannot. So each platform holds a lock in its folder, and the next start removes the folders whose lock
// nobody holds.
const (
	scratchPattern = "selasar-ephemeral-*"
	scratchLock    = "lock"
)

// scratchFolder creates and locks the folder of an ephemeral platform.
func (d *Platform) scratchFolder() (string, error) {
	for range 10 {
		dir, err := os.MkdirTemp("", scratchPattern)
		if err != nil {
			return "", fmt.Errorf("making a temporary folder: %w", err)
		}
		lock := flock.New(filepath.Join(dir, scratchLock))
		if held, err := lock.TryLock(); err == nil && held && !gone(lock.Path()) {
			d.scratch, d.lock = dir, lock
			return dir, nil
		}
		// Another start took it for a leftover between its creation and the lock.
		_ = lock.Close()
		_ = os.RemoveAll(dir)
	}
	return "", errors.New("making a temporary folder: each was removed at once; set TMPDIR to a folder of your own")
}

// removeLeftovers removes the folders of ephemeral platforms that were killed. It ignores those of other users.
func removeLeftovers(temporary string) {
	found, _ := filepath.Glob(filepath.Join(temporary, scratchPattern))
	for _, dir := range found {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || gone(filepath.Join(dir, scratchLock)) {
			continue
		}
		lock := flock.New(filepath.Join(dir, scratchLock))
		if held, err := lock.TryLock(); err == nil && held {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}
