package sqlstore

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

var (
	values = regexp.MustCompile(`VALUES .*\)( ON CONFLICT|$)`)
	value  = regexp.MustCompile(`\$\d+|'[^']*'`)
)

// shape is a statement without its values.
func shape(statement string) string {
	one := strings.Join(strings.Fields(statement), " ")
	return value.ReplaceAllString(values.ReplaceAllString(one, "VALUES$1"), "?")
}

// The statements of pgbench's script (bench/cycle.sql) are the statements of the
// stores.
func TestBench_has_the_statements_of_the_stores(t *testing.T) {
	script, err := os.ReadFile("../../bench/cycle.sql")
	if err != nil {
		t.Fatal(err)
	}
	runs := statementsOfCycle(t)
	for _, statement := range strings.Split(regexp.MustCompile(`(?m)^(--|\\).*$`).ReplaceAllString(string(script), ""), ";") {
		if one := shape(statement); !runs[one] && one != "" && one != "COMMIT" && one != "BEGIN ISOLATION LEVEL READ COMMITTED" {
			t.Errorf("no store runs %s", one)
		}
	}
}

// statementsOfCycle returns the shapes of the statements that the stores run for a
// login, read from the prepared statements of each pool's only connection.
func statementsOfCycle(t *testing.T) map[string]bool {
	t.Helper()
	now, ctx := clock.NewSystem(), t.Context()
	db, err := Open(ctx, Options{URL: pgtest.Database(t), Key: secret.Random(), Log: journal.NewLog(now, id.NewSource(now, nil)), Pool: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx := &Tx{db: db, run: db.reads}
	_, _ = tx.Launches().Get(ctx, "none") // it does not exist; the test needs only the statement
	_, _ = tx.MiniApps().Get(ctx, "none")
	_, _ = tx.Users().Get(ctx, "none")
	_, _, _ = tx.Credentials().Get(ctx, "none")
	runs := map[string]bool{}
	collect := func(run engine.Statements) error {
		return run.All(ctx, func(row engine.Row) error {
			var statement string
			err := row.Scan(&statement)
			runs[shape(statement)] = true
			return err
		}, "SELECT statement FROM pg_prepared_statements")
	}
	err = db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Tokens().Insert(ctx, login.Token{ID: "one", SecretHash: []byte{1}})
		return err
	})
	if err == nil {
		err = db.SaveTraces(ctx, []journal.Entry{{ID: "one"}})
	}
	if err == nil {
		err = db.Write(ctx, func(tx *Tx) error { return collect(tx.run) })
	}
	if err == nil {
		err = collect(db.reads)
	}
	if err != nil {
		t.Fatal(err)
	}
	return runs
}
