package stage

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver
)

// ErrInjected is the error of a store call that the stage lets fail.
var ErrInjected = errors.New("stage: this store call fails")

// fault makes one store call fail: the one with the number at, from 1.
type fault struct {
	mu    sync.Mutex
	at    int // 0: none
	calls int
}

func (f *fault) armed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at > 0
}

// arm lets the call with a number fail, counted from now; 0 disarms. It reports
// whether the previously armed call was made.
func (f *fault) arm(at int) (reached bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	reached = f.at > 0 && f.calls >= f.at
	f.at, f.calls = at, 0
	return reached
}

func (f *fault) before() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls++; f.calls == f.at {
		return ErrInjected
	}
	return nil
}

// Whole runs act, which is one transaction, once for each of its store calls, and
// lets that call fail. It reports an act that hides the error, or that stores a part
// of its work. The last run of act has no fault.
func (s *Stage) Whole(act func() error) {
	s.Helper()
	before := s.Contents()
	s.Loud(func() error {
		err := act()
		if now := s.Contents(); err != nil && now != before {
			s.Errorf("a store call fails, and a part of the work stays:\nbefore\n%safter\n%s", before, now)
		}
		return err
	})
}

// Loud does the same for an act of several transactions, which may store its work
// before the fault.
func (s *Stage) Loud(act func() error) {
	s.Helper()
	for n := 1; !s.Failed(); n++ {
		s.fault.arm(n)
		err := act()
		if reached := s.fault.arm(0); !reached {
			s.Must(err)
			return
		}
		if !errors.Is(err, ErrInjected) {
			s.Errorf("store call %d fails, and the act returns %v", n, err)
		}
	}
}

// Contents returns all rows of all tables except the schema's, as text.
func (s *Stage) Contents() string {
	s.Helper()
	db, err := sql.Open("sqlite", "file:"+s.Path+"?mode=ro")
	s.Must(err)
	defer db.Close()
	var b strings.Builder
	for _, row := range s.rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		name := strings.Trim(row, "[]")
		for _, kept := range s.rows(db, `SELECT * FROM "`+name+`"`) {
			fmt.Fprintf(&b, "%s %s\n", name, kept)
		}
	}
	return b.String()
}

func (s *Stage) rows(db *sql.DB, query string) (list []string) {
	s.Helper()
	rows, err := db.QueryContext(s.Ctx, query)
	s.Must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	s.Must(err)
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		s.Must(rows.Scan(places...))
		list = append(list, fmt.Sprint(values))
	}
	s.Must(rows.Err())
	slices.Sort(list)
	return list
}
