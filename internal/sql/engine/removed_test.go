package engine

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPresence_notices_removed_and_replaced_files_and_says_so_once(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	for _, gone := range []string{"selasar.db", "selasar.db-wal"} {
		for _, replaced := range []bool{false, true} {
			log.Reset()
			dir := t.TempDir()
			for _, name := range []string{"selasar.db", "selasar.db-wal"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			p := watchPresence(filepath.Join(dir, "selasar.db"))
			if err := p.check(); err != nil {
				t.Fatal(err)
			}
			kept := filepath.Join(dir, "kept") // keeps the number of the file in use
			if err := os.Rename(filepath.Join(dir, gone), kept); err != nil {
				t.Fatal(err)
			}
			if replaced {
				if err := os.WriteFile(filepath.Join(dir, gone), []byte(gone), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for range 3 {
				if err := p.check(); err == nil || !strings.Contains(err.Error(), gone) || !strings.Contains(err.Error(), "start it again") {
					t.Errorf("%s, replaced %t: %v", gone, replaced, err)
				}
			}
			if n := strings.Count(log.String(), "was removed or replaced"); n != 1 {
				t.Errorf("%s: logged %d times", gone, n)
			}
		}
	}
}
