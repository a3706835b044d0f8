package secret

import (
	"crypto/subtle"
	"encoding/hex"
	"errors"
)

// wrapped is the context of a wrapped key.
const wrapped = "root key"

// ErrOtherKey means that a root key was wrapped with another master key.
var ErrOtherKey = errors.New("the root key was wrapped with another master key")

// Wrap encrypts a root key with a master key. The master key can then change, and what is
// derived from the root key stays.
func (k *Key) Wrap(root *Key) []byte { return k.Encrypt(hex.EncodeToString(root.master[:]), wrapped) }

// Unwrap returns a root key that Wrap encrypted. Its error is ErrOtherKey.
func (k *Key) Unwrap(sealed []byte) (*Key, error) {
	text, err := k.Decrypt(sealed, wrapped)
	if err != nil {
		return nil, ErrOtherKey
	}
	return Parse(text)
}

// Same reports whether two keys are equal, in constant time.
func (k *Key) Same(other *Key) bool {
	return subtle.ConstantTimeCompare(k.master[:], other.master[:]) == 1
}
