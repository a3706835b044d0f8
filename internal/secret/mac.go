package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"
)

// macs computes HMAC-SHA-256 with one key. It reuses the state that depends only
// on the key, which is half of the work for a short text.
type macs struct{ ready sync.Pool }

func newMACs(key [32]byte) *macs {
	return &macs{sync.Pool{New: func() any { return hmac.New(sha256.New, key[:]) }}}
}

func (m *macs) sum(text []byte) (sum [sha256.Size]byte) {
	mac := m.ready.Get().(hash.Hash)
	defer m.ready.Put(mac)
	mac.Reset()
	mac.Write(text)
	mac.Sum(sum[:0])
	return sum
}

// MAC computes HMAC-SHA-256 with the key of one purpose.
type MAC struct{ of *macs }

// MAC returns the MAC of a purpose. It is made once and used many times.
func (k *Key) MAC(purpose string) MAC { return MAC{newMACs(k.Derive(purpose))} }

// Sum returns the HMAC-SHA-256 of a text.
func (m MAC) Sum(text []byte) []byte {
	sum := m.of.sum(text)
	return sum[:]
}
