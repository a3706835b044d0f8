package credential

import (
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
