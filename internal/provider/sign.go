package provider

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/signature"
)

// The headers of a signed message. The nonce makes every request unique, so that an
// answer cannot be replayed for an equal request within the same second.
const (
	headerTimestamp = "Selasar-Timestamp" // seconds since the epoch
	headerNonce     = "Selasar-Nonce"     // 32 hex digits
	headerSignature = "Selasar-Signature" // HMAC-SHA-256 in lower-case hex
	headerKey       = "Idempotency-Key"
)

// Window is how far the timestamp of a message may be before or after the reader's clock.
const Window = 5 * time.Minute

const (
	leastSecret, mostSecret = 32, 256 // characters
	mostSecrets             = 2
)

// ParseSecrets reads the secrets of a file: one or two lines, each of 32 to 256 visible
// characters. The first one signs. Both are accepted, so that both sides can change to a
// new secret without a gap.
func ParseSecrets(text string) (secrets []string, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			secrets = append(secrets, line)
		}
	}
	return secrets, checkSecrets(secrets)
}

func checkSecrets(secrets []string) error {
	if len(secrets) == 0 || len(secrets) > mostSecrets {
		return errors.New("the provider has one secret, or two while it is changed, each on a line of its own")
	}
	for _, one := range secrets {
		if len(one) < leastSecret || len(one) > mostSecret || strings.ContainsFunc(one, func(c rune) bool { return c <= ' ' || c > '~' }) {
			return fmt.Errorf("a secret of the provider has %d to %d visible characters without spaces", leastSecret, mostSecret)
		}
	}
	return nil
}

// requestText is the text that the caller signs. Target is the path with the query, as in
// the request line.
func requestText(method, target string, h http.Header, body []byte) string {
	return strings.Join([]string{"selasar-request-v1", method, target, h.Get(headerTimestamp), h.Get(headerNonce), h.Get(headerKey), signature.BodyHash(body)}, "\n")
}

// answerText is the text that the provider signs. It contains the signature of the request.
func answerText(status int, h http.Header, requestSignature string, body []byte) string {
	return strings.Join([]string{"selasar-answer-v1", strconv.Itoa(status), h.Get(headerTimestamp), requestSignature, signature.BodyHash(body)}, "\n")
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

// signed returns the secret with which a text was signed.
func signed(secrets []string, text, given string) (secret string, ok bool) {
	for _, one := range secrets {
		if hmac.Equal([]byte(sign(one, text)), []byte(given)) {
			secret, ok = one, true
		}
	}
	return secret, ok
}

// fresh reports whether the timestamp of a message is within the window.
func fresh(h http.Header, now time.Time) bool {
	at, err := strconv.ParseInt(h.Get(headerTimestamp), 10, 64)
	return err == nil && signature.Fresh(time.Unix(at, 0), now, Window)
}

func stamp(h http.Header, now time.Time) {
	h.Set(headerTimestamp, strconv.FormatInt(now.Unix(), 10))
}

func nonce() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}
