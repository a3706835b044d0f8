package source

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// The limits of one reading. Sources of a page are far smaller.
const (
	maxFile  = 1 << 20
	maxFiles = 5000
)

// skipped are folders without sources of the developer.
var skipped = []string{"node_modules", "vendor", "dist", "build", "out", "coverage"}

// Reading is what the sources of a folder say.
type Reading struct {
	Files      int     // that were read
	Large      int     // that were not, because they are larger than the limit
	More       bool    // whether there are more files than the limit
	Calls      []Call  // in the order of files and lines
	Unreadable []Place // calls of gpContainer whose names are not literal
	Features   []Feature
	Camel      []Place // errorCode and its like
	Snake      []Place // error_code and its like
}

// Read reads the sources of a folder. classes are the known classes of methods. It follows no link and skips hidden folders,
// installed packages and built files.
func Read(folder string, classes []string) (Reading, error) {
	var r Reading
	var files []*file
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() {
			if name != folder && (strings.HasPrefix(base, ".") || slices.Contains(skipped, base)) {
				return fs.SkipDir
			}
			return nil
		}
		if _, ok := extensions[strings.ToLower(path.Ext(base))]; !ok || !entry.Type().IsRegular() || strings.Contains(base, ".min.") {
			return nil
		}
		if r.Files >= maxFiles {
			r.More = true
			return fs.SkipAll
		}
		f, err := read(folder, name, entry, &r)
		if f != nil {
			files = append(files, f)
		}
		return err
	})
	if err != nil {
		return r, fmt.Errorf("reading the sources: %w", err)
	}
	r.find(files, classes)
	return r, nil
}

func read(folder, name string, entry fs.DirEntry, r *Reading) (*file, error) {
	info, err := entry.Info()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		r.Large++
		return nil, nil
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	relative, err := filepath.Rel(folder, name)
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(content), "\n//# sourceMappingURL=") { // a built file: its sources are read instead
		return nil, nil
	}
	r.Files++
	slashed := filepath.ToSlash(relative)
	return &file{slashed, tokens(codeOf(slashed, string(content)))}, nil
}

func (r *Reading) find(files []*file, classes []string) {
	var instances []string
	own := map[*file][]string{}
	for _, f := range files {
		own[f] = f.instances()
		instances = append(instances, own[f]...)
	}
	for _, f := range files {
		f.containerCalls(r, classes)
		known := slices.DeleteFunc(slices.Clone(instances), func(name string) bool { return !f.knows(name, own[f]) })
		f.sdkCalls(r, known)
		f.features(r)
		f.spellings(r)
	}
}
