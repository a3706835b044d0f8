//go:build unix

package main

import (
	"cmp"
	"database/sql"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// The scripts in testdata/operator run every command of an operator against a running
// platform: once on SQLite, and once on PostgreSQL.
func TestOperatorScripts(t *testing.T) {
	for name, database := range map[string]string{"sqlite": "", "postgres": pgtest.Database(t)} {
		t.Run(name, func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir: filepath.Join("testdata", "operator"), RequireExplicitExec: true, RequireUniqueNames: true,
				Setup: func(env *testscript.Env) error {
					env.Setenv("DATABASE", database)
					return reserve(env, "LISTEN", "ADMIN")
				},
				Condition: func(condition string) (bool, error) { return condition == name, nil },
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"await": await, "awaitfile": awaitFile, "oneline": oneLine, "insert": insert, "capture": capture,
				},
			})
		})
	}
}

// insert STATEMENT changes the database of the running platform.
func insert(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: insert STATEMENT")
	}
	driver, place := "pgx", ts.Getenv("DATABASE")
	if place == "" {
		driver, place = "sqlite", ts.MkAbs("data/selasar.db")+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, place)
	ts.Check(err)
	defer func() { _ = db.Close() }()
	_, err = db.Exec(args[0])
	ts.Check(err)
}

// capture VARIABLE PATTERN [FILE] sets a variable to the first group of a pattern in a
// file, or in the standard output of the last command.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: capture VARIABLE PATTERN [FILE]")
	}
	text := ts.ReadFile(cmp.Or(append(args, "stdout")[2], "stdout"))
	found := regexp.MustCompile(args[1]).FindStringSubmatch(text)
	if len(found) != 2 {
		ts.Fatalf("no %s in %q", args[1], text)
	}
	ts.Setenv(args[0], found[1])
}

// withPostgres is a test run that may use PostgreSQL.
type withPostgres struct{ m *testing.M }

// Run runs the tests.
func (w withPostgres) Run() int { return pgtest.Run(w.m) }
