package sqlstore

import (
	"embed"
	"io/fs"
)

// The schema is made by the files in migrations, in the order of the numbers
// that their names begin with. A released file is never altered.
//
//go:embed migrations
var migrations embed.FS

// schema returns the files.
func schema() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
