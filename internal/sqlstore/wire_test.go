package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

func dialed(t *testing.T) *sql.DB {
	t.Helper()
	config, err := pgconn.ParseConfig(pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	db := new(postgres).connect(config, 1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Every type that a column has comes back as it went, and nothing else goes.
func TestWire_values(t *testing.T) {
	db := dialed(t)
	var text, empty string
	var number, least int64
	var bytes, none []byte
	var yes bool
	var null *string
	err := db.QueryRow(`SELECT $1::text, $2::text, $3::bigint, $4::smallint, $5::bytea, $6::bytea, $7::boolean, $8::text`,
		"☕ '$1", "", int64(1)<<62, -7, []byte{0, 255, '\\'}, []byte{}, true, nil).Scan(&text, &empty, &number, &least, &bytes, &none, &yes, &null)
	if err != nil || text != "☕ '$1" || empty != "" || number != 1<<62 || least != -7 || string(bytes) != "\x00\xff\\" || none == nil || len(none) != 0 || !yes || null != nil {
		t.Errorf("got %q, %q, %d, %d, %q, %v, %v, %v: %v", text, empty, number, least, bytes, none, yes, null, err)
	}
	if _, err := db.Exec("SELECT $1::float8", 1.5); err == nil || !strings.Contains(err.Error(), "float64") {
		t.Errorf("a float got %v", err)
	}
	if _, err := db.Exec("SELECT 1; SELECT nonsense"); err == nil {
		t.Error("the second of two statements failed, and nobody was told")
	}
}

// A connection that has forgotten what was prepared is a pooler's: another's
// statement of that name is not run, and ours goes on without.
func TestWire_behind_a_pooler(t *testing.T) {
	db := dialed(t)
	db.SetMaxOpenConns(1)
	ask := func() {
		t.Helper()
		var n int64
		var bytes []byte
		if err := db.QueryRow("SELECT $1::bigint, $2::bytea", int64(7), []byte{0, 255}).Scan(&n, &bytes); err != nil || n != 7 || string(bytes) != "\x00\xff" {
			t.Fatalf("got %d and %q: %v", n, bytes, err)
		}
	}
	ask()
	if _, err := db.Exec("DEALLOCATE ALL; PREPARE s1 (bigint, bytea) AS SELECT $1 + 1, $2"); err != nil {
		t.Fatal(err)
	}
	ask()
	ask()
}

// In a transaction nothing that came before it is kept: it runs again whole.
func TestWire_behind_a_pooler_in_a_transaction(t *testing.T) {
	db := dialed(t)
	tx, err := db.Begin()
	if err == nil {
		_, err = tx.Exec("CREATE TABLE kept (n bigint)")
	}
	if err == nil {
		_, err = tx.Exec("INSERT INTO kept VALUES ($1)", int64(1))
	}
	if err == nil {
		_, err = tx.Exec("DEALLOCATE ALL")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO kept VALUES ($1)", int64(2)); !errors.Is(err, driver.ErrBadConn) {
		t.Errorf("got %v", err)
	}
	if err := tx.Commit(); err == nil {
		t.Error("it committed")
	}
	if _, err := db.Exec("INSERT INTO kept VALUES ($1)", int64(3)); err == nil {
		t.Error("the table was kept")
	}
}

// A connection that somebody left in the middle of a transaction serves nobody
// else, and a commit after a failure is none.
func TestWire_transactions(t *testing.T) {
	db, ctx := dialed(t), context.Background()
	tx, err := db.BeginTx(ctx, nil)
	if err == nil {
		_, err = tx.Exec("SELECT nonsense")
	}
	if err == nil || !errors.Is(tx.Commit(), errLost) {
		t.Errorf("a commit after %v succeeded", err)
	}
	backend := func() (pid int64) {
		if err := db.QueryRow("SELECT pg_backend_pid()").Scan(&pid); err != nil {
			t.Fatal(err)
		}
		return pid
	}
	before := backend()
	if after := backend(); after != before {
		t.Error("the connection is not used again")
	}
	if _, err := db.Exec("BEGIN"); err != nil {
		t.Fatal(err)
	}
	if after := backend(); after == before {
		t.Error("a connection in a transaction was used again")
	}
}

// A commit that would be too late is not sent, and is not said to be unknown;
// its transaction ends with its connection.
func TestWire_a_commit_past_its_time(t *testing.T) {
	db, ctx := dialed(t), context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	past, cancel := context.WithDeadline(ctx, time.Unix(0, 0))
	defer cancel()
	_ = conn.Raw(func(c any) error {
		w := c.(*wire)
		if _, err := w.simple(ctx, "BEGIN"); err != nil {
			t.Fatal(err)
		}
		err := committing(transaction{w, past}.Commit())
		if !errors.Is(err, errSlow) || errors.Is(err, errUnsure) || again(err) != 1 || w.IsValid() {
			t.Errorf("got %v, and the connection lives: %v", err, w.IsValid())
		}
		if err := (transaction{w, ctx}).Commit(); again(committing(err)) == 1 || !errors.Is(committing(err), errGone) {
			t.Errorf("on a connection that is closed: %v", err)
		}
		return nil
	})
}
