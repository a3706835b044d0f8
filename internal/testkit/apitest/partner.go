package apitest

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// SnapCode checks that an answer is one of BI-SNAP's, and none of a failure inside.
func (p *Partner) SnapCode(got Answer, service string) {
	p.T.Helper()
	code := got.Text("responseCode")
	if got.Status >= 500 || len(code) != 7 || code[:3] != fmt.Sprint(got.Status) || code[3:5] != service || (got.Status == 200) != (got.Member("hint") == "") {
		p.T.Fatalf("%s: %d %s", got.What, got.Status, got.Body)
	}
}

// Take changes over to the credentials that are there now, but keeps the token.
func (p *Partner) Take() {
	p.T.Helper()
	p.Get("/control/v1/credentials").Into(&p.Set)
	block, _ := pem.Decode([]byte(p.Set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	Must(p.T, err)
	p.Private = key.(*rsa.PrivateKey)
}

// NotificationKey is what notifications are checked with now.
func (d *Platform) NotificationKey() *rsa.PublicKey {
	d.T.Helper()
	block, _ := pem.Decode([]byte(d.Get("/control/v1/credentials").Text("notification_public_key")))
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	Must(d.T, err)
	return key.(*rsa.PublicKey)
}

const (
	SnapTokenPath = "/v1.0/access-token/b2b"
	H2hPath       = "/v1.0/debit/payment-host-to-host"
	StatusPath    = "/v1.0/debit/status"
	CancelPath    = "/v1.0/debit/cancel"
	RefundPath    = "/v1.0/debit/refund"
)

// Partner is a mini app's backend that speaks BI-SNAP. It signs as the
// documentation says, with code of its own.
type Partner struct {
	*Platform
	Set struct {
		Pop      string `json:"pop_id"`
		Merchant string `json:"merchant_id"`
		Snap     struct {
			ClientKey    string `json:"client_key"`
			ClientSecret string `json:"client_secret"`
			PrivateKey   string `json:"private_key"`
			PartnerID    string `json:"partner_id"`
			ChannelID    string `json:"channel_id"`
		}
	}
	Private *rsa.PrivateKey
	Token   string
	Offset  time.Duration // of the platform's clock
	IDs     *atomic.Int64
}

func (p *Partner) Advance(by string) {
	p.T.Helper()
	d, err := time.ParseDuration(by)
	Must(p.T, err)
	p.Post("/control/v1/clock", `{"advance":"`+by+`"}`).OK(200)
	p.Offset += d
}

func (p *Partner) Now() time.Time { return time.Now().Add(p.Offset) }

func (p *Partner) Stamp() string {
	return p.Now().In(time.FixedZone("WIB", 7*3600)).Format("2006-01-02T15:04:05-07:00")
}

// Access asks for an access token.
func (p *Partner) Access(headers ...Header) Answer {
	p.T.Helper()
	return p.Send("POST", SnapTokenPath, `{"grantType":"client_credentials"}`, append([]Header{p.Keyed(p.Stamp())}, headers...)...)
}

// Keyed sets the headers of a token request.
func (p *Partner) Keyed(stamp string) Header {
	sum := sha256.Sum256([]byte(p.Set.Snap.ClientKey + "|" + stamp))
	signature, err := rsa.SignPKCS1v15(nil, p.Private, crypto.SHA256, sum[:])
	Must(p.T, err)
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-CLIENT-KEY", p.Set.Snap.ClientKey)
		r.Header.Set("X-TIMESTAMP", stamp)
		r.Header.Set("X-SIGNATURE", base64.StdEncoding.EncodeToString(signature))
	}
}

// Mac signs a request.
func (p *Partner) Mac(method, path, body, stamp string) string {
	sum := sha256.Sum256([]byte(body))
	mac := hmac.New(sha512.New, []byte(p.Set.Snap.ClientSecret))
	mac.Write([]byte(method + ":" + path + ":" + p.Token + ":" + hex.EncodeToString(sum[:]) + ":" + stamp))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Signed sets the headers of a transaction with a new X-EXTERNAL-ID.
func (p *Partner) Signed(method, path, body string) Header {
	stamp := p.Stamp()
	return func(r *http.Request) {
		for name, value := range map[string]string{
			"Content-Type": "application/json", "Authorization": "Bearer " + p.Token, "X-TIMESTAMP": stamp, "X-SIGNATURE": p.Mac(method, path, body, stamp),
			"X-PARTNER-ID": p.Set.Snap.PartnerID, "X-EXTERNAL-ID": fmt.Sprint("id-", p.IDs.Add(1)), "CHANNEL-ID": p.Set.Snap.ChannelID,
		} {
			r.Header.Set(name, value)
		}
	}
}

// Asks sends a signed request; headers may spoil it.
func (p *Partner) Asks(path, body string, headers ...Header) Answer {
	p.T.Helper()
	return p.Send("POST", path, body, append([]Header{p.Signed("POST", path, body)}, headers...)...)
}

func ExternalID(id string) Header { return With("X-EXTERNAL-ID", id) }

// Order is the body of a payment, as the documentation's example has it.
func (p *Partner) Order(amount string) string {
	return fmt.Sprintf(`{"partnerReferenceNo":"order-1","chargeToken":"","merchantId":%q,`+
		`"payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET","transAmount":{"value":%q,"currency":"IDR"}}],`+
		`"additionalInfo":{"pointOfPurchaseId":%q,"items":[{"id":"1","name":"Kopi susu","quantity":"1","price":{"value":"15000.00","currency":"IDR"}}],"metadata":{"table":7}}}`,
		p.Set.Merchant, amount, p.Set.Pop)
}

// Creates makes a payment and gives its reference.
func (p *Partner) Creates(amount string, headers ...Header) string {
	p.T.Helper()
	return p.Asks(H2hPath, p.Order(amount), headers...).Says("2005400").Text("referenceNo")
}

// Pays makes a payment that the user then pays.
func (p *Partner) Pays(amount string) (ref string) {
	p.T.Helper()
	ref = p.Creates(amount)
	p.Settles(ref, "success")
	return ref
}

// Settles lets the user leave the payment's sheet.
func (p *Partner) Settles(ref, how string) {
	p.T.Helper()
	l := p.Open(AllowAll)
	asked := l.Call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`)
	l.Answer(asked.Text("ask.id"), `{"answer":"`+how+`"}`).OK(200)
}

// Status asks how a payment stands.
func (p *Partner) Status(ref string) Answer {
	p.T.Helper()
	return p.Asks(StatusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`).Says("2005500")
}

// messages are the documented response messages, by response code without the
// operation's two digits, and with them where they differ.
var messages = map[string]string{
	"20000": "Successful", "40002": "Invalid Mandatory Field", "40100": "Unauthorized", "4017300": "Unauthorized. Signature", "40101": "Invalid Token (B2B)",
	"40102": "Invalid Customer Token", "40302": "Exceeds Transaction Amount Limit", "40303": "Suspected Fraud", "40314": "Insufficient Funds",
	"40315": "Transaction Not Permitted", "40323": "Account Limit Exceed", "40401": "Transaction Not Found", "40900": "Conflict",
	"50001": "Internal Server Error", "5007300": "Internal Server Error", "50400": "Timeout",
}

func Duration(t testing.TB, text string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(text)
	Must(t, err)
	return d
}

func Moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	Must(t, err)
	return at
}

