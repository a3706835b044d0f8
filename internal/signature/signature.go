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
)

// AccessToken returns the text to sign for a B2B access token
// (access-token-api).
func AccessToken(clientKey, timestamp string) string { return clientKey + "|" + timestamp }

// Request returns the text to sign for a call with a B2B access token. It hashes
// the body unchanged. The path has no host, the token has no "Bearer ".
func Request(method, path, token string, body []byte, timestamp string) string {
	return request(method, path, token, hash(body), timestamp)
}

func request(method, path, token, hash, timestamp string) string {
	return method + ":" + path + ":" + token + ":" + hash + ":" + timestamp
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
	mac := hmac.New(sha512.New, []byte(secret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// VerifyHMAC reports whether a signature of text was made with a secret, in
// constant time.
func VerifyHMAC(secret, text, signature string) bool {
	return hmac.Equal([]byte(SignHMAC(secret, text)), []byte(signature))
}

// VerifyRequest reports whether a call was signed with a secret, over any of the
// [forms] of its body.
func VerifyRequest(secret, method, path, token string, body []byte, timestamp, signature string) bool {
	for form := range forms(body) {
		if VerifyHMAC(secret, Request(method, path, token, form, timestamp), signature) {
			return true
		}
	}
	return false
}
