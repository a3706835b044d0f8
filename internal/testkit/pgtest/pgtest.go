//go:build unix

// Package pgtest provides real PostgreSQL databases to tests, in a temporary
// cluster of the test process. initdb creates it in a temporary folder, and
// connections use a socket there. The cluster ends with the process, also when a
// test fails, panics or is killed. The package needs PostgreSQL's programs
// (scripts/setup installs them), but no running server and no privileges.
//
// The cluster uses synchronous_commit as Selasar requires, but no fsync: tests kill
// processes, not machines.
package pgtest

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// The roles of a cluster.
const (
	super = "postgres"
	// User owns every database; it needs no password.
	User = "selasar"
	// Guarded may connect to every database, with Password only.
	Guarded  = "guarded"
	Password = "pass@word/of:guarded" // has characters that an address must escape
)

// one is the cluster of this process. The first call of Database starts it.
var one struct {
	sync.Mutex
	cluster *cluster
	err     error
	wanted  bool
}

// Run runs a package's tests and then removes their cluster:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
func Run(m interface{ Run() int }) int {
	one.Lock()
	one.wanted = true
	one.Unlock()
	code := m.Run()
	if one.cluster != nil {
		if err := one.cluster.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "pgtest:", err)
			code = cmp.Or(code, 1)
		}
	}
	return code
}

// Database returns the address of an empty database for a test. When the test
// ends, the database is emptied for the next test, which is a hundred times faster
// than creating one. Without PostgreSQL, the test fails.
func Database(t testing.TB) string {
	t.Helper()
	c, err := started()
	if err != nil {
		t.Fatalf("%v\nscripts/setup installs PostgreSQL; PG_BIN names the folder of its programs", err)
	}
	d, err := c.take()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.give(d); err != nil {
			t.Error(err)
		}
	})
	return c.address(User, d.name)
}

// Durable starts a cluster with fsync, for measurements. It returns the address of
// an empty database, the folder of PostgreSQL's programs, and a function that
// removes the cluster.
func Durable() (address, folder string, stop func() error, err error) {
	if folder, err = programs(); err != nil {
		return "", "", nil, err
	}
	c, err := start(settings, "")
	if err != nil {
		return "", "", nil, err
	}
	d, err := c.take()
	if err != nil {
		return "", "", nil, errors.Join(err, c.stop())
	}
	return c.address(User, d.name), folder, func() error { return errors.Join(d.admin.Close(), c.stop()) }, nil
}

// As returns the address of a database with another user and password.
func As(address, user, password string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // Database returned it
	}
	u.User = url.UserPassword(user, password)
	return u.String()
}

// Super runs a statement in a database as superuser.
func Super(t testing.TB, address, statement string) {
	t.Helper()
	db := open(t, As(address, super, ""))
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// Number runs a query as superuser and returns the number that is its result.
func Number(t testing.TB, address, query string) (n int64) {
	t.Helper()
	if err := open(t, As(address, super, "")).QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func open(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func started() (*cluster, error) {
	one.Lock()
	defer one.Unlock()
	if !one.wanted {
		panic("pgtest: TestMain of this package must call pgtest.Run")
	}
	if one.cluster == nil && one.err == nil {
		one.cluster, one.err = start(settings+careless, linguistic)
	}
	return one.cluster, one.err
}

func (c *cluster) address(user, name string) string {
	u := url.URL{Scheme: "postgres", User: url.User(user), Host: "", Path: "/" + name, RawQuery: url.Values{"host": {c.dir}}.Encode()}
	return u.String()
}
