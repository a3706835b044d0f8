package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/sql/engine"
)

// resettable is a store. It names the tables that a reset empties.
type resettable interface {
	// tables returns the names: a table before the tables that it refers to.
	tables() []string
}

// stores are all stores of a Tx. A store precedes the stores whose tables its own
// refer to, because a row with references to it cannot be deleted.
var stores = []resettable{
	entries{}, notifications{}, messages{}, transfers{}, payments{}, requests{}, bankTokens{}, tokens{}, blobs{}, asks{}, auditLog{}, consents{}, launches{},
	wallets{}, users{}, miniApps{}, settings{}, credentials{}, apiKeys{}, registrations{},
}

// resetTables returns the tables that a reset empties, in the order of deletion.
func resetTables() (names []string) {
	for _, s := range stores {
		names = append(names, s.tables()...)
	}
	return names
}

// Clear empties the database, except for the credentials. The reset of a development
// platform uses it.
func (db *DB) Clear(ctx context.Context) error {
	return db.engine.Empty(ctx, resetTables(), db.recent.changeAll, func(run engine.Statements) error { return db.chains.Begin(ctx, run) })
}
