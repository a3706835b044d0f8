package secret

import (
	"crypto/rand"
	"crypto/subtle"

	"github.com/google/uuid"
)

const (
	apiKeyPrefix = "sak_"
	apiKeyLength = 65 // 48 bytes in base 62 always fit
)

// NewAPIKey returns the text of a new API key: its id and 256 random bits.
func NewAPIKey(id uuid.UUID) string {
	var raw [48]byte
	copy(raw[:], id[:])
	_, _ = rand.Read(raw[16:]) // never fails (crypto/rand)
	text, _ := encode62(raw[:], apiKeyLength)
	return apiKeyPrefix + text
}

// ParseAPIKey returns the id in an API key. It does not verify the key. ok is false for a
// malformed text.
func ParseAPIKey(text string) (id uuid.UUID, ok bool) {
	var raw [48]byte
	if len(text) != len(apiKeyPrefix)+apiKeyLength || text[:len(apiKeyPrefix)] != apiKeyPrefix ||
		!decode62(raw[:], text[len(apiKeyPrefix):]) {
		return uuid.UUID{}, false
	}
	return uuid.UUID(raw[:16]), true
}

// HasHash reports whether hash is the stored form of a secret, in constant time.
func HasHash(secret string, hash []byte) bool {
	return subtle.ConstantTimeCompare(Hash(secret), hash) == 1
}
