package trial_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// flawed is a provider in memory that makes the mistakes of its set.
type flawed struct {
	mistakes map[string]bool
	mu       sync.Mutex
	balance  int64
	kept     map[string]kept
	refunded map[string]int64
}

type kept struct {
	User, Payment, Charge string
	Amount                int64
	State                 string
}

type body struct {
	ChargeID string `json:"charge_id"`
	RefundID string `json:"refund_id"`
	User     string `json:"user_id"`
	Payment  string `json:"payment_ref"`
	Amount   int64  `json:"amount"`
}

func newFlawed(mistakes ...string) *flawed {
	f := &flawed{mistakes: map[string]bool{}, balance: 1000, kept: map[string]kept{}, refunded: map[string]int64{}}
	for _, m := range mistakes {
		f.mistakes[m] = true
	}
	return f
}

func (f *flawed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	h := r.Header
	given := h.Get("Selasar-Signature")
	status, value := http.StatusUnauthorized, `{"error":"unauthorized"}`
	wanted := mac("selasar-request-v1", r.Method, r.URL.RequestURI(), h.Get("Selasar-Timestamp"), h.Get("Selasar-Nonce"), h.Get("Idempotency-Key"), sum(text))
	if f.mistakes["checks no signature"] || wanted == given {
		status, value = f.route(r, text)
	}
	if f.mistakes["signs no failures"] && status != http.StatusOK {
		w.WriteHeader(status)
		return
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	w.Header().Set("Selasar-Timestamp", at)
	w.Header().Set("Selasar-Signature", mac("selasar-answer-v1", strconv.Itoa(status), at, given, sum([]byte(value))))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, value)
}

func (f *flawed) route(r *http.Request, text []byte) (status int, value string) {
	var in body
	_ = json.Unmarshal(text, &in)
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case parts[0] == "users" && parts[len(parts)-1] == "bank-account":
		return http.StatusOK, `{"bank_code":"","account_name":"","account_number":""}`
	case parts[0] == "users" && parts[1] == "sari":
		return http.StatusOK, `{"name":"Sari","username":"","phone_number":"","email":""}`
	case r.Method == http.MethodGet:
		return f.told(parts[1])
	case len(parts) == 3:
		return f.cancel(parts[1])
	case in.Amount < 1 || in.ChargeID+in.RefundID == "" || in.RefundID == "" && in.ChargeID != r.Header.Get("Idempotency-Key"):
		return http.StatusBadRequest, `{}`
	case parts[0] == "charges":
		return f.charge(in)
	default:
		return f.refund(in)
	}
}

func (f *flawed) told(id string) (int, string) {
	one, found := f.kept[id]
	if !found {
		return http.StatusNotFound, `{}`
	}
	return http.StatusOK, `{"state":"` + one.State + `"}`
}

func (f *flawed) charge(in body) (int, string) {
	first, found := f.kept[in.ChargeID]
	switch {
	case found && first.State != "cancelled" && !f.mistakes["charges again"]:
		if !f.mistakes["ignores another content"] && (first.Amount != in.Amount || first.User != in.User || first.Payment != in.Payment) {
			return http.StatusConflict, `{}`
		}
		return f.told(in.ChargeID)
	case found && first.State == "cancelled":
		return f.told(in.ChargeID)
	}
	one := kept{User: in.User, Payment: in.Payment, Amount: in.Amount, State: "declined"}
	if held := f.balance; held >= in.Amount || f.mistakes["lends money"] {
		one.State = "charged"
		if f.mistakes["reads before it writes"] {
			f.mu.Unlock()
			<-time.After(20 * time.Millisecond) // a slow write
			f.mu.Lock()
			held = max(held, f.balance)
		}
		f.balance = held - in.Amount
	}
	f.kept[in.ChargeID] = one
	return f.told(in.ChargeID)
}

func (f *flawed) refund(in body) (int, string) {
	of := f.kept[in.ChargeID]
	if first, found := f.kept[in.RefundID]; found && !f.mistakes["refunds again"] {
		if first.Amount != in.Amount {
			return http.StatusConflict, `{}`
		}
		return f.told(in.RefundID)
	}
	one := kept{Charge: in.ChargeID, Amount: in.Amount, State: "declined"}
	if of.State == "charged" && (f.refunded[in.ChargeID]+in.Amount <= of.Amount || f.mistakes["refunds too much"]) {
		one.State = "refunded"
		f.refunded[in.ChargeID] += in.Amount
		f.balance += in.Amount
	}
	f.kept[in.RefundID] = one
	return f.told(in.RefundID)
}

func (f *flawed) cancel(id string) (int, string) {
	if _, found := f.kept[id]; !found && !f.mistakes["forgets cancellations"] {
		f.kept[id] = kept{State: "cancelled"}
	}
	if f.mistakes["forgets cancellations"] || f.mistakes["cancels what it charged"] {
		return http.StatusOK, `{"state":"cancelled"}`
	}
	return f.told(id)
}

func sum(text []byte) string {
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

const secretText = "a-secret-with-at-least-32-characters"

func mac(lines ...string) string {
	m := hmac.New(sha256.New, []byte(secretText))
	m.Write([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(m.Sum(nil))
}
