// Package sourcetree reads the files of a folder that a developer has written and that may call a JSAPI.
package sourcetree

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// The bounds of one reading. Sources of a page are far smaller.
const (
	MaxFile  = 1 << 20  // bytes; a larger file is not written by hand
	maxBytes = 64 << 20 // in all files together
	maxFiles = 5000
)

// endings are those of the files, with whether the code is inside markup.
var endings = map[string]bool{
	".js": false, ".mjs": false, ".cjs": false, ".jsx": false, ".ts": false, ".mts": false, ".cts": false, ".tsx": false,
	".html": true, ".htm": true, ".vue": true, ".svelte": true, ".astro": true,
}

// IsMarkup reports whether a file of this name has its code inside markup.
func IsMarkup(name string) bool { return endings[strings.ToLower(path.Ext(name))] }

// built are folders of generated files and of packages.
var built = []string{"node_modules", "bower_components", "dist", "build", "out", "coverage", "vendor", "target"}

// Skipped reports whether a folder of this name never has sources: it is hidden, or a tool fills it.
func Skipped(folder string) bool {
	return strings.HasPrefix(folder, ".") || slices.Contains(built, folder)
}

// A File is a source file.
type File struct {
	Name string // the path below the folder, with slashes
	Text []byte
}

// A Tally says how complete a reading is.
type Tally struct {
	Files   int   // that were read
	Large   int   // that were not, because they are larger than [MaxFile]
	More    bool  // whether a bound ended the reading before the last file
	Closed  error // the first error of a file or folder below that cannot be read
	inBytes int64
}

// Read calls visit with every source file of a folder, in the order of their paths. It follows no link and skips minified
// and bundled files. With output it reads what a build has written, too. The error is that of the folder itself.
func Read(dir string, output bool, visit func(File)) (tally Tally, err error) {
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == dir:
			return err
		case err != nil:
			return tally.skip(err)
		case entry.IsDir() && name != dir && isLeftOut(entry.Name(), output):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !isSource(entry.Name(), output):
			return nil
		}
		text, err := tally.read(name, entry)
		if text == nil || err != nil || !output && isBundle(text) {
			return err
		}
		tally.Files++
		relative, err := filepath.Rel(dir, name)
		visit(File{filepath.ToSlash(relative), text})
		return err
	})
	return tally, err
}

func isLeftOut(folder string, output bool) bool {
	if output {
		return strings.HasPrefix(folder, ".") || folder == "node_modules"
	}
	return Skipped(folder)
}

func isSource(name string, output bool) bool {
	_, known := endings[strings.ToLower(path.Ext(name))]
	return known && (output || !strings.Contains(name, ".min."))
}

// isBundle reports whether a tool has made a file: its sources are read instead.
func isBundle(text []byte) bool { return bytes.Contains(text, []byte("\n//# sourceMappingURL=")) }

// read returns the text of a file; it is nil if the file is left out. At a bound it returns [fs.SkipAll].
func (t *Tally) read(name string, entry fs.DirEntry) ([]byte, error) {
	info, err := entry.Info()
	switch {
	case err != nil:
		return nil, t.skip(err)
	case info.Size() > MaxFile:
		t.Large++
		return nil, nil
	case t.Files == maxFiles || t.inBytes+info.Size() > maxBytes:
		t.More = true
		return nil, fs.SkipAll
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, t.skip(err)
	}
	t.inBytes += info.Size()
	return text, nil
}

// skip records that something cannot be read. The reading continues.
func (t *Tally) skip(err error) error {
	if t.Closed == nil {
		t.Closed = err
	}
	return nil
}
