package credential_test

import (
	"crypto/rsa"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// repeatKeys makes the platform use the test keys again and again.
func (p *platform) repeatKeys() {
	var next atomic.Int64
	p.NewKey = func() (*rsa.PrivateKey, error) { return testKeys()[int(next.Add(1))%len(testKeys())], nil }
}

// Each store call of an operation fails once, and the operation must return
// that error.
func TestOperations_return_the_errors_of_the_store(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(p *platform, set credential.Set, token string) error{
		"Of": func(p *platform, _ credential.Set, _ string) error { _, err := p.Of(p.Ctx, "kopi"); return err },
		"Rotate": func(p *platform, _ credential.Set, _ string) error {
			_, err := p.Rotate(p.Ctx, "kopi", false)
			return err
		},
		"Signer":   func(p *platform, _ credential.Set, _ string) error { _, err := p.Signer(p.Ctx, "kopi"); return err },
		"Identity": func(p *platform, _ credential.Set, _ string) error { _, err := p.Identity(p.Ctx, "kopi"); return err },
		"ParseToken": func(p *platform, _ credential.Set, token string) error {
			_, err := p.ParseToken(p.Ctx, token)
			return err
		},
		"VerifyBasic": func(p *platform, set credential.Set, _ string) error {
			return second(p.VerifyBasic(p.Ctx, set.ClientID, set.ClientSecret))
		},
		"VerifyServerKey": func(p *platform, set credential.Set, _ string) error {
			return second(p.VerifyServerKey(p.Ctx, set.Checkout.ServerKey))
		},
		"ByPop": func(p *platform, set credential.Set, _ string) error { return second(p.ByPop(p.Ctx, set.PopID)) },
		"ByPartner": func(p *platform, set credential.Set, _ string) error {
			_, err := p.ByPartner(p.Ctx, set.Snap.PartnerID)
			return err
		},
		"ByClientKey": func(p *platform, set credential.Set, _ string) error {
			_, err := p.ByClientKey(p.Ctx, set.Snap.ClientKey)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t)
			p.repeatKeys()
			token, set := p.token(1), p.of("kopi")
			p.Loud(func() error { return act(p, set, token) })
		})
	}
}

func second(_ string, err error) error { return err }

func TestOf_makes_the_first_keys_or_returns_an_error(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.repeatKeys()
	p.Loud(func() error { _, err := p.Of(p.Ctx, "kopi"); return err })
	stage.Is(t, "the generation", p.of("kopi").Generation, 1)
}

func TestRotate_is_rolled_back_when_its_journal_entry_fails(t *testing.T) {
	t.Parallel()
	for _, revoke := range []bool{false, true} {
		p := open(t)
		p.repeatKeys()
		p.of("kopi")
		p.Loud(func() error {
			before, entries := p.Contents(), len(p.Entries(journal.Credential))
			_, err := p.Rotate(p.Ctx, "kopi", revoke)
			written := len(p.Entries(journal.Credential)) > entries
			if changed := p.Contents() != before; changed != written {
				t.Errorf("a journal entry is written: %v, but the contents changed: %v", written, changed)
			}
			return err
		})
	}
}

func TestRotate_returns_the_error_of_each_key(t *testing.T) {
	t.Parallel()
	failed := errors.New("no entropy")
	for made := range 7 { // two first keys, then two with revoke; two first keys, then one without
		revoke, last := made < 4, made%4
		p := open(t)
		keys := readyKeys()
		var begun atomic.Int64
		p.NewKey = func() (*rsa.PrivateKey, error) {
			if begun.Add(1) == int64(last)+1 { // only once: the keys after it are made
				return nil, failed
			}
			return keys()
		}
		if _, err := p.Rotate(p.Ctx, "kopi", revoke); !errors.Is(err, failed) {
			t.Errorf("after %d keys, with revoke %t: %v", last, revoke, err)
		}
		stage.Is(t, "the journal", len(p.Entries(journal.Credential)), 0)
	}
}

