// Package stage supports the tests of rules: a real database in a temporary folder, a
// clock that only the test moves, and mini apps, users and launches in one line each.
//
// A stage is not the contract of a database (see storetest). It runs each
// transaction twice, as a database may, and fails single store calls on demand.
package stage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
)

// Noon is the initial time of every stage.
var Noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// Stage is an empty platform for one test.
type Stage struct {
	testing.TB
	Ctx   context.Context
	Clock *clock.Fixed
	IDs   *id.Source
	Key   *secret.Key
	Log   *journal.Log
	Path  string // of the database file

	db    *sqlstore.DB
	fault fault
}

// New returns a stage, which is closed when the test ends.
func New(t testing.TB) *Stage {
	t.Helper()
	s := &Stage{
		TB: t, Ctx: context.Background(), Clock: clock.NewFixed(Noon),
		Key: secret.New([secret.KeySize]byte{7}), Path: filepath.Join(t.TempDir(), "stage.db"),
	}
	s.IDs = id.NewSource(s.Clock, nil)
	s.Log = journal.NewLog(s.Clock, s.IDs)
	template.Do(func() { s.Must(s.makeTemplate()) })
	s.Must(os.WriteFile(s.Path, migrated, 0o600))
	db, err := s.open()
	s.Must(err)
	s.db = db
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("closing the stage: %v", err)
		}
	})
	return s
}

// migrated is a database file without rows. Each stage starts with a copy, because
// migrations take longer than most tests.
var (
	template sync.Once
	migrated []byte
)

func (s *Stage) makeTemplate() error {
	db, err := s.open()
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	migrated, err = os.ReadFile(s.Path)
	return err
}

func (s *Stage) open() (*sqlstore.DB, error) {
	return sqlstore.Open(s.Ctx, sqlstore.Options{Path: s.Path, Key: s.Key, Log: s.Log})
}

// Now is the stage's time in ms since the epoch.
func (s *Stage) Now() int64 { return s.Clock.Now().UnixMilli() }

// Pass moves the clock forward.
func (s *Stage) Pass(by time.Duration) { s.Clock.Set(s.Clock.Now().Add(by)) }

// Must ends the test if err is an error.
func (s *Stage) Must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// Refused fails the test unless err is a problem with the code.
func (s *Stage) Refused(err error, code problem.Code) {
	s.Helper()
	if !problem.Is(err, code) {
		s.Errorf("got the error %v, want %s", err, code)
	}
}

// Is fails the test if got differs from want. What names the value in the message.
func Is[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// Entries returns the journal's entries of a kind, oldest first.
func (s *Stage) Entries(kind journal.Kind) (list []journal.Entry) {
	s.Helper()
	kept, err := s.db.LoadJournal(s.Ctx, store.First(1<<20))
	s.Must(err)
	for _, e := range kept {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}

// Told returns the names of the journal's events of a kind, oldest first.
func (s *Stage) Told(kind journal.Kind) string {
	s.Helper()
	var names []string
	for _, e := range s.Entries(kind) {
		names = append(names, string(e.Event))
	}
	return strings.Join(names, " ")
}
