package project

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The bounds of a look at the sources.
const (
	maxFiles = 5000
	maxFile  = 1 << 20  // bytes; a larger file is not written by hand
	maxBytes = 64 << 20 // in all files together
)

// endings are those of files that may call a JSAPI.
var endings = []string{".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro", ".html", ".htm"}

// built are folders of generated files and of packages.
var built = []string{"node_modules", "bower_components", "dist", "build", "out", "coverage", "vendor", "target"}

// skipped reports whether the sources of a project are never in a folder of this name.
func skipped(folder string) bool {
	return strings.HasPrefix(folder, ".") || slices.Contains(built, folder)
}

// scan reads the sources of a folder. A folder without sources may be the output of a build: then that is read.
func scan(dir string) (use Use, err error) {
	r := reading{dir: dir}
	if err := r.walk(skipped); err != nil {
		return use, err
	}
	if r.files == 0 {
		err = r.walk(func(folder string) bool { return strings.HasPrefix(folder, ".") || folder == "node_modules" })
	}
	return r.use(), err
}

// reading is a look at the sources.
type reading struct {
	dir    string
	files  int
	bytes  int64
	bound  bool // whether a bound ended it
	traces []trace
}

func (r *reading) walk(skip func(folder string) bool) error {
	return filepath.WalkDir(r.dir, func(path string, file fs.DirEntry, err error) error {
		switch {
		case err != nil && path != r.dir:
			return nil // a folder that cannot be read has no sources for us
		case err != nil:
			return err
		case file.IsDir() && path != r.dir && skip(file.Name()):
			return filepath.SkipDir
		case !file.Type().IsRegular() || !slices.Contains(endings, strings.ToLower(filepath.Ext(path))):
			return nil
		}
		info, err := file.Info()
		if err != nil || info.Size() > maxFile {
			return nil
		}
		if r.files == maxFiles || r.bytes+info.Size() > maxBytes {
			r.bound = true
			return filepath.SkipAll
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		r.files++
		r.bytes += info.Size()
		name, err := filepath.Rel(r.dir, path)
		r.read(filepath.ToSlash(name), text)
		return err
	})
}

// lineOf returns the number of the line at an offset.
func lineOf(text []byte, offset int) int { return 1 + bytes.Count(text[:offset], []byte("\n")) }
