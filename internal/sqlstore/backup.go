package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
)

// Backup writes one state of a SQLite file to a new file, also while a server uses it (see
// engine.Copy). The backup needs the database's master key, which is not in it.
func Backup(ctx context.Context, path, to string) error { return engine.Copy(ctx, path, to) }

// Verify reads a whole SQLite file. Its error names the first damage.
func Verify(path string) error { return engine.Verify(path) }

// Owned returns an error if a SQLite file belongs to another master key.
func Owned(path string, key *secret.Key) error { return engine.Owned(path, key) }
