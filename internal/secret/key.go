// Package secret derives all secret values from one master key: credentials,
// launch tokens, sealed codes and auth tokens.
//
// A derived value is not stored, so a stolen database contains no usable secret.
// A value that is compared with the database is stored as its SHA-256 hash. The
// values are long and random, so a slow hash is not needed.
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
	box    cipher.AEAD  // encrypts values in the database
	derive *macs        // computes MACs with the master key
	tag    *macs        // authenticates sealed codes
	master [KeySize]byte
}

// New returns the key with the given master key.
func New(master [KeySize]byte) *Key {
	k := &Key{derive: newMACs(master), master: master}
	seal, tag, box := k.Derive("seal body"), k.Derive("seal tag"), k.Derive("box")
	k.tag = newMACs(tag)
	k.block = mustBlock(seal)
	aead, err := cipher.NewGCM(mustBlock(box))
	if err != nil {
		panic(err) // GCM supports every AES key
	}
	k.box = aead
	return k
}

func mustBlock(key [32]byte) cipher.Block {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // the type fixes the size
	}
	return block
}

// Random returns a new key that is not stored anywhere.
func Random() *Key {
	var master [KeySize]byte
	_, _ = rand.Read(master[:]) // never fails (crypto/rand)
	return New(master)
}

// Open reads the master key from a file. When there is no file, it creates one
// with a new key (mode 0600, 64 hex digits).
func Open(path string) (*Key, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the master key: %w", err)
	}
	key, err := Parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("the master key in %s is damaged: it must be 64 hex digits; "+
			"restore it, or remove the whole data folder to start afresh", path)
	}
	return key, nil
}

// Parse reads a master key as text: 64 hex digits.
func Parse(text string) (*Key, error) {
	var master [KeySize]byte
	text = strings.TrimSpace(text)
	if len(text) != hex.EncodedLen(KeySize) {
		return nil, errors.New("the master key must be 64 hex digits")
	}
	if _, err := hex.Decode(master[:], []byte(text)); err != nil {
		return nil, errors.New("the master key must be 64 hex digits")
	}
	return New(master), nil
}

// create writes a new key to a temporary file and links that to path, so that a
// crash or a second process never leaves a partial key.
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

// syncFolder makes a new file's name survive a power failure, if the system
// supports it. A database elsewhere may depend on the key soon after.
func syncFolder(path string) {
	folder, err := os.Open(path)
	if err != nil {
		return
	}
	defer folder.Close()
	_ = folder.Sync() // some file systems do not support it
}

// Derive returns 32 bytes that depend only on the key and the parts.
func (k *Key) Derive(parts ...string) [32]byte {
	text := make([]byte, 0, 128)
	for _, p := range parts {
		text = append(text, byte(len(p)>>8), byte(len(p))) // lengths make different lists of parts different texts
		text = append(text, p...)
	}
	return k.derive.sum(text)
}

// Hash returns the stored form of a long random secret: its SHA-256.
func Hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Equal reports whether two secrets are equal, in constant time.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// Encrypt encrypts a value for the database. context names its row, so that the
// result cannot be moved to another row.
func (k *Key) Encrypt(value, context string) []byte {
	nonce := make([]byte, k.box.NonceSize(), k.box.NonceSize()+len(value)+k.box.Overhead())
	_, _ = rand.Read(nonce)
	return k.box.Seal(nonce, nonce, []byte(value), []byte(context))
}

// Decrypt returns the value that Encrypt encrypted with the same context; empty with
// an error.
func (k *Key) Decrypt(sealed []byte, context string) (string, error) {
	if len(sealed) < k.box.NonceSize() {
		return "", errors.New("decrypting: the value is too short")
	}
	plain, err := k.box.Open(nil, sealed[:k.box.NonceSize()], sealed[k.box.NonceSize():], []byte(context))
	if err != nil {
		return "", errors.New("decrypting: the value was encrypted with another master key, or was altered")
	}
	return string(plain), nil
}
