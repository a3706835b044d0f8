package engine

import (
	"log/slog"
	"os"
	"sync"

	"github.com/selasar/selasar/internal/problem"
)

// presence notices that the files of a SQLite database were removed or replaced while they are open. SQLite would go on
// writing into the removed files, and all of it would be lost at the end of the process.
type presence struct {
	files map[string]os.FileInfo
	once  sync.Once
}

// watchPresence remembers the files of a database that is open.
func watchPresence(path string) *presence {
	p := &presence{files: map[string]os.FileInfo{}}
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			p.files[name] = info
		}
	}
	return p
}

// check returns an error when a file is no longer the one that was opened. It logs that once.
func (p *presence) check() error {
	for name, opened := range p.files {
		if now, err := os.Stat(name); err == nil && os.SameFile(opened, now) {
			continue
		}
		err := problem.New(problem.Internal, "the database file %s was removed or replaced while Selasar runs, so nothing can be kept; stop Selasar and start it again", name)
		p.once.Do(func() { slog.Error(err.Error()) })
		return err
	}
	return nil
}
