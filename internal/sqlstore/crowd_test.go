package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/pgtest"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// crowd is a database with a small pool, and users whose balances many callers change.
func crowd(t *testing.T, pool int, names ...string) *sqlstore.DB {
	t.Helper()
	return crowdAt(t, pgtest.Database(t), pool, names...)
}

func crowdAt(t *testing.T, address string, pool int, names ...string) *sqlstore.DB {
	t.Helper()
	o := onPostgres(address)
	o.Pool = pool
	return peopled(t, o, names...)
}

// peopled opens a database and inserts users.
func peopled(t *testing.T, o sqlstore.Options, names ...string) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, name := range names {
		err := db.Write(t.Context(), func(tx *sqlstore.Tx) error {
			return tx.Users().Insert(t.Context(), user.User{ID: name, Name: name, AccountID: name})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// add changes a user's balance, and calls more in the same transaction.
func add(ctx context.Context, db *sqlstore.DB, name string, amount int64, more func(tx *sqlstore.Tx) error) error {
	return db.Write(ctx, func(tx *sqlstore.Tx) error {
		err := tx.Users().Change(ctx, name, func(u *user.User) error { u.Balance += money.Rupiah(amount); return nil })
		if err == nil && more != nil {
			err = more(tx)
		}
		return err
	})
}

func holds(t *testing.T, db *sqlstore.DB, name string) (balance int64) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *sqlstore.Tx) error {
		u, err := tx.Users().Get(t.Context(), name)
		balance = int64(u.Balance)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return balance
}

// Crowds of one to sixty-four callers per connection lock the same rows, and read while
// they write. No caller fails, and no second passes without progress.
func TestCrowd_never_stalls(t *testing.T) {
	address := pgtest.Database(t)
	own, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	own.SetMaxOpenConns(1)
	look := func() error { return own.QueryRow("SELECT 1").Scan(new(int)) }
	crowded(t, crowdAt(t, address, 4, crowdNames...), look, 4, 16, 40, 64, 256)
}

func TestCrowd_never_stalls_on_SQLite(t *testing.T) {
	o := onPostgres("")
	o.Path = t.TempDir() + "/selasar.db"
	own, err := os.Create(t.TempDir() + "/own")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	look := func() error {
		_, err := own.WriteAt([]byte("look"), 0)
		return errors.Join(err, own.Sync())
	}
	crowded(t, peopled(t, o, crowdNames...), look, 8, 32, 80, 256, 1024)
}

var crowdNames = []string{"Sari", "Budi", "Putu"}

// crowded runs one crowd after another on a database.
func crowded(t *testing.T, db *sqlstore.DB, look func() error, crowds ...int) {
	t.Helper()
	names := crowdNames
	var done atomic.Int64
	stop := watch(t, &done, look)
	for _, callers := range crowds {
		if callers > 64 {
			callers = max(storetest.Bar(callers, callers), 64)
		}
		each := max(5, min(25, 2000/callers))
		var crowd sync.WaitGroup
		for c := range callers {
			crowd.Go(func() {
				for i := range each {
					err := add(t.Context(), db, names[(c+i)%len(names)], 1, func(*sqlstore.Tx) error {
						return db.Read(t.Context(), func(tx *sqlstore.Tx) error { // outside of the transaction
							_, err := tx.Users().Get(t.Context(), names[i%len(names)])
							return err
						})
					})
					if err != nil {
						t.Errorf("one of %d callers: %v", callers, err)
						return
					}
					done.Add(1)
				}
			})
		}
		crowd.Wait()
	}
	stop()
	if sum := holds(t, db, "Sari") + holds(t, db, "Budi") + holds(t, db, "Putu"); sum != done.Load() {
		t.Errorf("the sum is %d after %d changes", sum, done.Load())
	}
}

// A caller waits for a connection until its context ends.
func TestCrowd_waits_as_long_as_its_context(t *testing.T) {
	db := crowd(t, 1, "Sari")
	holding, release, held := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		held <- add(t.Context(), db, "Sari", 1, func(*sqlstore.Tx) error { close(holding); <-release; return nil })
	}()
	<-holding
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, leave)
	if err := add(ctx, db, "Sari", 1, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled caller got %v", err)
	}
	close(release)
	if err := <-held; err != nil || holds(t, db, "Sari") != 1 {
		t.Errorf("the caller with the connection: %v, and Sari holds %d", err, holds(t, db, "Sari"))
	}
}

