package credential

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/secret"
)

func TestNewKey_without_a_source_makes_a_random_key_of_2048_bits(t *testing.T) {
	s := &Service{Key: secret.Random()}
	sealed, err := s.newKey(t.Context(), "place")
	if err != nil {
		t.Fatal(err)
	}
	der, err := s.Key.Decrypt(sealed, "place")
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.ParsePKCS8PrivateKey([]byte(der))
	if err != nil || key.(*rsa.PrivateKey).N.BitLen() != 2048 {
		t.Errorf("%T, %v", key, err)
	}
}

func TestNewKey_returns_the_error_of_its_source(t *testing.T) {
	failed := errors.New("no entropy")
	s := &Service{Key: secret.Random(), NewKey: func() (*rsa.PrivateKey, error) { return nil, failed }}
	if sealed, err := s.newKey(t.Context(), "place"); !errors.Is(err, failed) || sealed != nil {
		t.Errorf("%x, %v", sealed, err)
	}
}

// The cache of opened keys is emptied when it is full, and a changed record is
// opened again.
func TestOpen_caches_at_most_1024_mini_apps(t *testing.T) {
	s := &Service{Key: secret.Random(), NewKey: randomKey}
	sealed, err := s.newKey(t.Context(), privateOf+"kopi")
	if err != nil {
		t.Fatal(err)
	}
	der, _ := s.Key.Decrypt(sealed, privateOf+"kopi")
	r := Record{MiniAppID: "kopi", PrivateKey: sealed, NotifyKey: s.Key.Encrypt(der, notifyOf+"kopi")}
	for _, one := range []struct{ before, after int }{{0, 1}, {1022, 1023}, {1023, 1024}, {1024, 1}} {
		s.opened.known = map[string]keys{}
		for i := range one.before {
			s.opened.known[strings.Repeat("a", i+10)] = keys{}
		}
		if _, err := s.open(r); err != nil || len(s.opened.known) != one.after {
			t.Errorf("from %d to %d mini apps (%v), want %d", one.before, len(s.opened.known), err, one.after)
		}
	}
	opened := s.opened.known["kopi"].private
	if k, err := s.open(r); err != nil || k.private != opened {
		t.Errorf("a known key is opened again (%v)", err)
	}
	r.NotifyKey = nil
	if _, err := s.open(r); err == nil || !strings.Contains(err.Error(), "kopi") {
		t.Errorf("a changed record: %v", err)
	}
}

func TestNewKey_does_not_wait_for_its_source_when_it_is_cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	started, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	s := &Service{Key: secret.Random(), NewKey: func() (*rsa.PrivateKey, error) {
		close(started)
		<-release
		return nil, errors.New("nobody waits for this")
	}}
	go func() { <-started; cancel() }()
	if sealed, err := s.newKey(ctx, "place"); !errors.Is(err, context.Canceled) || sealed != nil {
		t.Errorf("%x, %v", sealed, err)
	}
}

// A stored value that is no RSA key is refused, with the step that fails.
func TestStored_keys_are_RSA_keys(t *testing.T) {
	s := &Service{Key: secret.Random()}
	curve, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(curve.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	seal := func(plain string) []byte { return s.Key.Encrypt(plain, "place") }
	for _, one := range []struct {
		what            string
		private, public []byte
		why             string
	}{
		{"a value that is not encrypted", private, public, "master key"},
		{"a value that is no key", seal("key"), seal("key"), "asn1"},
		{"a key of a curve", seal(string(private)), seal(string(public)), "not an RSA key"},
	} {
		if key, err := s.privateKey(one.private, "place"); key != nil || err == nil || !strings.Contains(err.Error(), one.why) {
			t.Errorf("%s is the private key %v, %v", one.what, key, err)
		}
		if key, err := s.publicKey(one.public, "place"); key != nil || err == nil || !strings.Contains(err.Error(), one.why) {
			t.Errorf("%s is the public key %v, %v", one.what, key, err)
		}
	}
}
