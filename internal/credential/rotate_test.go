package credential_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// secrets pairs each secret of a set with its check.
func (p *platform) secrets(set credential.Set) map[string]func() error {
	ctx := p.Ctx
	generation := func(matches func(credential.Generation) bool) func() error {
		return func() error {
			party, err := p.ByPartner(ctx, set.Snap.PartnerID)
			if err == nil && !slices.ContainsFunc(party.Generations, matches) {
				err = problem.New(problem.Unauthorized, "no generation has it")
			}
			return err
		}
	}
	return map[string]func() error{
		"the Basic pair":  func() error { _, err := p.VerifyBasic(ctx, set.ClientID, set.ClientSecret); return err },
		"the server key":  func() error { _, err := p.VerifyServerKey(ctx, set.Checkout.ServerKey); return err },
		"the SNAP secret": generation(func(g credential.Generation) bool { return g.ClientSecret == set.Snap.ClientSecret }),
		"the RSA public key": generation(func(g credential.Generation) bool {
			return bytes.Equal(spki(p.TB, g.PublicKey), block(p.TB, set.Snap.PublicKey, "PUBLIC KEY"))
		}),
	}
}

func (p *platform) check(what string, set credential.Set, taken bool) {
	p.Helper()
	for name, one := range p.secrets(set) {
		if err := one(); taken && err != nil || !taken && !problem.Is(err, problem.Unauthorized) {
			p.Errorf("%s: %s: %v, want taken: %v", what, name, err, taken)
		}
	}
}

func TestRotate_keeps_the_previous_generation_valid_for_a_day(t *testing.T) {
	t.Parallel()
	p := open(t)
	other := p.of("roti-dan-kue")
	first := p.of("kopi")
	second := p.rotate(false)
	if second.Generation != 2 || second.PreviousUntil != p.Stage.Clock.Now().Add(24*time.Hour).UnixMilli() {
		t.Errorf("generation %d, previous until %d", second.Generation, second.PreviousUntil)
	}
	if second.ClientID != first.ClientID || second.PopID != first.PopID || second.MerchantID != first.MerchantID ||
		second.Snap.ClientKey != first.Snap.ClientKey || second.Snap.PartnerID != first.Snap.PartnerID || second.Snap.ChannelID != first.Snap.ChannelID ||
		second.Checkout.ClientKey != first.Checkout.ClientKey || second.NotificationPublicKey != first.NotificationPublicKey {
		t.Error("a name, or the key of notifications, changed")
	}
	p.check("the new generation", second, true)
	p.check("the generation before", first, true)
	p.Pass(24*time.Hour - time.Millisecond)
	p.check("the generation before, a moment before its end", first, true)
	p.Pass(time.Millisecond)
	p.check("the generation before, at its end", first, false)
	p.check("the new generation, a day later", second, true)
	if set := p.of("kopi"); set.PreviousUntil != 0 {
		t.Errorf("previous until %d, after that", set.PreviousUntil)
	}
	p.check("another mini app", other, true)
}

func TestRotate_twice_leaves_two_generations(t *testing.T) {
	t.Parallel()
	p := open(t)
	first, second, third := p.of("kopi"), p.rotate(false), p.rotate(false)
	p.check("the oldest", first, false)
	p.check("the middle one", second, true)
	p.check("the newest", third, true)
}

func TestRotate_with_revoke_accepts_only_the_new_generation(t *testing.T) {
	t.Parallel()
	p := open(t)
	first, second := p.of("kopi"), p.rotate(false)
	third := p.rotate(true)
	p.check("the first", first, false)
	p.check("the one before", second, false)
	p.check("the new one", third, true)
	if third.PreviousUntil != 0 || third.NotificationPublicKey == second.NotificationPublicKey {
		t.Error("the previous generation is still valid, or signs notifications")
	}
	signer, err := p.Signer(t.Context(), "kopi")
	must(t, err)
	if !bytes.Equal(spki(t, &signer.PublicKey), block(t, third.NotificationPublicKey, "PUBLIC KEY")) {
		t.Error("notifications are signed with another key")
	}
	if _, err := p.VerifyBasic(t.Context(), second.ClientID, second.ClientSecret); err == nil || !strings.Contains(err.Error(), "rotated") {
		t.Errorf("the old secret is refused with %v", err)
	}
}

