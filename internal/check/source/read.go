package source

import (
	"fmt"
	"slices"

	"github.com/selasar/selasar/internal/sourcetree"
)

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

// Read reads the sources of a folder. classes are the known classes of methods. A file or folder that cannot be read is an error.
func Read(folder string, classes []string) (r Reading, err error) {
	var files []*file
	tally, err := sourcetree.Read(folder, false, func(f sourcetree.File) {
		files = append(files, &file{f.Name, tokens(codeOf(f.Name, string(f.Text)))})
	})
	if err == nil {
		err = tally.Closed
	}
	if err != nil {
		return r, fmt.Errorf("reading the sources: %w", err)
	}
	r.Files, r.Large, r.More = tally.Files, tally.Large, tally.More
	r.find(files, classes)
	return r, nil
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
