// Package chain makes the entries of a ledger a keyed hash chain, so that an altered,
// removed, inserted or reordered entry is found.
//
//	commitment = MAC("content", salt, content)
//	hash n     = MAC("link", chain, n, hash n-1, commitment)
//	seal       = MAC("head", chain, n, adopted, hash n)
//
// The MAC is HMAC-SHA-256 with a key that is derived from the master key. Write access
// to the database is therefore not enough to forge an entry. The head of a chain has
// the newest number and hash, with their seal, so that the removal of the newest entries
// is found. A copy of an older state, put back as a whole, passes; only an [Anchor] that
// is kept elsewhere finds it.
//
// In it: the computation, and the check of entries in order ([Walk]). Not in it: where
// the entries are, and what they say.
package chain

import (
	"bytes"
	"crypto/hmac"

	"github.com/selasar/selasar/internal/secret"
)

// Link is the place of an entry in a ledger, with the hash of all entries up to it.
type Link struct {
	Chain  int64 // from 0
	Number int64 // from 1; 0 before the first entry
	Hash   []byte
}

// Head is the newest link of a chain.
type Head struct {
	Link
	Adopted int64 // how many of the first entries were there before the chain began
	Seal    []byte
}

// Ledger computes the chains of one ledger.
type Ledger struct {
	name   string
	chains int64
	mac    secret.MAC
}

// New returns a ledger with a name and a number of chains. Several chains let several
// transactions extend the ledger concurrently.
func New(key *secret.Key, name string, chains int) *Ledger {
	return &Ledger{name: name, chains: int64(chains), mac: key.MAC("ledger " + name)}
}

// Name returns the ledger's name.
func (l *Ledger) Name() string { return l.name }

// Heads returns the heads of empty chains, in order.
func (l *Ledger) Heads() []Head {
	heads := make([]Head, l.chains)
	for i := range heads {
		heads[i] = Head{Link: Link{Chain: int64(i), Hash: []byte{}}}
		heads[i].Seal = l.seal(heads[i])
	}
	return heads
}

// Of returns the chain of a subject, such as a user's id.
func (l *Ledger) Of(subject string) int64 {
	sum := l.mac.Sum(Content{}.Text("chain").Text(subject))
	return (int64(sum[0])<<8 | int64(sum[1])) % l.chains
}

// Commit returns the commitment to a content. With a random salt, the commitment says
// nothing about the content once the salt is removed, even to a holder of the key.
func (l *Ledger) Commit(salt []byte, content Content) []byte {
	return l.mac.Sum(Content{}.Text("content").Bytes(salt).Bytes(content))
}

// Tombstone returns the proof that the content of an entry was erased on purpose. It
// covers what remains of the entry.
func (l *Ledger) Tombstone(at Link, commitment []byte, remains Content) []byte {
	return l.mac.Sum(Content{}.Text("tombstone").Number(at.Chain).Number(at.Number).Bytes(commitment).Bytes(remains))
}

// Next returns the head after one more entry.
//
// A head without a valid seal was altered. The next head then has no seal, so that the
// entries continue and the alteration is still found.
func (l *Ledger) Next(head Head, commitment []byte) Head {
	next := Head{Link: l.link(head.Link, head.Chain, commitment), Adopted: head.Adopted, Seal: []byte{}}
	if l.Sealed(head) {
		next.Seal = l.seal(next)
	}
	return next
}

// Adopt returns the head after one more entry that was there before the chain began.
func (l *Ledger) Adopt(head Head, commitment []byte) Head {
	next := Head{Link: l.link(head.Link, head.Chain, commitment), Adopted: head.Adopted + 1}
	next.Seal = l.seal(next)
	return next
}

// Sealed reports whether a head has its valid seal.
func (l *Ledger) Sealed(head Head) bool { return hmac.Equal(head.Seal, l.seal(head)) }

func (l *Ledger) link(last Link, chain int64, commitment []byte) Link {
	number := last.Number + 1
	return Link{chain, number, l.mac.Sum(Content{}.Text("link").Number(chain).Number(number).Bytes(last.Hash).Bytes(commitment))}
}

func (l *Ledger) seal(h Head) []byte {
	return l.mac.Sum(Content{}.Text("head").Number(h.Chain).Number(h.Number).Number(h.Adopted).Bytes(h.Hash))
}

// same reports whether two links are the same.
func (l Link) same(other Link) bool {
	return l.Chain == other.Chain && l.Number == other.Number && bytes.Equal(l.Hash, other.Hash)
}
