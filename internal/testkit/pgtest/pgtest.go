//go:build unix

// Package pgtest gives tests real PostgreSQL databases, in a throwaway cluster
// of their own process: made in a temporary folder by initdb, reached by a
// socket there, and gone at the end, also when a test fails, panics or is
// killed. It needs PostgreSQL's programs (scripts/setup installs them), no
// running server, and no rights.
//
// The cluster commits as ours must (synchronous_commit), but without fsync:
// tests kill processes, not machines.
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

// The roles of a cluster. None but the first is a superuser.
const (
	super = "postgres"
	// User owns every database; it needs no password.
	User = "selasar"
	// Guarded may connect to every database, with Password only.
	Guarded  = "guarded"
	Password = "pass@word/of:guarded" // with what an address has to escape
)

// one is the cluster of this process, made for the first test that asks.
var one struct {
	sync.Mutex
	cluster *cluster
	err     error
	wanted  bool
}

// Run runs a package's tests and takes the cluster away that they have used:
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

// Database gives a test an empty database of its own, by its address. When the
// test ends it is emptied for the next one: that takes a hundredth of the time
// of making another. A test without PostgreSQL fails.
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

// Durable starts a cluster that waits for its disk, for measurements. It gives
// the address of an empty database in it, the folder of PostgreSQL's programs,
// and what takes all of it away.
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

// As gives the address of a database for another user, with a password.
func As(address, user, password string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // Database has made it
	}
	u.User = url.UserPassword(user, password)
	return u.String()
}

// Super runs a statement in a database with every right.
func Super(t testing.TB, address, statement string) {
	t.Helper()
	db := open(t, As(address, super, ""))
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// Number runs a query with every right and gives the number that it results in.
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
		panic("pgtest: TestMain of this package has to call pgtest.Run")
	}
	if one.cluster == nil && one.err == nil {
		one.cluster, one.err = start(settings+careless, asPeople)
	}
	return one.cluster, one.err
}

func (c *cluster) address(user, name string) string {
	u := url.URL{Scheme: "postgres", User: url.User(user), Host: "", Path: "/" + name, RawQuery: url.Values{"host": {c.dir}}.Encode()}
	return u.String()
}