// Two transactions that lock the same rows in opposite order deadlock. The server
// aborts one, which is then retried.
func TestCrowd_retries_after_a_deadlock(t *testing.T) {
	db := crowd(t, 4, "Sari", "Budi")
	var both, done sync.WaitGroup
	both.Add(2)
	var runs atomic.Int32
	for i, names := range [][2]string{{"Sari", "Budi"}, {"Budi", "Sari"}} {
		done.Go(func() {
			met := sync.OnceFunc(func() { both.Done(); both.Wait() })
			err := add(t.Context(), db, names[0], 1, func(tx *sqlstore.Tx) error {
				runs.Add(1)
				met() // now each holds one row and waits for the other
				return tx.Users().Change(t.Context(), names[1], func(u *user.User) error { u.Balance += 10; return nil })
			})
			if err != nil {
				t.Errorf("caller %d: %v", i, err)
			}
		})
	}
	done.Wait()
	if runs.Load() < 3 || holds(t, db, "Sari") != 11 || holds(t, db, "Budi") != 11 {
		t.Errorf("%d runs; Sari holds %d, Budi %d", runs.Load(), holds(t, db, "Sari"), holds(t, db, "Budi"))
	}
}

// Many transactions find no request and insert it. All but one are retried, and then
// find it.
func TestCrowd_retries_after_a_unique_violation(t *testing.T) {
	db := crowd(t, 8)
	var first atomic.Int32
	var callers, looked sync.WaitGroup
	looked.Add(8)
	for i := range 8 {
		callers.Go(func() {
			met := sync.OnceFunc(func() { looked.Done(); looked.Wait() })
			r := request.Of("kopi", "one", "token", []byte("same"), time.UnixMilli(1000))
			found := false
			err := db.Write(t.Context(), func(tx *sqlstore.Tx) (err error) {
				if _, found, err = request.Earlier(t.Context(), tx.Requests(), r); err != nil || found {
					return err
				}
				met()
				return request.Keep(t.Context(), tx.Requests(), r, fmt.Sprint(i))
			})
			if err != nil {
				t.Error(err)
			}
			if !found {
				first.Add(1)
			}
		})
	}
	callers.Wait()
	if first.Load() != 1 {
		t.Errorf("%d callers inserted the request", first.Load())
	}
}

// A unique violation that no race causes fails after few tries.
func TestCrowd_permanent_unique_violation_is_an_error(t *testing.T) {
	db := crowd(t, 2, "Sari")
	runs := 0
	err := db.Write(t.Context(), func(tx *sqlstore.Tx) error {
		runs++
		_ = tx.Users().Insert(t.Context(), user.User{ID: "Sari", AccountID: "other"}) // a rule that does not look first
		return nil
	})
	if err == nil || runs < 2 || !strings.Contains(err.Error(), "duplicate key") {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

// When the server closes all connections, callers continue on new ones. Every result
// is true, except that of a commit with an unknown outcome.
func TestCrowd_survives_closed_connections(t *testing.T) {
	const callers, cuts, between = 8, 10, 20
	address, ctx := pgtest.Database(t), t.Context()
	var names []string
	for c := range callers {
		names = append(names, fmt.Sprint("user ", c))
	}
	db := crowdAt(t, address, callers, names...)
	var kept, unsure atomic.Int64
	var working sync.WaitGroup
	moved := make(chan struct{}, callers) // receives each acknowledged write
	stop := make(chan struct{})
	for _, name := range names {
		working.Go(func() {
			for {
				switch err := add(ctx, db, name, 1, nil); {
				case err == nil:
					kept.Add(1)
				case strings.Contains(err.Error(), "not known whether it was kept"):
					unsure.Add(1)
				default:
					t.Errorf("a writer: %v", err)
				}
				select {
				case moved <- struct{}{}:
				case <-stop:
					return
				}
			}
		})
	}
	for range cuts {
		for range between {
			<-moved
		}
		pgtest.Super(t, address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = '"+pgtest.User+"'")
	}
	close(stop)
	working.Wait()
	var sum int64
	for _, name := range names {
		sum += holds(t, db, name)
	}
	if sum < kept.Load() || sum > kept.Load()+unsure.Load() {
		t.Errorf("%d were acknowledged and %d are unknown, but %d are stored", kept.Load(), unsure.Load(), sum)
	}
	t.Logf("%d acknowledged, %d unknown, %d kept", kept.Load(), unsure.Load(), sum)
}
