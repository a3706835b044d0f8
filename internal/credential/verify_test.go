package credential_test

import (
	"context"
	"crypto/rsa"
	"errors"
	"testing"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// counted is a database that counts its reads.
type counted struct {
	store.Database[credential.Tx]
	reads int
}

func (d *counted) Read(ctx context.Context, fn func(tx credential.Tx) error) error {
	d.reads++
	return d.Database.Read(ctx, fn)
}

// A caller who invents a name costs no look-up.
func TestInvented_names_are_refused_without_the_database(t *testing.T) {
	t.Parallel()
	p := open(t)
	db := &counted{Database: p.DB}
	p.DB = db
	for _, name := range []string{"", "kopi", "-kopi", "kopi-", "kopi-00000000", "SB-Mid-server-kopi-00", "G123456789-kopi-SNAP"} {
		for what, err := range map[string]error{
			"client id":  second(p.VerifyBasic(p.Ctx, name, "password")),
			"server key": second(p.VerifyServerKey(p.Ctx, name)),
			"client key": failed(p.ByClientKey(p.Ctx, name)),
			"partner id": failed(p.ByPartner(p.Ctx, name)),
		} {
			if !problem.Is(err, problem.Unauthorized) {
				t.Errorf("the %s %q: %v", what, name, err)
			}
		}
	}
	stage.Is(t, "the reads", db.reads, 0)
}

func failed[T any](_ T, err error) error { return err }

func TestNames_of_a_mini_app_with_a_short_id(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.App("k")
	for what, find := range p.names(p.of("k")) {
		if got, err := find(); err != nil || got != "k" {
			t.Errorf("%s leads to %q (%v)", what, got, err)
		}
	}
}

func TestParty_has_the_valid_generations_newest_first(t *testing.T) {
	t.Parallel()
	p := open(t)
	numbers := func() (list []int) {
		party, err := p.ByPartner(p.Ctx, p.of("kopi").Snap.PartnerID)
		must(t, err)
		for _, g := range party.Generations {
			list = append(list, g.Number)
		}
		return list
	}
	stage.Is(t, "at first", numbers(), []int{1})
	p.rotate(false)
	stage.Is(t, "after a rotation", numbers(), []int{2, 1})
	p.rotate(false)
	stage.Is(t, "after another", numbers(), []int{3, 2})
	p.Pass(credential.Grace)
	stage.Is(t, "a day later", numbers(), []int{3})
}

// late is a database whose first read comes before the writes of another caller.
type late struct {
	store.Database[credential.Tx]
	reads int
}

func (d *late) Read(ctx context.Context, fn func(tx credential.Tx) error) error {
	if d.reads++; d.reads == 1 {
		return nil
	}
	return d.Database.Read(ctx, fn)
}

// Two callers may want the first keys at once. The second waits for the first,
// and makes none.
func TestOf_makes_no_keys_when_another_caller_has_made_them(t *testing.T) {
	t.Parallel()
	p := open(t)
	want := p.of("kopi")
	p.DB = &late{Database: p.DB}
	p.NewKey = func() (*rsa.PrivateKey, error) { return nil, errors.New("no more keys") }
	stage.Is(t, "the set", p.of("kopi"), want)
}