// Another process may store the first record in the meantime. Its keys count.
func TestOf_returns_the_keys_of_the_process_that_stored_them_first(t *testing.T) {
	t.Parallel()
	p := open(t)
	other := p.service(p.Service.Key)
	p.NewKey = func() (*rsa.PrivateKey, error) {
		if _, err := other.Of(p.Ctx, "kopi"); err != nil {
			return nil, err
		}
		return testKeys()[7], nil
	}
	other.NewKey = readyKeys()
	set, err := other.Of(p.Ctx, "roti-dan-kue")
	must(t, err)
	if mine := p.of("kopi"); mine.Snap.PublicKey == set.Snap.PublicKey {
		t.Error("two mini apps have one key")
	}
	theirs, err := other.Of(p.Ctx, "kopi")
	must(t, err)
	stage.Is(t, "the set", p.of("kopi"), theirs)
}

func TestIdentity_has_the_signer_and_the_names(t *testing.T) {
	t.Parallel()
	p := open(t)
	set := p.of("kopi")
	got, err := p.Identity(p.Ctx, "kopi")
	must(t, err)
	signer, err := p.Signer(p.Ctx, "kopi")
	must(t, err)
	stage.Is(t, "the names", []any{got.PartnerID, got.ChannelID, p.MerchantID("kopi")}, []any{set.Snap.PartnerID, set.Snap.ChannelID, set.MerchantID})
	if !got.Key.Equal(signer) {
		t.Error("the key is another")
	}
}

func TestSet_Environment(t *testing.T) {
	t.Parallel()
	s := credential.Set{
		ClientID: "1", ClientSecret: "2", PopID: "3", MerchantID: "4", NotificationPublicKey: "5",
		Snap:     credential.Snap{ClientKey: "6", ClientSecret: "7", PrivateKey: "8", PublicKey: "-", PartnerID: "9", ChannelID: "10"},
		Checkout: credential.Checkout{ServerKey: "11", ClientKey: "12"},
	}
	stage.Is(t, "the variables", s.Environment(), []string{
		"SELASAR_CLIENT_ID=1", "SELASAR_CLIENT_SECRET=2", "SELASAR_POP_ID=3", "SELASAR_MERCHANT_ID=4", "SELASAR_NOTIFICATION_PUBLIC_KEY=5",
		"SELASAR_SNAP_CLIENT_KEY=6", "SELASAR_SNAP_CLIENT_SECRET=7", "SELASAR_SNAP_PRIVATE_KEY=8", "SELASAR_SNAP_PARTNER_ID=9",
		"SELASAR_SNAP_CHANNEL_ID=10", "SELASAR_CHECKOUT_SERVER_KEY=11", "SELASAR_CHECKOUT_CLIENT_KEY=12",
	})
}

// Names follow from the master key and the mini app's id alone, so that they
// never change, also with a new version of Selasar.
func TestNames_of_a_fixed_master_key(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.Service = p.service(p.Stage.Key)
	set := p.of("kopi")
	stage.Is(t, "the names", []string{set.ClientID, set.PopID, set.MerchantID, set.Snap.ClientKey, set.Snap.PartnerID, set.Snap.ChannelID, set.Checkout.ClientKey}, []string{
		"kopi-93c54bf8", "dbc3aa4f-c62c-42db-91ab-d67e3c54732d", "G278071127", "G278071127-kopi-SNAP", "G278071127-kopi", "60177", "SB-Mid-client-kopi-dd22061fefe27482",
	})
	p.App("nasi")
	stage.Is(t, "the PoP id of another mini app", p.of("nasi").PopID, "4ed005bd-ecb4-4bae-a2b2-fe072b82cb39")
	stage.Is(t, "the beginnings of the secrets", []string{set.ClientSecret[:8], set.Snap.ClientSecret[:8], set.Checkout.ServerKey[:27]}, []string{"d6b2e9f6", "9b079529", "SB-Mid-server-kopi-040a5743"})
}

func TestVerifyBasic_names_the_generation_of_rotated_credentials(t *testing.T) {
	t.Parallel()
	p := open(t)
	first := p.of("kopi")
	p.rotate(true)
	_, err := p.VerifyBasic(p.Ctx, first.ClientID, first.ClientSecret)
	stage.Is(t, "the refusal of rotated ones", err.Error(), problem.New(problem.Unauthorized, "these credentials were rotated and are no longer valid; use those of generation 2").Error())
	_, err = p.VerifyBasic(p.Ctx, first.ClientID, "guessed")
	stage.Is(t, "the refusal of a guess", err.Error(), problem.New(problem.Unauthorized, "client id and secret do not belong together; use SELASAR_CLIENT_ID and SELASAR_CLIENT_SECRET").Error())
}
