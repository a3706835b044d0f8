package project

import (
	"bytes"

	"github.com/selasar/selasar/internal/sourcetree"
)

// scan reads the sources of a folder. A folder without sources may be the output of a build: then that is read.
func scan(dir string) (Use, error) {
	r := reading{dir: dir}
	err := r.walk(false)
	if err == nil && r.files == 0 {
		err = r.walk(true)
	}
	return r.use(), err
}

// reading is a look at the sources.
type reading struct {
	dir    string
	files  int
	bound  bool // whether a bound ended it
	traces []trace
}

// walk reads the files of the folder; output is whether those of a build count.
func (r *reading) walk(output bool) error {
	tally, err := sourcetree.Read(r.dir, output, func(f sourcetree.File) { r.read(f.Name, f.Text) })
	r.files, r.bound = tally.Files, tally.More
	return err
}

// lineOf returns the number of the line at an offset.
func lineOf(text []byte, offset int) int { return 1 + bytes.Count(text[:offset], []byte("\n")) }
