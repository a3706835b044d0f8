//go:build linux || darwin

package serve

import "syscall"

// freeSpace returns the free bytes of a folder's disk that this user may use.
func freeSpace(dir string) (uint64, error) {
	var of syscall.Statfs_t
	if err := syscall.Statfs(dir, &of); err != nil {
		return 0, err
	}
	return of.Bavail * uint64(of.Bsize), nil
}
