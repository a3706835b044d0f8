package sqlstore

import (
	"embed"
	"io/fs"
)

// The files in migrations create the schema. They run in the order of the numbers in
// their names. A released file never changes.
//
//go:embed migrations
var migrations embed.FS

// schema returns the folder of migrations.
func schema() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
