package dev

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

func TestRemoveLeftovers_removes_only_folders_without_a_platform(t *testing.T) {
	temporary := t.TempDir()
	folder := func(name, lock string) string {
		dir := filepath.Join(temporary, name)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if lock != "" {
			if err := os.WriteFile(filepath.Join(dir, lock), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	killed, running := folder("selasar-ephemeral-1", scratchLock), folder("selasar-ephemeral-2", scratchLock)
	starting, other := folder("selasar-ephemeral-3", ""), folder("selasar-4", scratchLock)
	target := folder("theirs", scratchLock)
	if err := os.Symlink(target, filepath.Join(temporary, "selasar-ephemeral-5")); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(running, scratchLock))
	if held, err := lock.TryLock(); err != nil || !held {
		t.Fatal(err)
	}
	defer func() { _ = lock.Close() }()
	removeLeftovers(temporary)
	if !gone(killed) {
		t.Error("the folder of a killed platform stays")
	}
	for _, dir := range []string{running, starting, other, target} {
		if gone(dir) {
			t.Errorf("%s is removed", dir)
		}
	}
}
