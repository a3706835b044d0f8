package sqlstore

import (
	"reflect"
	"slices"
	"testing"

	"github.com/selasar/selasar/internal/sql/engine"
)

// keptByReset are the tables that a reset never empties.
var keptByReset = []string{"root_key", "schema_versions", "master_key", "credentials"}

// A reset empties every table of the schema, except for the listed ones. A table of a
// new migration fails this test until its store names it.
func TestReset_covers_every_table_of_the_schema(t *testing.T) {
	db := openEmpty(t, new(func(string)))
	all := append(resetTables(), keptByReset...)
	for _, table := range texts(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
		if !slices.Contains(all, table) {
			t.Errorf("no store names the table %s: a reset leaves its rows", table)
		}
		all = slices.DeleteFunc(all, func(name string) bool { return name == table })
	}
	if len(all) > 0 {
		t.Errorf("these tables do not exist, or are named twice: %v", all)
	}
}

// A reset empties a table before the tables that it refers to.
func TestReset_follows_the_references(t *testing.T) {
	db := openEmpty(t, new(func(string)))
	order := resetTables()
	for i, table := range order {
		for _, referred := range texts(t, db, `SELECT "table" FROM pragma_foreign_key_list('`+table+`')`) {
			if at := slices.Index(order, referred); at >= 0 && at < i {
				t.Errorf("%s is emptied before %s, which refers to it", referred, table)
			}
		}
	}
}

// Every store of a transaction is in the list of the reset.
func TestReset_covers_every_store(t *testing.T) {
	listed := map[reflect.Type]bool{}
	for _, s := range stores {
		listed[reflect.TypeOf(s)] = true
	}
	tx := reflect.ValueOf(&Tx{db: &DB{}})
	for i := range tx.NumMethod() {
		method := tx.Type().Method(i)
		if method.Type.NumIn() > 1 || method.Type.NumOut() != 1 {
			continue
		}
		if store := tx.Method(i).Call(nil)[0].Elem().Type(); !listed[store] {
			t.Errorf("Tx.%s returns a %s, which is not in stores", method.Name, store)
		}
	}
}

func texts(t *testing.T, db *DB, query string) (list []string) {
	t.Helper()
	err := db.reads.All(t.Context(), func(row engine.Row) error {
		var one string
		err := row.Scan(&one)
		list = append(list, one)
		return err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
