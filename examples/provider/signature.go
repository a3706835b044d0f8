package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// window is how far a timestamp may be before or after this machine's clock.
const window = 5 * time.Minute

// signedBy returns the secret with which Selasar signed a request; empty for none.
func signedBy(secrets []string, r *http.Request, body []byte) string {
	h := r.Header
	at, err := strconv.ParseInt(h.Get("Selasar-Timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(at, 0)).Abs() > window {
		return ""
	}
	text := strings.Join([]string{
		"selasar-request-v1", r.Method, r.URL.RequestURI(), h.Get("Selasar-Timestamp"), h.Get("Selasar-Nonce"), h.Get("Idempotency-Key"), hash(body),
	}, "\n")
	by := ""
	for _, secret := range secrets {
		if hmac.Equal([]byte(sign(secret, text)), []byte(h.Get("Selasar-Signature"))) {
			by = secret
		}
	}
	return by
}

// signAnswer sets the headers of an answer. Its signature contains the one of the request,
// so that it is an answer to no other request.
func signAnswer(h http.Header, secret string, status int, requestSignature string, body []byte) {
	at := strconv.FormatInt(time.Now().Unix(), 10)
	h.Set("Selasar-Timestamp", at)
	h.Set("Selasar-Signature", sign(secret, strings.Join([]string{"selasar-answer-v1", strconv.Itoa(status), at, requestSignature, hash(body)}, "\n")))
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}