// Until is an order with a validUpTo.
func (p *Partner) Until(at time.Time) string {
	return `{"validUpTo":"` + at.Format("2006-01-02T15:04:05.000Z07:00") + `",` + p.Order("1000.00")[1:]
}

// Service is the two digits of each path.
var Service = map[string]string{SnapTokenPath: "73", H2hPath: "54", StatusPath: "55", CancelPath: "57", RefundPath: "58"}

// KeyedAsTransaction signs a transaction as if it were a token request.
func (p *Partner) KeyedAsTransaction() Header {
	keyed := p.Keyed(p.Stamp())
	return func(r *http.Request) {
		channel := r.Header.Get("Content-Type")
		keyed(r)
		r.Header.Set("Content-Type", channel)
	}
}

// Count gives how many payments there are.
func (p *Partner) Count() int {
	p.T.Helper()
	return strings.Count(string(p.Get("/control/v1/payments").Body), `"reference_no"`)
}

// Balance is what the current user holds, in rupiah.
func (p *Partner) Balance() int64 {
	p.T.Helper()
	var state struct {
		Users []struct {
			Balance struct{ Value string }
		}
	}
	p.Get("/control/v1/state").Into(&state)
	var sum int64
	for _, c := range strings.TrimSuffix(state.Users[0].Balance.Value, ".00") {
		sum = sum*10 + int64(c-'0')
	}
	return sum
}
