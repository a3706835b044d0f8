// Package id makes identifiers: UUIDs of version 7 (RFC 9562), which sort by
// the time they were made and so keep database indexes dense. They are names,
// not secrets: whoever sees one sees when it was made.
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

// Source makes identifiers from a clock and a source of randomness. It is safe
// for concurrent use, and each identifier sorts after the one before it.
type Source struct {
	clock clock.Clock

	mu   sync.Mutex
	rand io.Reader
	last uint64 // milliseconds << 12 | sequence
}

// NewSource makes a source; with a nil reader it uses crypto/rand.
func NewSource(c clock.Clock, r io.Reader) *Source {
	if r == nil {
		r = rand.Reader
	}
	return &Source{clock: c, rand: r}
}

// New makes the next identifier, in its usual 36 characters.
func (s *Source) New() string { return s.UUID().String() }

// UUID makes the next identifier as its 16 bytes.
func (s *Source) UUID() uuid.UUID {
	s.mu.Lock()
	defer s.mu.Unlock()
	var u uuid.UUID
	if _, err := io.ReadFull(s.rand, u[8:]); err != nil {
		panic("id: the source of randomness failed: " + err.Error()) // nothing safe can be made without it
	}
	stamp := max(uint64(s.clock.Now().UnixMilli())<<12, s.last+1)
	s.last = stamp
	binary.BigEndian.PutUint64(u[:8], stamp>>12<<16|0x7000|stamp&0xfff)
	u[8] = u[8]&0x3f | 0x80
	return u
}

// After has every further identifier sort after one that another source made:
// an earlier process, whose clock may have stood ahead of this one's. A text
// that is no identifier does nothing.
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

// At makes the version 7 identifier of a moment whose other bits are given:
// the same moment and bits give the same identifier.
func At(t time.Time, bits [10]byte) uuid.UUID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[:8], uint64(t.UnixMilli())<<16)
	copy(u[6:], bits[:])
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return u
}
