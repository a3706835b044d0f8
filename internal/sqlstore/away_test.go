package sqlstore_test

import (
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/pgtest"
	"github.com/selasar/selasar/internal/testkit/porttest"
)

// line is a TCP proxy between a database and its server that a test can cut.
type line struct {
	t      *testing.T
	socket string
	place  string      // its address
	deaf   atomic.Bool // drop the server's next response, and close its connection
	hangUp atomic.Bool // close new connections immediately
	ends   sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener
	conns    []net.Conn
}

// lineTo returns a line to a database, and the address to use it.
func lineTo(t *testing.T, database string) (l *line, address string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	l = &line{t: t, socket: filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432"), place: porttest.Address(t)}
	l.up()
	t.Cleanup(l.down)
	u.Host, u.RawQuery = l.place, "sslmode=disable"
	return l, u.String()
}

func (l *line) up() {
	listener, err := net.Listen("tcp", l.place)
	if err != nil {
		l.t.Fatal(err)
	}
	l.listener = listener
	l.ends.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			l.join(client)
		}
	})
}

func (l *line) join(client net.Conn) {
	server, err := net.Dial("unix", l.socket)
	if err != nil || l.hangUp.Load() {
		_ = client.Close()
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = append(l.conns, client, server)
	l.ends.Go(func() { _, _ = io.Copy(server, client); _ = server.Close() })
	l.ends.Go(func() { _, _ = io.Copy(hearing{client, &l.deaf}, server); _ = client.Close() })
}

// hearing forwards the responses of the server.
type hearing struct {
	net.Conn
	deaf *atomic.Bool
}

func (h hearing) Write(p []byte) (int, error) {
	if h.deaf.Swap(false) {
		return 0, net.ErrClosed
	}
	return h.Conn.Write(p)
}

// cut closes every connection.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		_ = c.Close()
	}
	l.conns = nil
}

// down stops listening.
func (l *line) down() {
	_ = l.listener.Close()
	l.cut()
	l.ends.Wait()
}

// over opens a database over a line, and calls before ahead of each statement.
func over(t *testing.T, address string, before func(query string)) *sqlstore.DB {
	t.Helper()
	o := onPostgres(address)
	o.Pool, o.OnStatement = 2, before
	return peopled(t, o, "Sari")
}

// A commit without a response may have happened. The error says so, and the
// transaction is not retried.
func TestLine_lost_answer_to_a_commit_is_an_error(t *testing.T) {
	l, address := lineTo(t, pgtest.Database(t))
	var lose atomic.Bool
	db := over(t, address, func(query string) {
		if query == "COMMIT" && lose.Swap(false) {
			l.deaf.Store(true)
		}
	})
	lose.Store(true)
	runs := 0
	err := add(t.Context(), db, "Sari", 1, func(*sqlstore.Tx) error { runs++; return nil })
	if err == nil || !strings.Contains(err.Error(), "not known whether it was kept") || runs != 1 {
		t.Errorf("after %d runs: %v", runs, err)
	}
	if n := holds(t, db, "Sari"); n != 1 {
		t.Errorf("the balance is %d after the commit", n)
	}
	if err := add(t.Context(), db, "Sari", 1, nil); err != nil || holds(t, db, "Sari") != 2 {
		t.Errorf("afterwards: %v", err)
	}
}

// A connection lost before the commit has committed nothing. The write is retried on
// another connection.
func TestLine_lost_connection_is_replaced(t *testing.T) {
	l, address := lineTo(t, pgtest.Database(t))
	var lose atomic.Bool
	db := over(t, address, func(query string) {
		if strings.HasPrefix(query, "UPDATE") && lose.Swap(false) {
			l.cut()
		}
	})
	lose.Store(true)
	runs := 0
	err := add(t.Context(), db, "Sari", 1, func(*sqlstore.Tx) error { runs++; return nil })
	if err != nil || runs != 1 || lose.Load() || holds(t, db, "Sari") != 1 {
		t.Errorf("after %d whole runs Sari holds %d: %v", runs, holds(t, db, "Sari"), err)
	}
}

// An unreachable server is an error in one line. When it is back, writes succeed.
func TestLine_server_goes_and_comes_back(t *testing.T) {
	l, address := lineTo(t, pgtest.Database(t))
	db := over(t, address, nil)
	holds(t, db, "Sari")
	for want, away := range map[string]func() (back func()){
		"does not answer on 127.0.0.1": func() func() { l.down(); return l.up },
		"PostgreSQL does not answer":   func() func() { l.hangUp.Store(true); l.cut(); return func() { l.hangUp.Store(false) } },
	} {
		before := holds(t, db, "Sari")
		back := away()
		reading := db.Read(t.Context(), func(tx *sqlstore.Tx) error { _, err := tx.Users().Get(t.Context(), "Sari"); return err })
		_, opening := sqlstore.Open(t.Context(), onPostgres(address))
		for _, err := range []error{add(t.Context(), db, "Sari", 1, nil), reading, opening} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("away: %v, want %s in one line", err, want)
			}
		}
		back()
		if err := add(t.Context(), db, "Sari", 1, nil); err != nil || holds(t, db, "Sari") != before+1 {
			t.Errorf("back: %v, and Sari holds %d", err, holds(t, db, "Sari"))
		}
	}
}

// A failed TLS handshake is an error in one line.
func TestLine_without_TLS(t *testing.T) {
	_, address := lineTo(t, pgtest.Database(t))
	for _, mode := range []string{"require", "verify-full"} {
		_, err := sqlstore.Open(t.Context(), onPostgres(strings.Replace(address, "sslmode=disable", "sslmode="+mode, 1)))
		if err == nil || !strings.Contains(err.Error(), "TLS") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", mode, err)
		}
	}
}
