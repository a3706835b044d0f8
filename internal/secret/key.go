// Package secret derives everything that must not be guessed from one master
// key: credentials, launch tokens, sealed codes and auth tokens.
//
// What is derived need not be stored, so a stolen database holds nothing that
// can be used. What is checked against the database is stored as a SHA-256
// hash: the values are long and random, so no slow hash is needed.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// KeySize is the length of a master key in bytes.
const KeySize = 32

// Key is a master key, split into one key per purpose by HMAC-SHA-256.
type Key struct {
	block  cipher.Block // encrypts the body of sealed codes
	box    cipher.AEAD  // encrypts values at rest
	derive *macs        // with the master key
	tag    *macs        // authenticates sealed codes
}

// New makes a key from 32 bytes.
func New(master [KeySize]byte) *Key {
	k := &Key{derive: newMACs(master)}
	seal, tag, box := k.Derive("seal body"), k.Derive("seal tag"), k.Derive("box")
	k.tag = newMACs(tag)
	k.block = mustBlock(seal)
	aead, err := cipher.NewGCM(mustBlock(box))
	if err != nil {
		panic(err) // AES always takes GCM
	}
	k.box = aead
	return k
}

func mustBlock(key [32]byte) cipher.Block {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // the size is fixed by the type
	}
	return block
}

// Random makes a key that lives as long as the process.
func Random() *Key {
	var master [KeySize]byte
	_, _ = rand.Read(master[:]) // never fails (crypto/rand)
	return New(master)
}

// Open reads the master key from a file, or makes the file (mode 0600, 64 hex
// digits) when there is none.
func Open(path string) (*Key, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the master key: %w", err)
	}
	var master [KeySize]byte
	n, err := hex.Decode(master[:], []byte(strings.TrimSpace(string(data))))
	if err != nil || n != KeySize {
		return nil, fmt.Errorf("the master key in %s is damaged: it must be 64 hex digits; "+
			"restore it, or remove the whole data folder to start afresh", path)
	}
	return New(master), nil
}

// create writes a new key beside its place and links it there whole, so that
// a crash or a second process never leaves half a key.
func create(path string) (*Key, error) {
	var master [KeySize]byte
	_, _ = rand.Read(master[:])
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // made with mode 0600
	if err != nil {
		return nil, fmt.Errorf("making the master key: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(hex.EncodeToString(master[:]) + "\n")
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return nil, fmt.Errorf("writing the master key: %w", err)
	}
	err = os.Link(tmp.Name(), path)
	if errors.Is(err, os.ErrExist) {
		return Open(path) // another process was first
	}
	if err != nil {
		return nil, fmt.Errorf("placing the master key: %w", err)
	}
	syncFolder(filepath.Dir(path))
	return New(master), nil
}

// syncFolder keeps a new file's name through a power cut, where the system can:
// a database elsewhere may be bound to the key a moment from now.
func syncFolder(path string) {
	folder, err := os.Open(path)
	if err != nil {
		return
	}
	defer folder.Close()
	_ = folder.Sync() // some file systems cannot
}

// Derive gives 32 bytes that follow from the key and the parts, and from
// nothing else.
func (k *Key) Derive(parts ...string) [32]byte {
	text := make([]byte, 0, 128)
	for _, p := range parts {
		text = append(text, byte(len(p)>>8), byte(len(p))) // no two lists of parts read alike
		text = append(text, p...)
	}
	return k.derive.sum(text)
}

// Hash is how a long random secret is stored: its SHA-256.
func Hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Equal compares two secrets in constant time.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// Encrypt seals a value for the database; context ties it to its place, so
// that it cannot be moved to another row.
func (k *Key) Encrypt(value, context string) []byte {
	nonce := make([]byte, k.box.NonceSize(), k.box.NonceSize()+len(value)+k.box.Overhead())
	_, _ = rand.Read(nonce)
	return k.box.Seal(nonce, nonce, []byte(value), []byte(context))
}

// Decrypt opens what Encrypt sealed with the same context.
func (k *Key) Decrypt(sealed []byte, context string) (string, error) {
	if len(sealed) < k.box.NonceSize() {
		return "", errors.New("decrypting: the value is too short")
	}
	plain, err := k.box.Open(nil, sealed[:k.box.NonceSize()], sealed[k.box.NonceSize():], []byte(context))
	if err != nil {
		return "", errors.New("decrypting: the value was made with another master key, or was altered")
	}
	return string(plain), nil
}
