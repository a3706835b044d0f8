package credential

import (
	"bytes"
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"sync"
)

// The contexts of encrypted keys, which tie each value to its column.
const (
	privateOf  = "private key of "
	notifyOf   = "notification key of "
	previousOf = "previous public key of "
)

// Signer returns the key that signs a mini app's notifications.
func (s *Service) Signer(ctx context.Context, miniAppID string) (*rsa.PrivateKey, error) {
	r, err := s.ensured(ctx, miniAppID)
	if err != nil {
		return nil, err
	}
	keys, err := s.open(r)
	if err != nil {
		return nil, err
	}
	return keys.notify, nil
}

// keys are the decrypted keys of a record.
type keys struct {
	of              Record
	private, notify *rsa.PrivateKey
	previous        *rsa.PublicKey // nil when the previous generation is invalid
}

// ring caches decrypted keys, because decrypting them takes longer than checking a
// signature.
type ring struct {
	mu    sync.Mutex
	known map[string]keys // by mini app
}

// mostKnown is the largest number of mini apps whose keys are cached.
const mostKnown = 1024

func (s *Service) open(r Record) (keys, error) {
	s.opened.mu.Lock()
	known, ok := s.opened.known[r.MiniAppID]
	s.opened.mu.Unlock()
	if ok && same(known.of, r) {
		return known, nil
	}
	k, err := s.unseal(r)
	if err != nil {
		return keys{}, fmt.Errorf("opening the keys of %s: %w", r.MiniAppID, err)
	}
	s.opened.mu.Lock()
	defer s.opened.mu.Unlock()
	if len(s.opened.known) >= mostKnown || s.opened.known == nil {
		s.opened.known = map[string]keys{}
	}
	s.opened.known[r.MiniAppID] = k
	return k, nil
}

func same(a, b Record) bool {
	return bytes.Equal(a.PrivateKey, b.PrivateKey) && bytes.Equal(a.NotifyKey, b.NotifyKey) && bytes.Equal(a.Previous, b.Previous)
}

func (s *Service) unseal(r Record) (k keys, err error) {
	k.of = r
	if k.private, err = s.privateKey(r.PrivateKey, privateOf+r.MiniAppID); err != nil {
		return k, err
	}
	if k.notify, err = s.privateKey(r.NotifyKey, notifyOf+r.MiniAppID); err != nil {
		return k, err
	}
	if len(r.Previous) > 0 {
		k.previous, err = s.publicKey(r.Previous, previousOf+r.MiniAppID)
	}
	return k, err
}

func (s *Service) privateKey(sealed []byte, place string) (*rsa.PrivateKey, error) {
	der, err := s.Key.Decrypt(sealed, place)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey([]byte(der))
	if err != nil {
		return nil, err
	}
	return asRSA[*rsa.PrivateKey](key)
}

func (s *Service) publicKey(sealed []byte, place string) (*rsa.PublicKey, error) {
	der, err := s.Key.Decrypt(sealed, place)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKIXPublicKey([]byte(der))
	if err != nil {
		return nil, err
	}
	return asRSA[*rsa.PublicKey](key)
}

func asRSA[T any](key any) (T, error) {
	k, ok := key.(T)
	if !ok {
		return k, errors.New("it is not an RSA key")
	}
	return k, nil
}

func privateDER(key *rsa.PrivateKey) []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err) // RSA keys are always supported
	}
	return der
}

func publicDER(key *rsa.PublicKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err) // RSA keys are always supported
	}
	return der
}

func privatePEM(key *rsa.PrivateKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: privateDER(key)}))
}

func publicPEM(key *rsa.PublicKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicDER(key)}))
}
