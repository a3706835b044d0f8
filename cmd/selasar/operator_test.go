//go:build unix

package main

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// The scripts in testdata/operator run every command of an operator against a running
// platform: once on SQLite, and once on PostgreSQL.
func TestOperatorScripts(t *testing.T) {
	for name, database := range map[string]string{"sqlite": "", "postgres": pgtest.Database(t)} {
		second := pgtest.Database(t)
		t.Run(name, func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir: filepath.Join("testdata", "operator"), RequireExplicitExec: true, RequireUniqueNames: true,
				Setup: func(env *testscript.Env) error {
					env.Setenv("DATABASE", database)
					env.Setenv("SECOND", second)
					return reserve(env, "LISTEN", "ADMIN")
				},
				Condition: func(condition string) (bool, error) { return condition == name, nil },
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"await": await, "awaitfile": awaitFile, "oneline": oneLine, "insert": insert, "capture": capture, "allow": allow,
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

// allow MINIAPP USER opens a launch, and allows what its sheet asks for.
func allow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: allow MINIAPP USER")
	}
	var launch struct {
		Token string
		Ask   struct{ ID string }
	}
	wish := fmt.Sprintf(`{"mini_app_id":%q,"user_id":%q,"device":{"os":"android","app_version":"2.45.0"}}`, args[0], args[1])
	send(ts, "http://"+ts.Getenv("ADMIN")+"/admin/v1/launches", ts.Getenv("SELASAR_KEY"), wish, &launch)
	send(ts, "http://"+ts.Getenv("LISTEN")+"/host/v1/asks/"+launch.Ask.ID+"/answer", launch.Token, `{"answer":"allow"}`, &struct{}{})
}

func send(ts *testscript.TestScript, url, token, body string, into any) {
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	ts.Check(err)
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	ts.Check(err)
	if response.StatusCode >= 300 || json.Unmarshal(data, into) != nil {
		ts.Fatalf("%s answers %s %s", url, response.Status, data)
	}
}

// withPostgres is a test run that may use PostgreSQL.
type withPostgres struct{ m *testing.M }

// Run runs the tests.
func (w withPostgres) Run() int { return pgtest.Run(w.m) }
