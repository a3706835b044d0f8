package secret

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

var launchID = uuid.MustParse("0193572e-8c00-7000-8000-000000000001")

func TestSealedCode(t *testing.T) {
	key, now := Random(), time.UnixMilli(1_795_000_000_123)
	text := key.Seal("auth code", launchID, now, nil)

	t.Run("contains launch and time", func(t *testing.T) {
		code, ok := key.Unseal("auth code", text)
		if !ok || code.Launch != launchID || !code.IssuedAt.Equal(now) {
			t.Fatalf("Unseal = %+v, %v", code, ok)
		}
		if code.ID.Version() != 7 || code.ID.Variant() != uuid.RFC4122 {
			t.Errorf("id %s is no version 7 UUID", code.ID)
		}
	})
	t.Run("is not valid for another purpose", func(t *testing.T) {
		if _, ok := key.Unseal("bank token", text); ok {
			t.Error("an auth code passed as a bank token")
		}
	})
	t.Run("is not valid under another key", func(t *testing.T) {
		if _, ok := Random().Unseal("auth code", text); ok {
			t.Error("a foreign code passed")
		}
	})
	t.Run("is not valid with any letter changed", func(t *testing.T) {
		for i := range text {
			for _, letter := range alphabet {
				forged := text[:i] + string(letter) + text[i+1:]
				if _, ok := key.Unseal("auth code", forged); ok != (forged == text) {
					t.Fatalf("letter %d as %q: valid %v", i, letter, ok)
				}
			}
		}
	})
	t.Run("malformed texts are not codes", func(t *testing.T) {
		for _, bad := range []string{"", "x", strings.Repeat("z", 64), strings.Repeat("é", 32), text + "0", text[1:]} {
			if _, ok := key.Unseal("auth code", bad); ok {
				t.Errorf("%q passed", bad)
			}
		}
	})
}

func TestCode_Stale(t *testing.T) {
	issued := time.UnixMilli(1_795_000_000_123)
	for age, want := range map[time.Duration]string{
		0:                              "",
		time.Minute:                    "",
		-time.Second:                   "",
		time.Minute + time.Millisecond: "it expired 1ms ago and lives 1m0s",
		48 * time.Hour:                 "it expired 47h59m0s ago and lives 1m0s",
		-1001 * time.Millisecond:       "it was issued 1.001s in the future: the clock was set back",
	} {
		if got := (Code{IssuedAt: issued}).Stale(issued.Add(age), time.Minute); got != want {
			t.Errorf("at the age of %s: %q, want %q", age, got, want)
		}
	}
}

// A million codes contain no duplicate, and each letter is equally likely in
// each place: chi-squared with 61 degrees of freedom, limit nine sigma. Chance
// alone exceeds that limit in one of 200 million runs. With the race detector,
// which is twenty times slower, the test makes a tenth of the codes.
func TestSealedCodes_are_unique_and_uniform(t *testing.T) {
	n := 1_000_000
	if raceDetector {
		n /= 10
	}
	key, now := Random(), time.UnixMilli(1_795_000_000_000)
	source := rand.NewChaCha8([32]byte{1})
	seen := make(map[string]struct{}, n)
	var counts [CodeLength][256]int
	for range n {
		text := key.Seal("auth code", launchID, now, source)
		seen[text] = struct{}{}
		for i := range CodeLength {
			counts[i][text[i]]++
		}
	}
	if len(seen) != n {
		t.Errorf("%d of %d codes are duplicates", n-len(seen), n)
	}
	expected := float64(n) / 62
	limit := 61 + 9*math.Sqrt(2*61)
	for place := range CodeLength {
		chi := 0.0
		for _, letter := range alphabet {
			d := float64(counts[place][letter]) - expected
			chi += d * d / expected
		}
		if chi > limit {
			t.Errorf("letters in place %d are uneven: chi-squared %.0f, limit %.0f", place, chi, limit)
		}
	}
}

func TestToken(t *testing.T) {
	key := Random()
	code, _ := key.Unseal("auth code", key.Seal("auth code", launchID, time.UnixMilli(1_795_000_000_123), nil))
	token := key.Token(code)
	parsed, ok := ParseToken(token.Text)
	if !ok || parsed != token {
		t.Fatalf("ParseToken(%q) = %+v, %v; want %+v", token.Text, parsed, ok, token)
	}
	if key.Token(code) != token {
		t.Error("a retry returns another token")
	}
	for _, bad := range []string{"", "abc", token.Text + "=", strings.ToLower(token.Text)} {
		if _, ok := ParseToken(bad); ok {
			t.Errorf("%q passed", bad)
		}
	}
}

func TestLaunchToken(t *testing.T) {
	key := Random()
	text := key.LaunchToken(launchID)
	if got, ok := key.ParseLaunchToken(text); !ok || got != launchID {
		t.Fatalf("ParseLaunchToken = %s, %v", got, ok)
	}
	if _, ok := Random().ParseLaunchToken(text); ok {
		t.Error("another platform's token passed")
	}
	if _, ok := key.ParseLaunchToken(text[:len(text)-1] + "!"); ok {
		t.Error("a malformed token passed")
	}
}

func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	first, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil || again.Derive("x") != first.Derive("x") {
		t.Fatalf("the key changed between two opens: %v", err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode())
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged key file: %v", err)
	}
}

func TestEncrypt(t *testing.T) {
	key := Random()
	sealed := key.Encrypt("1234567890", "user a")
	if got, err := key.Decrypt(sealed, "user a"); err != nil || got != "1234567890" {
		t.Fatalf("Decrypt = %q, %v", got, err)
	}
	if got, err := key.Decrypt(sealed, "user b"); err == nil || got != "" {
		t.Error("a value of another row was decrypted")
	}
	if got, err := key.Decrypt(sealed[:5], "user a"); err == nil || got != "" {
		t.Error("a truncated value was decrypted")
	}
}

func BenchmarkSeal(b *testing.B) {
	key, now := Random(), time.Now()
	for b.Loop() {
		key.Unseal("auth code", key.Seal("auth code", launchID, now, nil))
	}
}
