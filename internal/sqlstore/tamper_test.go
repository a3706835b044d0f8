package sqlstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// inside is a database for a check inside of a transaction.
type inside[T any] struct{ tx *Tx }

func (i inside[T]) Write(_ context.Context, fn func(T) error) error { return fn(any(i.tx).(T)) }
func (i inside[T]) Read(_ context.Context, fn func(T) error) error  { return fn(any(i.tx).(T)) }

var errUndone = errors.New("the mutation is undone")

// F8: each of 10,000 random mutations of a ledger is found (fewer with the race detector). Their author can write
// everything in the database, but does not have the master key.
func TestLedgers_show_every_mutation(t *testing.T) {
	t.Parallel()
	mutations := storetest.Bar(10_000, 100_000)
	db, ctx := openEmpty(t, new(func(string))), t.Context()
	fillLedgers(t, db)
	random, kinds := rand.New(rand.NewPCG(8, 27560)), map[chain.Kind]int{}
	consents, log := &mutator{Rand: random, ledger: "consents", table: "consents"}, &mutator{Rand: random, ledger: "audit", table: "audit_log"}
	for found := 0; found < mutations && !t.Failed(); {
		err := db.Write(ctx, func(tx *Tx) (err error) {
			for ; found < mutations; found++ {
				m := consents
				if random.IntN(4) == 0 {
					m = log
				}
				if err := m.mutate(ctx, tx.run); err != nil {
					return err // the database itself refuses the rows, and the transaction is lost
				}
				report, err := check(ctx, tx, m.ledger)
				if err == nil {
					_, err = tx.run.Exec(ctx, "ROLLBACK TO mutation")
				}
				if err != nil {
					return err
				}
				if report.Fault == nil {
					t.Errorf("mutation %d of %s is not found: %s", found, m.table, m.did)
					return errUndone
				}
				kinds[report.Fault.Kind]++
			}
			return errUndone
		})
		if !errors.Is(err, errUndone) && !errors.Is(err, engine.ErrTaken) && !strings.Contains(err.Error(), "constraint") {
			t.Fatal(err)
		}
	}
	for _, kind := range []chain.Kind{chain.Removed, chain.Altered, chain.Inserted, chain.HeadFault} {
		if kinds[kind] < mutations/100 {
			t.Errorf("only %d mutations are %s: the test has lost some of them", kinds[kind], kind)
		}
	}
	for _, ledger := range []string{"consents", "audit"} {
		err := db.Read(ctx, func(tx *Tx) error {
			report, err := check(ctx, tx, ledger)
			if report.Fault != nil {
				t.Errorf("without a mutation: %+v", report.Fault)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func check(ctx context.Context, tx *Tx, ledger string) (chain.Report, error) {
	if ledger == "audit" {
		return audit.Verify(ctx, inside[audit.Tx]{tx}, tx.db.options.Key, nil)
	}
	return consent.Verify(ctx, inside[consent.LedgerTx]{tx}, tx.db.options.Key, nil)
}

// fillLedgers makes an audit log of 12 entries, and 24 consents of 4 users, of which one
// was erased.
func fillLedgers(t *testing.T, db *DB) {
	t.Helper()
	ctx := t.Context()
	err := db.Write(ctx, func(tx *Tx) error {
		errs := []error{tx.MiniApps().Put(ctx, miniapp.App{ID: "kopi"}), tx.MiniApps().Put(ctx, miniapp.App{ID: "teh"})}
		for i := range 24 {
			n := strconv.Itoa(100 + i)
			errs = append(errs, tx.Consents().Insert(ctx, consent.Entry{
				ID: "entry-" + n, UserID: "user-" + strconv.Itoa(i%4), MiniAppID: []string{"kopi", "teh"}[i%2], Name: consent.Names[i%6],
				Action: []consent.Action{consent.Given, consent.Revoked, consent.Refused}[i%3], At: int64(i), Wording: "wording " + n,
				AppVersion: "2.10.0", LaunchID: "launch-" + n, Source: consent.OnCall,
			}))
			if i%2 == 0 {
				errs = append(errs, tx.Audit().Insert(ctx, audit.Entry{
					ID: "act-" + n, At: int64(i), Actor: "key", Name: "ci", Role: "owner", Action: "key.made", Target: n, MiniAppID: "kopi",
					UserID: "user", Detail: []byte(`{"n":` + n + `}`), RequestID: n, Address: "::1",
				}))
			}
		}
		_, err := consent.Keeper{Clock: clock.NewSystem(), Chains: db.chains.Consents}.Erase(ctx, tx, "user-3")
		return errors.Join(append(errs, err)...)
	})
	if err != nil {
		t.Fatal(err)
	}
}
