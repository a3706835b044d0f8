//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Contents returns the whole content of a database, for tests that search it: the
// rows of each table as text, and the files, which also contain deleted rows.
func Contents(t testing.TB, address string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	if err := rows(t, address, found); err != nil {
		t.Fatal(err)
	}
	Super(t, address, "CHECKPOINT")
	oid := Number(t, address, "SELECT oid FROM pg_database WHERE datname = current_database()")
	c, err := started()
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(filepath.Join(c.dir, "data", "base", fmt.Sprint(oid)), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a concurrent cleanup
		}
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		found["file "+e.Name()] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func rows(t testing.TB, address string, found map[string][]byte) error {
	db := open(t, As(address, super, ""))
	list, err := db.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
	if err != nil {
		return err
	}
	defer list.Close()
	var tables []string
	for list.Next() {
		var name string
		if err := list.Scan(&name); err != nil {
			return err
		}
		tables = append(tables, name)
	}
	for _, name := range tables {
		var text []byte
		if err := db.QueryRow("SELECT coalesce(string_agg(one::text, chr(10)), '') FROM " + name + " AS one").Scan(&text); err != nil {
			return err
		}
		found["table "+name] = text
	}
	return list.Err()
}
