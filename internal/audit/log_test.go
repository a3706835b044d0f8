package audit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestAppend_stamps_and_masks_an_entry(t *testing.T) {
	s := stage.New(t)
	log := audit.Log{Clock: s.Clock, IDs: s.IDs}
	secret := strings.Repeat("Ab3", 20)
	s.Whole(func() error {
		return s.Try(func(tx *stage.Tx) error {
			return log.Append(s.Ctx, tx, audit.Entry{
				ID: "another", At: 7, Actor: "key-1", Name: "ci", Role: "owner", Action: "key.made", Target: "key-2",
				Detail: json.RawMessage(`{"client_secret":"` + secret + `","note":"` + secret + `","scopes":["a"]}`), RequestID: "r", Address: "127.0.0.1",
			})
		})
	})
	s.Read(func(tx *stage.Tx) error {
		list, err := tx.Audit().List(s.Ctx, audit.Filter{}, store.First(10))
		stage.Is(t, "the entries", len(list), 1)
		e := list[0]
		stage.Is(t, "the stamps", e.ID != "another" && len(e.ID) == 36 && e.At == s.Now() && e.Number == 1, true)
		if text := string(e.Detail); strings.Contains(text, secret) || !strings.Contains(text, `"scopes":["a"]`) || !json.Valid(e.Detail) {
			t.Errorf("the detail is %s", text)
		}
		return err
	})
}

// The log is whole at any number of pages, also without an entry, and a walk over its
// pages misses nothing.
func TestVerify_reads_every_page(t *testing.T) {
	s := stage.New(t)
	verify := func(anchor chain.Anchor) chain.Report {
		report, err := audit.Verify(s.Ctx, stage.View[audit.Tx](s), s.Key, anchor)
		s.Must(err)
		return report
	}
	stage.Is(t, "an empty log", verify(nil), chain.Report{Ledger: "audit"})
	log := audit.Log{Clock: s.Clock, IDs: s.IDs}
	for _, n := range []int{1, 999, 1, 1000} { // pages have 1000 rows
		s.Write(func(tx *stage.Tx) error {
			for range n {
				s.Must(log.Append(s.Ctx, tx, audit.Entry{Actor: audit.System, Action: "test"}))
			}
			return nil
		})
		report := verify(nil)
		stage.Is(t, "the fault", report.Fault, nil)
		anchor, err := chain.ParseAnchor(report.Anchor)
		s.Must(err)
		stage.Is(t, "the entries", report.Entries, anchor[0].Number)
		stage.Is(t, "the report with its anchor", verify(anchor), report)
	}
	stage.Is(t, "the number of entries", verify(nil).Entries, 2001)
	s.Loud(func() error {
		_, err := audit.Verify(s.Ctx, stage.View[audit.Tx](s), s.Key, nil)
		return err
	})
	s.Read(func(tx *stage.Tx) error {
		_, err := tx.Audit().List(s.Ctx, audit.Filter{}, store.Page{Cursor: "x", Limit: 1})
		s.Refused(err, problem.BadRequest)
		return nil
	})
}
