package ruletest

import (
	"testing"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// credentials checks the rules of credentials with several concurrent processes.
func credentials(t *testing.T, open Open) {
	w := newWorld(t, open)
	w.App("kopi")
	processes := make([]*credential.Service, 4)
	for i := range processes {
		processes[i] = &credential.Service{DB: narrow[credential.Tx](w), Key: w.Key, Clock: w.Clock}
	}
	sets := make([]credential.Set, len(processes))
	each := func(do func(s *credential.Service, i int) (credential.Set, error)) {
		storetest.Together(len(processes), func(i int) {
			var err error
			if sets[i], err = do(processes[i], i); err != nil {
				t.Errorf("process %d: %v", i, err)
			}
		})
	}
	each(func(s *credential.Service, _ int) (credential.Set, error) { return s.Of(w.Ctx, "kopi") })
	first := sets[0]
	for _, set := range sets {
		if set != first {
			t.Fatal("two processes have made two sets")
		}
	}
	party, err := processes[0].ByPartner(w.Ctx, first.Snap.PartnerID)
	w.Must(err)
	token := processes[0].IssueToken(party, 1, w.Clock.Now())
	_, err = processes[1].ParseToken(w.Ctx, token)
	w.Must(err)

	each(func(s *credential.Service, i int) (credential.Set, error) { return s.Rotate(w.Ctx, "kopi", i == 0) })
	each(func(s *credential.Service, _ int) (credential.Set, error) { return s.Of(w.Ctx, "kopi") })
	for i, set := range sets {
		if set != sets[0] || set.Generation != 1+len(processes) {
			t.Errorf("process %d has generation %d after %d rotations", i, set.Generation, len(processes))
		}
		if got, err := processes[i].VerifyBasic(w.Ctx, set.ClientID, set.ClientSecret); err != nil || got != "kopi" {
			t.Errorf("process %d does not take it: %v", i, err)
		}
		if _, err := processes[i].VerifyBasic(w.Ctx, first.ClientID, first.ClientSecret); !problem.Is(err, problem.Unauthorized) {
			t.Errorf("process %d takes the first: %v", i, err)
		}
		if _, err := processes[i].ParseToken(w.Ctx, token); !problem.Is(err, problem.TokenInvalid) {
			t.Errorf("process %d takes a token of the first: %v", i, err)
		}
	}
	entries, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(100))
	w.Must(err)
	w.Same("the rotations in the journal", len(entries), len(processes))
}
