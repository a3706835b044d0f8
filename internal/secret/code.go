package secret

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/id"
)

// CodeLength is the length of a sealed code: 64 characters of [0-9A-Za-z], like
// the auth codes of the documentation (list-of-jssdks-webview-v1).
const CodeLength = 64

// A sealed code is one number in base 62, made of 48 bytes:
//
//	spread (1) | tag (20) | launch (16) | issued at, ms (6) | randomness (5)
//
// The tag is HMAC-SHA-256 over purpose, spread and body, cut to 160 bits (RFC
// 6749, 10.10: a guess succeeds with a probability of at most 2^-160). The body
// is encrypted with AES-256-CTR, and the tag is the initial counter. This is the
// construction of synthetic initialization vectors (RFC 5297): only an identical
// code repeats a counter. The spread is drawn at random until the number fits 64
// digits, which makes every digit equally likely in every place. Issuing a code
// writes nothing; the database stores only spent codes.
const (
	tagSize   = 20
	bodySize  = 27
	codeSize  = 1 + tagSize + bodySize
	maxSpread = 34 // 62^64 lies between 33 and 34 times 2^376
)

// Code is the content of a sealed code.
type Code struct {
	Launch   uuid.UUID
	IssuedAt time.Time // to the millisecond
	ID       uuid.UUID // a version 7 UUID from IssuedAt and the tag
}

// maxSkew is how far in the future a code may seem to be issued, because time
// synchronization moves clocks in small steps.
const maxSkew = time.Second

// Stale returns the reason why a code with the given lifetime is not valid at
// now, such as "it expired 3s ago and lives 1m0s". It is empty for a valid code.
func (c Code) Stale(now time.Time, life time.Duration) (why string) {
	switch age := now.Sub(c.IssuedAt); {
	case age > life:
		return fmt.Sprintf("it expired %s ago and lives %s", (age - life).Round(time.Millisecond), life)
	case age < -maxSkew:
		return fmt.Sprintf("it was issued %s in the future: the clock was set back", (-age).Round(time.Millisecond))
	default:
		return ""
	}
}

// Seal returns a new code for a launch. A nil reader means crypto/rand.
func (k *Key) Seal(purpose string, launch uuid.UUID, now time.Time, random io.Reader) string {
	if random == nil {
		random = rand.Reader
	}
	for {
		var drawn [6]byte
		if _, err := io.ReadFull(random, drawn[:]); err != nil {
			panic("secret: reading randomness: " + err.Error())
		}
		if drawn[0] >= 256/maxSpread*maxSpread {
			continue
		}
		raw := [codeSize]byte{drawn[0] % maxSpread}
		tag, body := raw[1:1+tagSize], raw[1+tagSize:]
		copy(body, launch[:])
		putMillis(body[16:22], now)
		copy(body[22:], drawn[1:])
		copy(tag, k.sealTag(purpose, raw[0], body))
		k.crypt(tag, body)
		if text, fits := encode62(raw[:], CodeLength); fits {
			return text
		}
	}
}

// Unseal returns the content of a code. ok is false for a text that this key did
// not seal for this purpose.
func (k *Key) Unseal(purpose, text string) (code Code, ok bool) {
	var raw [codeSize]byte
	if len(text) != CodeLength || !decode62(raw[:], text) {
		return Code{}, false
	}
	tag, body := raw[1:1+tagSize], raw[1+tagSize:]
	k.crypt(tag, body)
	if !hmac.Equal(tag, k.sealTag(purpose, raw[0], body)) {
		return Code{}, false
	}
	copy(code.Launch[:], body)
	code.IssuedAt = millis(body[16:22])
	code.ID = id.At(code.IssuedAt, [10]byte(tag[:10]))
	return code, true
}

func (k *Key) sealTag(purpose string, spread byte, body []byte) []byte {
	text := make([]byte, 0, 128)
	text = append(text, purpose...)
	text = append(text, 0, spread)
	sum := k.tag.sum(append(text, body...))
	return sum[:tagSize]
}

func (k *Key) crypt(tag, body []byte) {
	cipher.NewCTR(k.block, tag[:16]).XORKeyStream(body, body)
}

func putMillis(b []byte, t time.Time) {
	var wide [8]byte
	binary.BigEndian.PutUint64(wide[:], uint64(t.UnixMilli()))
	copy(b, wide[2:])
}

func millis(b []byte) time.Time {
	var wide [8]byte
	copy(wide[2:], b)
	return time.UnixMilli(int64(binary.BigEndian.Uint64(wide[:])))
}
