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

// CodeLength is the length of a sealed code: 64 of [0-9A-Za-z], as the auth
// codes of the documentation (list-of-jssdks-webview-v1).
const CodeLength = 64

// A sealed code is one number in base 62, made of 48 bytes:
//
//	spread (1) | tag (20) | launch (16) | issued at, ms (6) | randomness (5)
//
// The tag is HMAC-SHA-256 over purpose, spread and body, cut to 160 bits (RFC
// 6749, 10.10 asks that guessing succeed with at most 2^-160). The body is
// encrypted with AES-256-CTR, whose counter starts from the tag: the
// construction of synthetic initialization vectors (RFC 5297), which repeats
// nothing but a whole code. The spread is drawn until the number is even over
// all texts of 64 letters, so that every letter is as likely as any other.
// Issuing a code writes nothing; the database keeps only the spend.
const (
	tagSize   = 20
	bodySize  = 27
	codeSize  = 1 + tagSize + bodySize
	maxSpread = 34 // 62^64 lies between 33 and 34 times 2^376
)

// Code is what a sealed code says.
type Code struct {
	Launch   uuid.UUID
	IssuedAt time.Time // to the millisecond
	ID       uuid.UUID // follows from the code; version 7 of IssuedAt
}

// ahead is how far a code may seem to come from the future: clocks are set
// right by little steps.
const ahead = time.Second

// Stale says why a code that lives so long is not taken at now, as in "it
// expired 3s ago"; empty while it is.
func (c Code) Stale(now time.Time, life time.Duration) (why string) {
	switch age := now.Sub(c.IssuedAt); {
	case age > life:
		return fmt.Sprintf("it expired %s ago and lives %s", (age - life).Round(time.Millisecond), life)
	case age < -ahead:
		return fmt.Sprintf("it was issued %s in the future: the clock was set back", (-age).Round(time.Millisecond))
	default:
		return ""
	}
}

// Seal makes a new code for a launch; with a nil reader it uses crypto/rand.
func (k *Key) Seal(purpose string, launch uuid.UUID, now time.Time, random io.Reader) string {
	if random == nil {
		random = rand.Reader
	}
	for {
		var drawn [6]byte
		if _, err := io.ReadFull(random, drawn[:]); err != nil {
			panic("secret: the source of randomness failed: " + err.Error())
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

// Unseal reads a code. A text that this key did not seal for this purpose is
// not a code, whatever it looks like: ok is false.
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
