package sqlstore

import (
	"database/sql"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/secret"
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

// What pgbench is given to run beside us (bench/cycle.sql) is what the stores run.
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

// statementsOfCycle gives the shapes of what the stores of a login run.
func statementsOfCycle(t *testing.T) map[string]bool {
	t.Helper()
	now, ctx := clock.NewSystem(), t.Context()
	db, err := Open(ctx, Options{URL: pgtest.Database(t), Key: secret.Random(), Log: journal.NewLog(now, id.NewSource(now, nil)), Pool: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx := &Tx{db: db, run: db.reads}
	_, _ = tx.Launches().Get(ctx, "none") // there is none; the statement is what counts
	_, _ = tx.MiniApps().Get(ctx, "none")
	_, _ = tx.Users().Get(ctx, "none")
	_, _, _ = tx.Credentials().Get(ctx, "none")
	err = db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Tokens().Insert(ctx, login.Token{ID: "one", SecretHash: []byte{1}})
		return err
	})
	if err == nil {
		err = db.SaveTraces(ctx, []journal.Entry{{ID: "one"}})
	}
	runs := map[string]bool{}
	for _, pool := range []*sql.DB{db.engine.(*postgres).reading, db.engine.(*postgres).writing} {
		conn, failed := pool.Conn(ctx)
		if err != nil || failed != nil {
			t.Fatal(err, failed)
		}
		_ = conn.Raw(func(c any) error {
			for statement := range c.(*wire).known {
				runs[shape(statement)] = true
			}
			return nil
		})
		_ = conn.Close()
	}
	return runs
}