func TestRotate_writes_a_journal_entry_without_secrets(t *testing.T) {
	t.Parallel()
	p := open(t)
	sets := []credential.Set{p.of("kopi"), p.rotate(false), p.rotate(true)}
	list := p.Entries(journal.Credential)
	if len(list) != 2 || list[0].Kind != journal.Credential || list[0].MiniAppID != "kopi" || list[0].Title != "credentials rotated" || list[1].Title != "credentials revoked" {
		t.Fatalf("got %+v", list)
	}
	text, err := json.Marshal(list)
	must(t, err)
	for _, set := range sets {
		for _, secret := range []string{set.ClientSecret, set.Snap.ClientSecret, set.Checkout.ServerKey, set.Snap.PrivateKey[60:90]} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%q is in the journal", secret)
			}
		}
	}
}

func TestKeys_of_another_master_key_are_refused(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.of("kopi")
	p.Service = p.service(secret.Random())
	p.Service.NewKey = readyKeys()
	before := p.Contents()
	stranger := open(t)
	stranger.Service = stranger.service(p.Service.Key)
	names := stranger.of("kopi").Snap // those of this master key
	for name, act := range map[string]func() error{
		"Of":          func() error { _, err := p.Of(p.Ctx, "kopi"); return err },
		"Signer":      func() error { _, err := p.Signer(p.Ctx, "kopi"); return err },
		"Identity":    func() error { _, err := p.Identity(p.Ctx, "kopi"); return err },
		"ByClientKey": func() error { _, err := p.ByClientKey(p.Ctx, names.ClientKey); return err },
		"ByPartner":   func() error { _, err := p.ByPartner(p.Ctx, names.PartnerID); return err },
		"Rotate":      func() error { _, err := p.Rotate(p.Ctx, "kopi", false); return err },
	} {
		if err := act(); err == nil || !strings.Contains(err.Error(), "another master key") {
			t.Errorf("%s: %v", name, err)
		}
	}
	stage.Is(t, "the database", p.Contents(), before)
}

// An encrypted key is tied to its column and its mini app.
func TestKeys_moved_to_another_place_are_refused(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.of("kopi")
	p.rotate(false)
	p.of("roti-dan-kue")
	for what, move := range map[string]func(kopi, roti *credential.Record){
		"to another mini app": func(kopi, roti *credential.Record) { kopi.PrivateKey = roti.PrivateKey },
		"to another column":   func(kopi, _ *credential.Record) { kopi.NotifyKey = kopi.PrivateKey },
		"altered":             func(kopi, _ *credential.Record) { kopi.PrivateKey = append([]byte{1}, kopi.PrivateKey[1:]...) },
		"cut off":             func(kopi, _ *credential.Record) { kopi.NotifyKey = kopi.NotifyKey[:5] },
		"for the one before":  func(kopi, _ *credential.Record) { kopi.Previous = kopi.PrivateKey },
		"cut off to a byte":   func(kopi, _ *credential.Record) { kopi.Previous = kopi.PrivateKey[:1] },
	} {
		var was credential.Record
		put := func(change func(kopi, roti *credential.Record)) {
			must(t, p.Try(func(tx *stage.Tx) error {
				roti, _, err := tx.Credentials().Get(p.Ctx, "roti-dan-kue")
				must(t, err)
				return tx.Credentials().Change(p.Ctx, "kopi", func(r *credential.Record) error {
					change(r, &roti)
					return nil
				})
			}))
		}
		put(func(kopi, roti *credential.Record) { was = *kopi; move(kopi, roti) })
		if _, err := p.Of(p.Ctx, "kopi"); err == nil {
			t.Errorf("%s: the set is there", what)
		}
		put(func(kopi, _ *credential.Record) { *kopi = was })
		p.of("kopi")
	}
}
