package credential_test

import (
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/problem"
)

func (p *platform) token(generation int) string {
	p.Helper()
	party, err := p.ByClientKey(p.Ctx, p.of("kopi").Snap.ClientKey)
	must(p.TB, err)
	return p.IssueToken(party, generation, p.Stage.Clock.Now())
}

func (p *platform) refusesToken(what, text, why string) {
	p.Helper()
	if _, err := p.ParseToken(p.Ctx, text); !problem.Is(err, problem.TokenInvalid) || !strings.Contains(err.Error(), why) {
		p.Errorf("%s: %v, want it refused because it %q", what, err, why)
	}
}

func TestToken_expires_after_15_minutes(t *testing.T) {
	t.Parallel()
	p := open(t)
	text := p.token(1)
	got, err := p.ParseToken(t.Context(), text)
	if want := (credential.Token{MiniAppID: "kopi", Generation: 1, ExpiresAt: p.Stage.Clock.Now().Add(900 * time.Second).UnixMilli()}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if len(text) > 2048 || text == p.token(1) {
		t.Errorf("it has %d letters, or is the same each time", len(text))
	}
	p.Pass(900*time.Second - time.Millisecond)
	if _, err := p.ParseToken(t.Context(), text); err != nil {
		t.Errorf("a moment before its end: %v", err)
	}
	p.Pass(time.Millisecond - 1)
	if _, err := p.ParseToken(t.Context(), text); err != nil {
		t.Errorf("a nanosecond before its end: %v", err)
	}
	p.Pass(1)
	p.refusesToken("at its end", text, "expired")
}

// Two machines that share a database may have clocks a minute apart.
func TestToken_of_a_clock_that_runs_ahead_is_accepted_up_to_a_minute(t *testing.T) {
	t.Parallel()
	p := open(t)
	party, err := p.ByClientKey(p.Ctx, p.of("kopi").Snap.ClientKey)
	must(t, err)
	now := p.Stage.Clock.Now()
	if _, err := p.ParseToken(p.Ctx, p.IssueToken(party, 1, now.Add(time.Minute))); err != nil {
		t.Errorf("a minute ahead: %v", err)
	}
	p.refusesToken("more than a minute ahead", p.IssueToken(party, 1, now.Add(time.Minute+time.Millisecond)), "set back")
}

// A reset sets a moved clock back. A token from before the reset would live longer.
func TestToken_issued_before_the_clock_was_set_back_is_refused(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.of("kopi")
	now := p.Stage.Clock.Now()
	p.Pass(time.Hour)
	text := p.token(1)
	p.Stage.Clock.Set(now)
	p.refusesToken("after the clock was set back", text, "set back")
	p.Stage.Clock.Set(now.Add(time.Hour))
	if _, err := p.ParseToken(p.Ctx, text); err != nil {
		t.Errorf("in its own time: %v", err)
	}
}

func TestToken_becomes_invalid_with_its_generation(t *testing.T) {
	t.Parallel()
	p := open(t)
	of1 := p.token(1)
	p.rotate(false)
	of2 := p.token(2)
	for _, text := range []string{of1, of2} {
		if _, err := p.ParseToken(t.Context(), text); err != nil {
			t.Errorf("after a rotation: %v", err)
		}
	}
	p.rotate(true)
	p.refusesToken("of a revoked generation", of2, "rotated")
	p.refusesToken("of one before that", of1, "rotated")
	if _, err := p.ParseToken(t.Context(), p.token(3)); err != nil {
		t.Errorf("of the new generation: %v", err)
	}
	p.refusesToken("of a generation that is to come", p.token(4), "rotated")
}

func TestToken_of_the_previous_generation_becomes_invalid_with_it(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.of("kopi")
	p.rotate(false)
	p.Pass(credential.Grace - time.Minute)
	late := p.token(1)
	p.Pass(59 * time.Second)
	if _, err := p.ParseToken(t.Context(), late); err != nil {
		t.Errorf("before the end of the day: %v", err)
	}
	p.Pass(time.Second)
	p.refusesToken("after it", late, "rotated")
}

func TestToken_that_was_altered_is_refused(t *testing.T) {
	t.Parallel()
	p, other := open(t), open(t)
	text := p.token(1)
	for at := range text {
		for _, letter := range []byte("0123456789abcdefABCDEF g-\x00") {
			if letter != text[at] {
				p.refusesToken("altered", text[:at]+string([]byte{letter})+text[at+1:], "not an access token")
			}
		}
	}
	for _, odd := range []string{"", "00", text + "00", text[2:], text[:len(text)-2], strings.ToUpper(text), " " + text, text + "\n", text + text, other.token(1), strings.Repeat("0", 100_000)} {
		p.refusesToken("odd", odd, "not an access token")
	}
}

func FuzzParseToken(f *testing.F) {
	p := open(f)
	issued := p.token(1)
	f.Add(issued)
	f.Add("")
	f.Add(issued[2:])
	f.Fuzz(func(t *testing.T, text string) {
		_, err := p.ParseToken(p.Ctx, text)
		if text == issued && err != nil || text != issued && !problem.Is(err, problem.TokenInvalid) {
			t.Errorf("%q: %v", text, err)
		}
	})
}

func FuzzNames(f *testing.F) {
	p := open(f)
	set := p.of("kopi")
	for _, name := range []string{set.ClientID, set.ClientSecret, set.Snap.ClientKey, set.Snap.PartnerID, set.Checkout.ServerKey, set.PopID, "", "-", "G-", "-SNAP"} {
		f.Add(name, set.ClientSecret)
		f.Add(name, "")
	}
	for _, odd := range []string{"\xa7", "\x00", "kopi", "../kopi", " "} {
		f.Add("SB-Mid-server-"+odd+"-", "")
		f.Add("SB-Mid-server-"+odd+"-"+strings.Repeat("0", 64), "")
	}
	f.Fuzz(func(t *testing.T, name, password string) {
		odd := credential.Set{ClientID: name, ClientSecret: password, PopID: name, Snap: credential.Snap{ClientKey: name, PartnerID: name}, Checkout: credential.Checkout{ServerKey: name}}
		for what, find := range p.names(odd) {
			got, err := find()
			known := map[string]bool{
				"the Basic pair": name == set.ClientID && password == set.ClientSecret, "the server key": name == set.Checkout.ServerKey,
				"the client key": name == set.Snap.ClientKey, "the partner id": name == set.Snap.PartnerID, "the PoP id": strings.EqualFold(name, set.PopID),
			}[what]
			if known && got != "kopi" || !known && !problem.Is(err, problem.Unauthorized, problem.MiniAppUnknown) {
				t.Errorf("%s %q leads to %q, %v", what, name, got, err)
			}
		}
	})
}
