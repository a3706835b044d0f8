package credential_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"regexp"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// platform is the service on a stage, with RSA keys from testdata, and the mini
// apps kopi and roti-dan-kue.
type platform struct {
	*credential.Service
	*stage.Stage
}

func open(t testing.TB) *platform {
	t.Helper()
	s := stage.New(t)
	s.App("kopi")
	s.App("roti-dan-kue")
	return &platform{&credential.Service{DB: stage.View[credential.Tx](s), Key: secret.Random(), Clock: s.Clock, NewKey: readyKeys()}, s}
}

// service returns another service on the platform's database, with a master key.
func (p *platform) service(key *secret.Key) *credential.Service {
	return &credential.Service{DB: p.DB, Key: key, Clock: p.Stage.Clock, NewKey: p.NewKey}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *platform) of(miniAppID string) credential.Set {
	p.Helper()
	set, err := p.Of(p.Ctx, miniAppID)
	must(p.TB, err)
	return set
}

func (p *platform) rotate(revoke bool) credential.Set {
	p.Helper()
	set, err := p.Rotate(p.Ctx, "kopi", revoke)
	must(p.TB, err)
	return set
}

// names pairs each kind of name with the look-up by that name.
func (p *platform) names(set credential.Set) map[string]func() (string, error) {
	ctx := p.Ctx
	return map[string]func() (string, error){
		"the Basic pair": func() (string, error) { return p.VerifyBasic(ctx, set.ClientID, set.ClientSecret) },
		"the server key": func() (string, error) { return p.VerifyServerKey(ctx, set.Checkout.ServerKey) },
		"the PoP id":     func() (string, error) { return p.ByPop(ctx, set.PopID) },
		"the client key": func() (string, error) {
			party, err := p.ByClientKey(ctx, set.Snap.ClientKey)
			return party.MiniAppID, err
		},
		"the partner id": func() (string, error) {
			party, err := p.ByPartner(ctx, set.Snap.PartnerID)
			return party.MiniAppID, err
		},
	}
}

