package main

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"strings"
)

const notifyPath = "/v1.0/debit/notify"

// genuine reports whether the platform signed a notification. The signature covers method, path, body and time. The body is
// hashed as received, because parsing and encoding it again may change its bytes.
func (b *biSNAP) genuine(h http.Header, body []byte) bool {
	signature, err := base64.StdEncoding.DecodeString(h.Get("X-SIGNATURE"))
	if err != nil {
		return false
	}
	digest := sha256.Sum256([]byte(strings.Join([]string{"POST", notifyPath, hexHash(body), h.Get("X-TIMESTAMP")}, ":")))
	return rsa.VerifyPKCS1v15(b.platforms, crypto.SHA256, digest[:], signature) == nil
}

// notify receives a payment notification. The platform sends it at least once, so notify ignores a repeated one. Kopi does
// not trust its content, but asks the platform for the state of the payment. When that fails, notify answers with an error,
// so that the platform retries.
func (s *web) notify(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil {
		snapReply(w, http.StatusBadRequest, "4005600", "Bad Request")
		return
	}
	if !s.snap.genuine(r.Header, body) {
		log.Print("refused a notification with a wrong signature")
		snapReply(w, http.StatusUnauthorized, "4015600", "Unauthorized. Signature")
		return
	}
	var told struct {
		ReferenceNo string `json:"originalReferenceNo"`
		Latest      string `json:"latestTransactionStatus"`
	}
	if err := json.Unmarshal(body, &told); err != nil {
		snapReply(w, http.StatusBadRequest, "4005600", "Bad Request")
		return
	}
	id := r.Header.Get("X-EXTERNAL-ID") // the same for every retry of this notification
	if known, ok := s.orders.paidBy(told.ReferenceNo); ok && s.orders.isNew(id) {
		if _, err := s.ask(r.Context(), known); err != nil {
			log.Printf("asking for the payment of %s: %v", known.Number, err)
			snapReply(w, http.StatusServiceUnavailable, "5035600", "Service Unavailable")
			return
		}
		s.orders.heed(id, told.ReferenceNo, words[told.Latest])
	}
	snapReply(w, http.StatusOK, "2005600", "Request has been processed successfully")
}

func snapReply(w http.ResponseWriter, status int, code, message string) {
	reply(w, status, snapError{code, message})
}
