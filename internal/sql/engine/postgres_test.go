package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// dialed opens a PostgreSQL database with one connection in each pool.
func dialed(t *testing.T) *postgres { return dialedWith(t, "") }

func dialedWith(t *testing.T, parameters string) *postgres {
	t.Helper()
	e, err := Open(t.Context(), Options{Place: Place{URL: pgtest.Database(t) + parameters}, Key: secret.Random(), Migrations: onlySettings, Pool: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e.(*postgres)
}

type (
	word   string
	number int64
)

// A value of every column type is read back unchanged, with statements prepared and
// unprepared.
func TestPostgres_values(t *testing.T) {
	for _, unprepared := range []bool{false, true} {
		p := dialed(t)
		if unprepared {
			p.prepareNothing()
		}
		var text, empty string
		var own word
		var amount number
		var big int64
		var small int
		var bytes, none []byte
		var yes bool
		read := func(row Row) error { return row.Scan(&text, &empty, &own, &big, &amount, &small, &bytes, &none, &yes) }
		err := p.Reads().One(t.Context(), read, `SELECT $1::text, $2::text, $3::text, $4::bigint, $5::bigint, $6::bigint, $7::bytea, $8::bytea, $9::boolean`,
			"☕ '$1", "", word("own"), int64(1)<<62, number(5), -7, []byte{0, 255, '\\'}, []byte{}, true)
		if err != nil || text != "☕ '$1" || empty != "" || own != "own" || big != 1<<62 || amount != 5 || small != -7 ||
			string(bytes) != "\x00\xff\\" || none == nil || len(none) != 0 || !yes {
			t.Errorf("unprepared %v: got %q, %q, %q, %d, %d, %d, %q, %v, %v: %v", unprepared, text, empty, own, big, amount, small, bytes, none, yes, err)
		}
	}
}

// count reads a number that only this statement returns.
func count(ctx context.Context, on Statements) (n int64, err error) {
	err = on.One(ctx, func(row Row) error { return row.Scan(&n) }, "SELECT $1::bigint", int64(7))
	return n, err
}

// A connection without its prepared statements belongs to a pooler. The statement is
// retried unprepared.
func TestPostgres_behind_a_pooler(t *testing.T) {
	p := dialed(t)
	for range 3 {
		if n, err := count(t.Context(), p.Reads()); n != 7 || err != nil {
			t.Fatalf("got %d, %v", n, err)
		}
		if _, err := p.reading.Exec(t.Context(), "DEALLOCATE ALL"); err != nil {
			t.Fatal(err)
		}
	}
	if !p.unprepared.Load() {
		t.Error("statements are still prepared")
	}
}

// Nothing of a transaction's first run is stored when it detects a pooler.
func TestPostgres_behind_a_pooler_in_a_transaction(t *testing.T) {
	p, runs := dialed(t), 0
	write := func(run Statements) error {
		runs++
		if _, err := run.Exec(t.Context(), "INSERT INTO settings (name, value) VALUES ($1, 'v')", "one"); err != nil {
			return err
		}
		_, err := run.Exec(t.Context(), "INSERT INTO settings (name, value) VALUES ($1, 'w')", "two")
		return err
	}
	if err := p.Write(t.Context(), write, func() {}); err != nil || runs != 1 {
		t.Fatalf("after %d runs: %v", runs, err)
	}
	if _, err := p.writing.Exec(t.Context(), "DELETE FROM settings; DEALLOCATE ALL"); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(t.Context(), write, func() {}); err != nil || runs != 3 {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

// A connection that was left inside a transaction serves no other caller.
func TestPostgres_a_connection_left_in_a_transaction(t *testing.T) {
	p := dialed(t)
	backend := func() (pid int64) {
		if err := p.writing.QueryRow(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
			t.Fatal(err)
		}
		return pid
	}
	before := backend()
	if after := backend(); after != before {
		t.Error("the connection was not reused")
	}
	if _, err := p.writing.Exec(t.Context(), "BEGIN"); err != nil {
		t.Fatal(err)
	}
	if after := backend(); after == before {
		t.Error("a connection in a transaction was reused")
	}
}

// A failed first statement leaves the connection usable, and no transaction open.
func TestPostgres_a_first_statement_that_fails(t *testing.T) {
	p := dialed(t)
	err := p.Write(t.Context(), func(run Statements) error {
		_, err := run.Exec(t.Context(), "INSERT INTO nonsense (name) VALUES ($1)", "x")
		return err
	}, func() { t.Error("it was committed") })
	if err == nil {
		t.Error("it succeeded")
	}
	if err := p.Write(t.Context(), func(run Statements) error { return put(t.Context(), run, "one") }, func() {}); err != nil {
		t.Error(err)
	}
}

// BEGIN is sent with the first statement, at READ COMMITTED.
func TestPostgres_isolation(t *testing.T) {
	p, level := dialedWith(t, "&default_transaction_isolation=serializable"), ""
	err := p.Write(t.Context(), func(run Statements) error {
		return run.One(t.Context(), func(row Row) error { return row.Scan(&level) }, "SELECT current_setting('transaction_isolation')")
	}, func() {})
	if err != nil || level != "read committed" {
		t.Errorf("got %q, %v", level, err)
	}
}

// A commit after the time limit is not sent, so its error does not say that the
// outcome is unknown. The connection is closed, and with it the transaction.
func TestPostgres_a_commit_past_its_time(t *testing.T) {
	p := dialed(t)
	conn, err := p.writing.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	past, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if _, err := conn.Exec(t.Context(), "BEGIN"); err != nil {
		t.Fatal(err)
	}
	if err := committing(commit(past, conn)); !errors.Is(err, errSlow) || errors.Is(err, errUnsure) || tries(err) != 1 || !conn.Conn().IsClosed() {
		t.Errorf("got %v, and the connection is closed: %v", err, conn.Conn().IsClosed())
	}
	if err := committing(commit(t.Context(), conn)); tries(err) == 1 || !errors.Is(err, errGone) {
		t.Errorf("on a closed connection: %v", err)
	}
}

// A commit after a failed statement commits nothing.
func TestPostgres_a_commit_after_a_failure(t *testing.T) {
	p := dialed(t)
	conn, err := p.writing.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(t.Context(), "BEGIN; SELECT nonsense"); err == nil {
		t.Fatal("nonsense succeeded")
	}
	if err := commit(t.Context(), conn); !errors.Is(err, errLost) {
		t.Errorf("got %v", err)
	}
}
