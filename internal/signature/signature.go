// Package signature makes and checks the signatures of BI-SNAP
// (signature-generation). It does not use HTTP; callers pass header values in.
//
// Three texts are signed:
//
//	access token   clientKey|timestamp                            RSA-SHA256 by the mini app
//	request        METHOD:path:accessToken:hash(body):timestamp   HMAC-SHA512 with the client secret
//	notification   METHOD:path:hash(body):timestamp               RSA-SHA256 by the platform
//
// where hash is the SHA-256 of the minified body, in lower-case hex. On the
// wire a signature is base64. Some clients hash another form of the body than
// they send; see [forms].
package signature

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// AccessToken returns the text to sign for a B2B access token
// (access-token-api).
func AccessToken(clientKey, timestamp string) string { return clientKey + "|" + timestamp }

// Request returns the text to sign for a call with a B2B access token. It hashes
// the body unchanged. The path has no host, the token has no "Bearer ".
func Request(method, path, token string, body []byte, timestamp string) string {
	return string(appendRequest(nil, method, path, token, body, timestamp))
}

func appendRequest(b []byte, method, path, token string, body []byte, timestamp string) []byte {
	sum := sha256.Sum256(body)
	var hash [2 * sha256.Size]byte
	hex.Encode(hash[:], sum[:])
	return appendHashed(b, method, path, token, hash[:], timestamp)
}

func appendHashed(b []byte, method, path, token string, hash []byte, timestamp string) []byte {
	b = append(append(b, method...), ':')
	b = append(append(b, path...), ':')
	b = append(append(b, token...), ':')
	b = append(append(b, hash...), ':')
	return append(b, timestamp...)
}

// Notification returns the text to sign for a notification to a mini app's
// backend (payment-notification-api). It hashes the body unchanged.
func Notification(method, path string, body []byte, timestamp string) string {
	return method + ":" + path + ":" + hash(body) + ":" + timestamp
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// BodyHash returns the hash of a body as the signed texts contain it.
func BodyHash(body []byte) string { return hash(body) }

// Written reports whether a text is a signature of a number of bytes: 64 for HMAC-SHA512,
// the size of the key for RSA. No secret of a partner has this form.
func Written(text string, bytes int) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	return err == nil && len(raw) == bytes && strings.HasSuffix(text, "=")
}

// SignRSA signs a text with SHA-256 and RSA (PKCS #1 v1.5).
func SignRSA(key *rsa.PrivateKey, text string) (string, error) {
	sum := sha256.Sum256([]byte(text))
	raw, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	return base64.StdEncoding.EncodeToString(raw), err
}

// VerifyRSA reports whether a signature of text was made with the private key of
// key. It accepts only the canonical base64 spelling of a signature.
func VerifyRSA(key *rsa.PublicKey, text, signature string) bool {
	if len(signature) != base64.StdEncoding.EncodedLen(key.Size()) {
		return false // line breaks, or the size of another key
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(signature)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}

// SignHMAC signs a text with SHA-512 and a secret.
func SignHMAC(secret, text string) string {
	var signed [hmacSize]byte
	signHMAC(&signed, secret, []byte(text))
	return string(signed[:])
}

// hmacSize is the length of an HMAC-SHA512 in base64.
const hmacSize = (sha512.Size + 2) / 3 * 4

func signHMAC(signed *[hmacSize]byte, secret string, text []byte) {
	mac := hmac.New(sha512.New, []byte(secret))
	mac.Write(text)
	var sum [sha512.Size]byte
	base64.StdEncoding.Encode(signed[:], mac.Sum(sum[:0]))
}

// VerifyHMAC reports whether a signature of text was made with a secret, in
// constant time.
func VerifyHMAC(secret, text, signature string) bool {
	return verifyHMAC(secret, []byte(text), signature)
}

func verifyHMAC(secret string, text []byte, signature string) bool {
	var signed [hmacSize]byte
	signHMAC(&signed, secret, text)
	return hmac.Equal(signed[:], []byte(signature))
}

// VerifyRequest reports whether a call was signed with a secret, over any of the
// [forms] of its body.
func VerifyRequest(secret, method, path, token string, body []byte, timestamp, signature string) bool {
	text := make([]byte, 0, 512) // most texts fit
	for form := range forms(body) {
		if verifyHMAC(secret, appendRequest(text, method, path, token, form, timestamp), signature) {
			return true
		}
	}
	return false
}
