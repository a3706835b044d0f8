package sqlstore

import "context"

// resettable is a store. It names the tables that a reset empties.
type resettable interface {
	// tables returns the names, a table before those that it refers to.
	tables() []string
}

// stores are all stores of a Tx. A store stands before those whose tables its
// own refer to, because a row that is referred to cannot be deleted.
var stores = []resettable{
	entries{}, notifications{}, messages{}, payments{}, requests{}, bankTokens{}, tokens{}, asks{}, consents{}, launches{},
	wallets{}, users{}, miniApps{}, settings{}, credentials{},
}

// resetTables returns the tables that a reset empties, in the order in which
// it does.
func resetTables() (names []string) {
	for _, s := range stores {
		names = append(names, s.tables()...)
	}
	return names
}

// Clear empties the database: for the reset of a development platform.
func (tx *Tx) Clear(ctx context.Context) error {
	tx.db.recent.changeAll()
	for _, table := range resetTables() {
		if _, err := tx.run.Exec(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	return nil
}
