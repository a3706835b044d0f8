// Package id makes identifiers: version 7 UUIDs (RFC 9562). They sort by
// creation time, which keeps database indexes dense. They are not secret, and
// they show their creation time.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/clock"
)

// Source makes identifiers from a clock and a random reader. It is safe for
// concurrent use. Each identifier sorts after the previous one.
type Source struct {
	clock clock.Clock

	mu   sync.Mutex
	rand io.Reader
	last uint64 // milliseconds << 12 | sequence
}

// NewSource returns a source. A nil reader means crypto/rand.
func NewSource(c clock.Clock, r io.Reader) *Source {
	if r == nil {
		r = rand.Reader
	}
	return &Source{clock: c, rand: r}
}

// New returns the next identifier in its canonical form of 36 characters.
func (s *Source) New() string { return s.UUID().String() }

// UUID returns the next identifier as 16 bytes.
func (s *Source) UUID() uuid.UUID {
	s.mu.Lock()
	defer s.mu.Unlock()
	var u uuid.UUID
	if _, err := io.ReadFull(s.rand, u[8:]); err != nil {
		panic("id: reading randomness: " + err.Error()) // an identifier without randomness is not unique
	}
	stamp := max(uint64(s.clock.Now().UnixMilli())<<12, s.last+1)
	s.last = stamp
	binary.BigEndian.PutUint64(u[:8], stamp>>12<<16|0x7000|stamp&0xfff)
	u[8] = u[8]&0x3f | 0x80
	return u
}

// After makes every later identifier sort after text. It is called with the
// last identifier of an earlier process, whose clock may have run ahead. After
// ignores a text that is not a version 7 UUID.
func (s *Source) After(text string) {
	u, err := uuid.Parse(text)
	if err != nil || u.Version() != 7 {
		return
	}
	stamp := binary.BigEndian.Uint64(u[:8])
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = max(s.last, stamp>>16<<12|stamp&0xfff)
}

// At returns the version 7 UUID with the given time and random bits. The result
// depends on nothing else.
func At(t time.Time, bits [10]byte) uuid.UUID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[:8], uint64(t.UnixMilli())<<16)
	copy(u[6:], bits[:])
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return u
}
