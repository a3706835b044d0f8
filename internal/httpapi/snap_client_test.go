package httpapi_test

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

const (
	snapTokenPath = "/v1.0/access-token/b2b"
	h2hPath       = "/v1.0/debit/payment-host-to-host"
	statusPath    = "/v1.0/debit/status"
	cancelPath    = "/v1.0/debit/cancel"
	refundPath    = "/v1.0/debit/refund"
)

// partner is a mini app's backend that speaks BI-SNAP. It signs as the
// documentation says, with code of its own.
type partner struct {
	*dev
	set struct {
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
	private *rsa.PrivateKey
	token   string
	offset  time.Duration // of the platform's clock
	ids     *atomic.Int64
}

func (d *dev) partner() *partner { return d.partnerOf("") }

// partnerOf is the backend of a mini app; of the only one without a name.
func (d *dev) partnerOf(miniAppID string) *partner {
	d.t.Helper()
	p := &partner{dev: d, ids: new(atomic.Int64)}
	d.get("/control/v1/credentials?mini_app_id=" + miniAppID).into(&p.set)
	block, _ := pem.Decode([]byte(p.set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	must(d.t, err)
	p.private = key.(*rsa.PrivateKey)
	p.token = p.access().ok(200).text("accessToken")
	return p
}

func (p *partner) advance(by string) {
	p.t.Helper()
	d, err := time.ParseDuration(by)
	must(p.t, err)
	p.post("/control/v1/clock", `{"advance":"`+by+`"}`).ok(200)
	p.offset += d
}

func (p *partner) now() time.Time { return time.Now().Add(p.offset) }

func (p *partner) stamp() string {
	return p.now().In(time.FixedZone("WIB", 7*3600)).Format("2006-01-02T15:04:05-07:00")
}

// access asks for an access token.
func (p *partner) access(headers ...header) answer {
	p.t.Helper()
	return p.send("POST", snapTokenPath, `{"grantType":"client_credentials"}`, append([]header{p.keyed(p.stamp())}, headers...)...)
}

// keyed sets the headers of a token request.
func (p *partner) keyed(stamp string) header {
	sum := sha256.Sum256([]byte(p.set.Snap.ClientKey + "|" + stamp))
	signature, err := rsa.SignPKCS1v15(nil, p.private, crypto.SHA256, sum[:])
	must(p.t, err)
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-CLIENT-KEY", p.set.Snap.ClientKey)
		r.Header.Set("X-TIMESTAMP", stamp)
		r.Header.Set("X-SIGNATURE", base64.StdEncoding.EncodeToString(signature))
	}
}

// mac signs a request.
func (p *partner) mac(method, path, body, stamp string) string {
	sum := sha256.Sum256([]byte(body))
	mac := hmac.New(sha512.New, []byte(p.set.Snap.ClientSecret))
	mac.Write([]byte(method + ":" + path + ":" + p.token + ":" + hex.EncodeToString(sum[:]) + ":" + stamp))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signed sets the headers of a transaction with a new X-EXTERNAL-ID.
func (p *partner) signed(method, path, body string) header {
	stamp := p.stamp()
	return func(r *http.Request) {
		for name, value := range map[string]string{
			"Content-Type": "application/json", "Authorization": "Bearer " + p.token, "X-TIMESTAMP": stamp, "X-SIGNATURE": p.mac(method, path, body, stamp),
			"X-PARTNER-ID": p.set.Snap.PartnerID, "X-EXTERNAL-ID": fmt.Sprint("id-", p.ids.Add(1)), "CHANNEL-ID": p.set.Snap.ChannelID,
		} {
			r.Header.Set(name, value)
		}
	}
}

// asks sends a signed request; headers may spoil it.
func (p *partner) asks(path, body string, headers ...header) answer {
	p.t.Helper()
	return p.send("POST", path, body, append([]header{p.signed("POST", path, body)}, headers...)...)
}

func externalID(id string) header { return with("X-EXTERNAL-ID", id) }

// order is the body of a payment, as the documentation's example has it.
func (p *partner) order(amount string) string {
	return fmt.Sprintf(`{"partnerReferenceNo":"order-1","chargeToken":"","merchantId":%q,`+
		`"payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET","transAmount":{"value":%q,"currency":"IDR"}}],`+
		`"additionalInfo":{"pointOfPurchaseId":%q,"items":[{"id":"1","name":"Kopi susu","quantity":"1","price":{"value":"15000.00","currency":"IDR"}}],"metadata":{"table":7}}}`,
		p.set.Merchant, amount, p.set.Pop)
}

// creates makes a payment and gives its reference.
func (p *partner) creates(amount string, headers ...header) string {
	p.t.Helper()
	return p.asks(h2hPath, p.order(amount), headers...).says("2005400").text("referenceNo")
}

// pays makes a payment that the user then pays.
func (p *partner) pays(amount string) (ref string) {
	p.t.Helper()
	ref = p.creates(amount)
	p.settles(ref, "success")
	return ref
}

// settles lets the user leave the payment's sheet.
func (p *partner) settles(ref, how string) {
	p.t.Helper()
	l := p.open(allowAll)
	asked := l.call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`)
	l.answer(asked.text("ask.id"), `{"answer":"`+how+`"}`).ok(200)
}

// status asks how a payment stands.
func (p *partner) status(ref string) answer {
	p.t.Helper()
	return p.asks(statusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`).says("2005500")
}

// messages are the documented response messages, by response code without the
// operation's two digits, and with them where they differ.
var messages = map[string]string{
	"20000": "Successful", "40002": "Invalid Mandatory Field", "40100": "Unauthorized", "4017300": "Unauthorized. Signature", "40101": "Invalid Token (B2B)",
	"40102": "Invalid Customer Token", "40302": "Exceeds Transaction Amount Limit", "40303": "Suspected Fraud", "40314": "Insufficient Funds",
	"40315": "Transaction Not Permitted", "40323": "Account Limit Exceed", "40401": "Transaction Not Found", "40900": "Conflict",
	"50001": "Internal Server Error", "5007300": "Internal Server Error", "50400": "Timeout",
}

// says checks an answer of BI-SNAP: its response code, the HTTP status and the
// message that belong to it, its headers, and on failure a hint with all of
// words.
func (a answer) says(code string, words ...string) answer {
	a.t.Helper()
	var got struct{ ResponseCode, ResponseMessage, Hint string }
	a.into(&got)
	want, ok := messages[code]
	if !ok {
		want = messages[code[:3]+code[5:]]
	}
	switch {
	case got.ResponseCode != code || fmt.Sprint(a.status) != code[:3]:
		a.t.Fatalf("%s: %d %s, want %s", a.what, a.status, a.body, code)
	case want == "" || !strings.HasPrefix(got.ResponseMessage, want):
		a.t.Errorf("%s: %q, want %q", a.what, got.ResponseMessage, want)
	case (a.status == 200) != (got.Hint == ""):
		a.t.Errorf("%s: hint %q", a.what, got.Hint)
	}
	for _, word := range words {
		if !strings.Contains(got.Hint, word) {
			a.t.Errorf("%s: the hint %q does not say %q", a.what, got.Hint, word)
		}
	}
	if _, err := time.Parse("2006-01-02T15:04:05+07:00", a.header.Get("X-TIMESTAMP")); err != nil || a.header.Get("Content-Type") != "application/json" {
		a.t.Errorf("%s: headers %v", a.what, a.header)
	}
	return a
}

func TestSnap_from_order_to_refund(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	made := p.asks(h2hPath, p.order("15000.00"), externalID("first")).says("2005400")
	ref := made.text("referenceNo")
	if made.text("partnerReferenceNo") != "order-1" || made.text("appRedirectUrl") != "" || made.text("webRedirectUrl") != p.urls.API+"/app/merchanttransfer?tref="+ref {
		t.Errorf("made %s", made.body)
	}
	if got := made.member("additionalInfo.grossAmount"); got != `{"value":"15000.00","currency":"IDR"}` {
		t.Errorf("gross amount %s", got)
	}
	if got := p.status(ref); got.text("latestTransactionStatus") != "03" || got.member("refundHistory") != "[]" || got.text("originalExternalId") != "first" {
		t.Errorf("before it is paid: %s", got.body)
	}
	p.settles(ref, "success")
	paid := p.status(ref)
	if paid.text("latestTransactionStatus") != "00" || paid.text("paidTime") == "" || paid.text("originalPartnerReferenceNo") != "order-1" ||
		paid.member("additionalInfo.metadata") != `{"table":7}` || paid.member("additionalInfo.userPaymentDetails") != `[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET"}]` {
		t.Errorf("paid: %s", paid.body)
	}
	p.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`).says("4035715", "paid", "refund")
	back := p.asks(refundPath, `{"originalExternalId":"first","partnerRefundNo":"back-1","refundAmount":{"value":"5000.00","currency":"IDR"},"reason":"cold"}`).says("2005800")
	if back.text("partnerRefundNo") != "back-1" || back.member("refundAmount") != `{"value":"5000.00","currency":"IDR"}` || back.text("originalReferenceNo") != ref || back.text("refundNo") == "" {
		t.Errorf("refunded: %s", back.body)
	}
	p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`).says("2005800")
	after := p.status(ref)
	var history []struct{ RefundNo, PartnerRefundNo, PartnerReferenceNo, RefundStatus, RefundTime, RefundDate, Reason string }
	after.into(&struct{ RefundHistory any }{&history})
	if len(history) != 2 || history[0].Reason != "cold" || history[0].PartnerRefundNo != "back-1" || history[0].PartnerReferenceNo != "back-1" ||
		history[1].RefundStatus != "00" || history[1].RefundTime == "" || history[1].RefundDate != history[1].RefundTime || after.text("latestTransactionStatus") != "04" {
		t.Errorf("history: %s", after.body)
	}
	p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`).says("4035815", "refunded already")
}

func duration(t testing.TB, text string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(text)
	must(t, err)
	return d
}

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	must(t, err)
	return at
}
