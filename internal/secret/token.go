package secret

import (
	"crypto/subtle"
	"encoding/base64"
	"time"

	"github.com/google/uuid"
)

// Token is an auth token in the form of the documentation's samples
// (seamless-login-v2): base64 of a date, an identifier, a colon, and a secret.
type Token struct {
	ID     uuid.UUID // the id of its row
	Secret string    // the part that is compared, by its hash
	Text   string    // the whole token, which the mini app's backend stores
}

const tokenDate = "20060102"

// Token returns the token of a spent code. It is the same for every retry, so
// that a retry can be answered without a stored token.
func (k *Key) Token(code Code) Token {
	secret := uuid.UUID(first16(k.Derive("auth token", code.ID.String())))
	secret[6], secret[8] = secret[6]&0x0f|0x40, secret[8]&0x3f|0x80
	plain := code.IssuedAt.UTC().Format(tokenDate) + code.ID.String() + ":" + secret.String()
	return Token{ID: code.ID, Secret: secret.String(), Text: base64.StdEncoding.EncodeToString([]byte(plain))}
}

// ParseToken returns the parts of a token. ok is false for a malformed text.
func ParseToken(text string) (token Token, ok bool) {
	const uuidSize = 36
	plain, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(plain) != len(tokenDate)+uuidSize+1+uuidSize {
		return Token{}, false
	}
	if _, err := time.Parse(tokenDate, string(plain[:len(tokenDate)])); err != nil {
		return Token{}, false
	}
	rest := plain[len(tokenDate):]
	id, err := uuid.ParseBytes(rest[:uuidSize])
	if err != nil || rest[uuidSize] != ':' {
		return Token{}, false
	}
	return Token{ID: id, Secret: string(rest[uuidSize+1:]), Text: text}, true
}

func first16(b [32]byte) [16]byte { return [16]byte(b[:16]) }

// LaunchToken returns the bearer token of a launch. It contains the launch id and
// proves that this platform opened the launch. It is not stored.
func (k *Key) LaunchToken(launch uuid.UUID) string {
	raw := make([]byte, 16, 16+32)
	copy(raw, launch[:])
	proof := k.Derive("launch token", launch.String())
	text, _ := encode62(append(raw, proof[:]...), launchLength)
	return launchPrefix + text
}

const (
	launchPrefix = "slt_"
	launchLength = 65 // 48 bytes in base 62 always fit
)

// ParseLaunchToken returns the launch of a token. ok is false when this platform
// did not make the token.
func (k *Key) ParseLaunchToken(text string) (launch uuid.UUID, ok bool) {
	var raw [48]byte
	if len(text) != len(launchPrefix)+launchLength || text[:len(launchPrefix)] != launchPrefix ||
		!decode62(raw[:], text[len(launchPrefix):]) {
		return uuid.UUID{}, false
	}
	launch = uuid.UUID(raw[:16])
	proof := k.Derive("launch token", launch.String())
	return launch, subtle.ConstantTimeCompare(raw[16:], proof[:]) == 1 // a value has one spelling
}