func TestSet_has_the_documented_forms_and_does_not_change(t *testing.T) {
	t.Parallel()
	p := open(t)
	set := p.of("kopi")
	for name, one := range map[string][2]string{
		"client_id":           {set.ClientID, `^kopi-[0-9a-f]{8}$`},
		"client_secret":       {set.ClientSecret, `^[0-9a-f]{64}$`},
		"pop_id":              {set.PopID, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		"merchant_id":         {set.MerchantID, `^G[1-9]\d{8}$`},
		"snap.client_key":     {set.Snap.ClientKey, `^G\d{9}-kopi-SNAP$`},
		"snap.client_secret":  {set.Snap.ClientSecret, `^[0-9a-f]{64}$`},
		"snap.partner_id":     {set.Snap.PartnerID, `^G\d{9}-kopi$`},
		"snap.channel_id":     {set.Snap.ChannelID, `^\d{5}$`},
		"checkout.server_key": {set.Checkout.ServerKey, `^SB-Mid-server-kopi-[0-9a-f]{64}$`},
		"checkout.client_key": {set.Checkout.ClientKey, `^SB-Mid-client-kopi-[0-9a-f]{16}$`},
	} {
		if !regexp.MustCompile(one[1]).MatchString(one[0]) {
			t.Errorf("%s is %q", name, one[0])
		}
	}
	if set.Generation != 1 || set.PreviousUntil != 0 || set.MadeAt != p.Stage.Clock.Now().UnixMilli() {
		t.Errorf("got generation %d, previous until %d, made at %d", set.Generation, set.PreviousUntil, set.MadeAt)
	}
	if again := p.of("kopi"); again != set {
		t.Error("the set changed by itself")
	}
	fresh := p.service(p.Service.Key) // like after a restart
	if again, err := fresh.Of(t.Context(), "kopi"); err != nil || again != set {
		t.Errorf("another process has another set (%v)", err)
	}
}

func TestSet_has_matching_RSA_keys(t *testing.T) {
	t.Parallel()
	p := open(t)
	set := p.of("kopi")
	private, err := x509.ParsePKCS8PrivateKey(block(t, set.Snap.PrivateKey, "PRIVATE KEY"))
	must(t, err)
	public, err := x509.ParsePKIXPublicKey(block(t, set.Snap.PublicKey, "PUBLIC KEY"))
	must(t, err)
	mine := private.(*rsa.PrivateKey)
	if mine.N.BitLen() != 2048 || !mine.PublicKey.Equal(public) {
		t.Errorf("a key of %d bits; the public one belongs to it: %v", mine.N.BitLen(), mine.PublicKey.Equal(public))
	}
	party, err := p.ByClientKey(t.Context(), set.Snap.ClientKey)
	must(t, err)
	if len(party.Generations) != 1 || !party.Generations[0].PublicKey.Equal(public) || party.Generations[0].ClientSecret != set.Snap.ClientSecret {
		t.Errorf("the party is checked with something else: %+v", party)
	}
	signer, err := p.Signer(t.Context(), "kopi")
	must(t, err)
	told, err := x509.ParsePKIXPublicKey(block(t, set.NotificationPublicKey, "PUBLIC KEY"))
	must(t, err)
	if !signer.PublicKey.Equal(told) || mine.Equal(signer) {
		t.Error("notifications are not signed with the key that the mini app is told")
	}
}

func block(t testing.TB, text, kind string) []byte {
	t.Helper()
	b, rest := pem.Decode([]byte(text))
	if b == nil || b.Type != kind || len(rest) > 0 {
		t.Fatalf("no %s: %s", kind, text)
	}
	return b.Bytes
}

func spki(t testing.TB, key *rsa.PublicKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	must(t, err)
	return der
}

func TestNames_identify_their_mini_app_only(t *testing.T) {
	t.Parallel()
	p, stranger := open(t), open(t)
	for _, miniAppID := range []string{"kopi", "roti-dan-kue"} {
		for what, find := range p.names(p.of(miniAppID)) {
			if got, err := find(); err != nil || got != miniAppID {
				t.Errorf("%s of %s leads to %q (%v)", what, miniAppID, got, err)
			}
		}
	}
	for what, find := range p.names(stranger.of("kopi")) {
		if got, err := find(); !problem.Is(err, problem.Unauthorized, problem.MiniAppUnknown) {
			t.Errorf("%s of another platform leads to %q (%v)", what, got, err)
		}
	}
	for _, odd := range []string{"", "-", "G", "G-", "-SNAP", "G123456789-kopi-SNAP", "SB-Mid-server-", "SB-Mid-server-kopi", "SB-Mid-server-kopi-", strings.Repeat("-", 1000), "kopi", "\x00"} {
		set := credential.Set{ClientID: odd, PopID: odd, Snap: credential.Snap{ClientKey: odd, PartnerID: odd}, Checkout: credential.Checkout{ServerKey: odd}}
		for what, find := range p.names(set) {
			if got, err := find(); !problem.Is(err, problem.Unauthorized, problem.MiniAppUnknown) {
				t.Errorf("%s %q leads to %q (%v)", what, odd, got, err)
			}
		}
	}
	kopi, roti := p.of("kopi"), p.of("roti-dan-kue")
	if _, err := p.VerifyBasic(t.Context(), kopi.ClientID, roti.ClientSecret); !problem.Is(err, problem.Unauthorized) {
		t.Errorf("another mini app's secret is accepted: %v", err)
	}
}

func TestBasic_pair_works_before_the_keys_are_made(t *testing.T) {
	t.Parallel()
	p := open(t)
	other := open(t).service(p.Service.Key) // on another database
	set, err := other.Of(t.Context(), "kopi")
	must(t, err)
	if got, err := p.VerifyBasic(t.Context(), set.ClientID, set.ClientSecret); err != nil || got != "kopi" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestOf_returns_when_its_context_is_cancelled_during_key_generation(t *testing.T) {
	t.Parallel()
	p := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Of(ctx, "kopi"); err == nil {
		t.Error("Of returned no error")
	}
	_, err := p.Of(t.Context(), "kopi")
	must(t, err)
}
