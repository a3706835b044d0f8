//go:build !windows

package engine

import (
	"errors"
	"os"
)

// syncFolder makes the renaming of a file durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
