package main

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
)

// fakePlatform is a test double of the platform. It accepts two auth codes and checks every signature. A test sets the
// state of its payments.
type fakePlatform struct {
	state     string // latestTransactionStatus
	noProfile bool
	silent    bool // fails every status request
	made      int
	asked     int
	meanwhile func() // called once before the next answer to a status request
	refunds   []string
	tokens    int  // the number of issued access tokens
	spoilt    bool // refuses the access tokens issued so far
	ours      *rsa.PrivateKey
	theirs    *rsa.PublicKey
	refused   []string // reasons of the refusals
}

const secretToken, snapSecret = "secret-auth-token", "secret-of-bi-snap"

func (f *fakePlatform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if strings.HasPrefix(r.URL.Path, "/v1.0/") {
		f.serveSNAP(w, r, body)
		return
	}
	var in struct {
		AuthCode string `json:"auth_code"`
	}
	_ = json.Unmarshal(body, &in)
	switch r.Method + " " + r.URL.Path {
	case "POST /v1/mini-apps/authorizations/token":
		id, secret, _ := r.BasicAuth()
		if id != "client" || secret != "secret" || !strings.HasPrefix(in.AuthCode, "code-of-") {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"success":false,"error":{"code":"40001","description":"AuthCode Not Found"}}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"success":true,"data":{"auth_token":%q,"gopay_account_id":%q}}`, secretToken, in.AuthCode)
	case "GET /v1/mini-apps/users/profile":
		if f.noProfile || r.Header.Get("Authorization") != "Bearer "+secretToken || r.Header.Get("Request-Id") == "" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"success":false,"error":{"code":"400004","description":"User consent does not exist"}}`)
			return
		}
		_, _ = io.WriteString(w, `{"success":true,"error":{},"data":{"name":"Sari","username":"Sari"}}`)
	default:
		http.NotFound(w, r)
	}
}

// serveSNAP is the payment API.
func (f *fakePlatform) serveSNAP(w http.ResponseWriter, r *http.Request, body []byte) {
	if !f.signed(r, body) {
		f.refused = append(f.refused, r.URL.Path)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"responseCode":"4015401","responseMessage":"Invalid Token (B2B)"}`)
		return
	}
	var in map[string]any
	_ = json.Unmarshal(body, &in)
	switch r.URL.Path {
	case "/v1.0/access-token/b2b":
		f.tokens++
		f.spoilt = false
		_, _ = fmt.Fprintf(w, `{"responseCode":"2007300","accessToken":"token%d","expiresIn":"900"}`, f.tokens)
	case "/v1.0/debit/payment-host-to-host":
		f.made++
		price := in["payOptionDetails"].([]any)[0].(map[string]any)["transAmount"].(map[string]any)["value"]
		_, _ = fmt.Fprintf(w, `{"responseCode":"2005400","referenceNo":"ref%d","webRedirectUrl":"https://pay.example/app/merchanttransfer?tref=%d-%s"}`, f.made, f.made, price)
	case "/v1.0/debit/status":
		f.asked++
		if do := f.meanwhile; do != nil {
			f.meanwhile = nil
			do()
		}
		if f.silent {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = fmt.Fprintf(w, `{"responseCode":"2005500","latestTransactionStatus":%q}`, f.state)
	case "/v1.0/debit/refund":
		f.refunds = append(f.refunds, fmt.Sprint(in["partnerRefundNo"], " ", in["refundAmount"]))
		f.state = "04"
		_, _ = io.WriteString(w, `{"responseCode":"2005800","refundNo":"R1"}`)
	}
}

func (f *fakePlatform) signed(r *http.Request, body []byte) bool {
	h := r.Header
	signature, err := base64.StdEncoding.DecodeString(h.Get("X-SIGNATURE"))
	if err != nil || h.Get("Content-Type") != "application/json" {
		return false
	}
	if r.URL.Path == "/v1.0/access-token/b2b" {
		digest := sha256.Sum256([]byte("client-key|" + h.Get("X-TIMESTAMP")))
		return h.Get("X-CLIENT-KEY") == "client-key" && rsa.VerifyPKCS1v15(f.theirs, crypto.SHA256, digest[:], signature) == nil
	}
	token := fmt.Sprintf("token%d", f.tokens)
	if f.spoilt || h.Get("Authorization") != "Bearer "+token || h.Get("X-PARTNER-ID") != "partner" || h.Get("CHANNEL-ID") != "12345" || h.Get("X-EXTERNAL-ID") == "" {
		return false
	}
	mac := hmac.New(sha512.New, []byte(snapSecret))
	_, _ = fmt.Fprintf(mac, "POST:%s:%s:%x:%s", r.URL.Path, token, sha256.Sum256(body), h.Get("X-TIMESTAMP"))
	return hmac.Equal(mac.Sum(nil), signature)
}

// notify signs a notification and sends it to kopi.
func (f *fakePlatform) notify(t *testing.T, s *shopper, id, body string) int {
	t.Helper()
	const at = "2026-11-24T06:00:00+07:00"
	digest := sha256.Sum256(fmt.Appendf(nil, "POST:/v1.0/debit/notify:%x:%s", sha256.Sum256([]byte(body)), at))
	signature, err := rsa.SignPKCS1v15(rand.Reader, f.ours, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	status, _, _ := s.send(t, "POST", "/v1.0/debit/notify", body, "X-TIMESTAMP", at, "X-EXTERNAL-ID", id, "X-SIGNATURE", base64.StdEncoding.EncodeToString(signature))
	return status
}

// shopper is a browser with its own cookies, connected to a running kopi.
type shopper struct {
	url    string
	client http.Client
}

// keys are generated once, because that is slow.
var keys = sync.OnceValues(func() (ours, theirs *rsa.PrivateKey) {
	ours, _ = rsa.GenerateKey(rand.Reader, 2048)
	theirs, _ = rsa.GenerateKey(rand.Reader, 2048)
	return ours, theirs
})

// environment returns the environment that "selasar dev" sets for kopi.
func environment(t *testing.T, url string) map[string]string {
	t.Helper()
	ours, theirs := keys()
	private, err1 := x509.MarshalPKCS8PrivateKey(theirs)
	public, err2 := x509.MarshalPKIXPublicKey(&ours.PublicKey)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return map[string]string{
		"SELASAR_API_URL": url + "/", "SELASAR_CLIENT_ID": "client", "SELASAR_CLIENT_SECRET": "secret", "SELASAR_POP_ID": "pop",
		"SELASAR_SNAP_CLIENT_KEY": "client-key", "SELASAR_SNAP_CLIENT_SECRET": snapSecret,
		"SELASAR_SNAP_PARTNER_ID": "partner", "SELASAR_SNAP_CHANNEL_ID": "12345",
		"SELASAR_SNAP_PRIVATE_KEY":        string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
		"SELASAR_NOTIFICATION_PUBLIC_KEY": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
	}
}

func open(t *testing.T) (*fakePlatform, func() *shopper) {
	t.Helper()
	ours, theirs := keys()
	fake := &fakePlatform{state: "01", ours: ours, theirs: &theirs.PublicKey}
	upstream := httptest.NewServer(fake)
	t.Cleanup(upstream.Close)
	env := environment(t, upstream.URL)
	p, err1 := platformFromEnv(func(name string) string { return env[name] })
	b, err2 := biSNAPFromEnv(func(name string) string { return env[name] })
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	server := httptest.NewServer(newWeb(p, b, false).handler())
	t.Cleanup(server.Close)
	return fake, func() *shopper {
		jar, _ := cookiejar.New(nil)
		return &shopper{url: server.URL, client: http.Client{Jar: jar}}
	}
}

func (s *shopper) send(t *testing.T, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(data), answer.Header
}

func (s *shopper) expect(t *testing.T, method, path, body string, status int, part string) string {
	t.Helper()
	got, text, _ := s.send(t, method, path, body)
	if got != status || !strings.Contains(text, part) {
		t.Errorf("%s %s: %d %s, want %d with %q", method, path, got, text, status, part)
	}
	return text
}

func TestLogin_sets_a_cookie_and_hides_the_token(t *testing.T) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	fake, visit := open(t)

	sari := visit()
	status, body, header := sari.send(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`)
	if status != http.StatusOK || !strings.Contains(body, `"name":"Sari"`) {
		t.Errorf("%d %s", status, body)
	}
	cookie := header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie lacks %s: %s", want, cookie)
		}
	}
	everything := body + fmt.Sprint(header)
	fake.noProfile = true
	everything += visit().expect(t, "POST", "/api/login", `{"auth_code":"code-of-budi"}`, http.StatusOK, `"name":""`)
	everything += visit().expect(t, "POST", "/api/login", `{"auth_code":"forged"}`, http.StatusBadRequest, "AuthCode Not Found")
	everything += logged.String()
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		everything += fmt.Sprintf(format, customer{token: newAuthToken(secretToken)})
	}
	if strings.Contains(everything, secretToken) {
		t.Error("an answer contains the auth token")
	}
}

func TestOrder_is_priced_by_the_backend_and_paid_by_the_platform_state(t *testing.T) {
	fake, visit := open(t)
	sari := visit()
	sari.expect(t, "POST", "/api/orders", `{"shop":"x","items":{"susu":1}}`, http.StatusUnauthorized, "log in first")
	sari.expect(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`, http.StatusOK, "Sari")
	sari.expect(t, "POST", "/api/orders", `{"shop":"Kopi Dago","items":{"susu":2,"jahe":1},"total":1}`, http.StatusCreated, `"deeplink":"gopay://merchanttransfer?tref=1-51000.00"`)
	sari.expect(t, "GET", "/api/orders/K-001", "", http.StatusOK, `"state":"created"`)

	fake.state = "03"
	sari.expect(t, "POST", "/api/orders/K-001/payment", "", http.StatusOK, "tref=1-51000") // the same payment continues
	fake.state = "05"
	sari.expect(t, "POST", "/api/orders/K-001/payment", "", http.StatusOK, "tref=2-51000") // a new one
	sari.expect(t, "POST", "/api/orders/K-001/refund", "", http.StatusConflict, "only a paid order")
	fake.state = "08"
	sari.expect(t, "POST", "/api/orders/K-001/payment", "", http.StatusOK, "tref=3-51000")
	fake.state = "00"
	sari.expect(t, "GET", "/api/orders/K-001", "", http.StatusOK, `"state":"paid"`)
	sari.expect(t, "POST", "/api/orders/K-001/payment", "", http.StatusConflict, "this order is paid")

	budi := visit()
	budi.expect(t, "POST", "/api/login", `{"auth_code":"code-of-budi"}`, http.StatusOK, "Sari")
	budi.expect(t, "GET", "/api/orders/K-001", "", http.StatusNotFound, "no such order")
	budi.expect(t, "POST", "/api/orders/K-001/refund", "", http.StatusNotFound, "no such order")
	budi.expect(t, "GET", "/api/orders", "", http.StatusOK, "[]")
	for _, items := range []string{`{}`, `{"gold":1}`, `{"susu":0}`, `{"susu":-1}`, `{"susu":21}`, `{"susu":1,"gold":1}`} {
		budi.expect(t, "POST", "/api/orders", `{"items":`+items+`}`, http.StatusBadRequest, "error")
	}
	budi.expect(t, "POST", "/api/orders", `not json`, http.StatusBadRequest, "JSON")

	sari.expect(t, "POST", "/api/orders/K-001/refund", "", http.StatusOK, `"state":"refunded"`)
	sari.expect(t, "POST", "/api/orders/K-001/refund", "", http.StatusConflict, "only a paid order")
	sari.expect(t, "GET", "/api/orders", "", http.StatusOK, `"state":"refunded"`)
	if want := "K-001-refund map[currency:IDR value:51000.00]"; len(fake.refunds) != 1 || fake.refunds[0] != want {
		t.Errorf("refunds %q", fake.refunds)
	}
	if len(fake.refused) > 0 || fake.tokens != 1 {
		t.Errorf("%d tokens; badly signed: %q", fake.tokens, fake.refused)
	}
}

func TestOrder_is_shown_after_a_concurrent_new_payment(t *testing.T) {
	fake, visit := open(t)
	sari := visit()
	sari.expect(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`, http.StatusOK, "Sari")
	sari.expect(t, "POST", "/api/orders", `{"shop":"x","items":{"susu":1}}`, http.StatusCreated, "K-001")
	fake.state = "08"
	fake.meanwhile = func() {
		sari.expect(t, "POST", "/api/orders/K-001/payment", "", http.StatusOK, "tref=2-18000")
	}
	sari.expect(t, "GET", "/api/orders/K-001", "", http.StatusOK, `"reference_no":"ref2"`)
}

func TestNotification_triggers_one_status_request(t *testing.T) {
	fake, visit := open(t)
	sari := visit()
	sari.expect(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`, http.StatusOK, "Sari")
	sari.expect(t, "POST", "/api/orders", `{"shop":"x","items":{"susu":1}}`, http.StatusCreated, "K-001")
	list := func(part string) { t.Helper(); sari.expect(t, "GET", "/api/orders", "", http.StatusOK, part) }
	const told = `{"originalReferenceNo":"ref1","latestTransactionStatus":"00"}`

	if status := fake.notify(t, sari, "1", told); status != http.StatusOK { // the notification says paid, but the platform does not
		t.Errorf("status %d", status)
	}
	list(`"state":"created","heard":"paid"`)
	fake.state, fake.silent = "00", true
	if status := fake.notify(t, sari, "2", told); status != http.StatusServiceUnavailable { // the platform must retry it
		t.Errorf("status %d", status)
	}
	list(`"state":"created","heard":"paid"`)
	fake.silent = false
	for range 3 {
		if status := fake.notify(t, sari, "2", told); status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	list(`"state":"paid","heard":"paid"`)
	if fake.asked != 3 {
		t.Errorf("asked %d times", fake.asked)
	}
	if status := fake.notify(t, sari, "3", `{"originalReferenceNo":"of-nobody"}`); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	fake.ours = func() *rsa.PrivateKey { _, theirs := keys(); return theirs }() // another key signs
	if status := fake.notify(t, sari, "4", told); status != http.StatusUnauthorized {
		t.Errorf("status %d", status)
	}
	status, body, _ := sari.send(t, "POST", "/v1.0/debit/notify", told, "X-SIGNATURE", "?")
	if status != http.StatusUnauthorized || !strings.Contains(body, `"responseCode":"4015600"`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestCall_retries_with_a_new_token_after_a_refusal(t *testing.T) {
	fake, visit := open(t)
	sari := visit()
	sari.expect(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`, http.StatusOK, "Sari")
	sari.expect(t, "POST", "/api/orders", `{"shop":"x","items":{"susu":1}}`, http.StatusCreated, "K-001")
	fake.spoilt = true
	sari.expect(t, "GET", "/api/orders/K-001", "", http.StatusOK, `"state":"created"`)
	if fake.tokens != 2 || len(fake.refused) != 1 {
		t.Errorf("%d tokens, refused %q", fake.tokens, fake.refused)
	}
}

func TestState_never_goes_back(t *testing.T) {
	o := &orders{all: []order{{Number: "K-001", State: "created", Payment: payment{ReferenceNo: "ref1"}}}}
	for _, c := range [][2]string{{"pending", "pending"}, {"created", "pending"}, {"paid", "paid"}, {"pending", "paid"}, {"expired", "paid"}, {"refunded", "refunded"}, {"paid", "refunded"}} {
		if o.stand("ref1", c[0]); o.all[0].State != c[1] {
			t.Errorf("after %s it is %s", c[0], o.all[0].State)
		}
	}
}

func TestShops_are_sorted_by_distance(t *testing.T) {
	_, visit := open(t)
	text := visit().expect(t, "GET", "/api/shops?latitude=-6.9&longitude=107.6", "", http.StatusOK, "Kopi Dago")
	if !strings.HasPrefix(text, `[{"name":"Kopi Dago"`) {
		t.Error(text)
	}
	visit().expect(t, "GET", "/api/shops?latitude=here", "", http.StatusBadRequest, "must be numbers")
	if d := metres(-6.2, 106.8, -6.2, 106.8); d != 0 {
		t.Errorf("a place is %f m from itself", d)
	}
	if d := metres(-6.1754, 106.8272, -6.9147, 107.6098); d < 115_000 || d > 122_000 {
		t.Errorf("Jakarta to Bandung is %f m", d)
	}
}

func TestPages_contain_the_address_of_the_SDK(t *testing.T) {
	_, visit := open(t)
	for _, path := range []string{"/", "/orders", "/jsapi"} {
		visit().expect(t, "GET", path, "", http.StatusOK, `/sdk/miniapp-client.js"}}</script>`)
	}
	for _, path := range []string{"/app.js", "/orders.js", "/tools.js", "/texts.js", "/jsapi.js", "/style.css", "/icon.svg", "/api/menu"} {
		visit().expect(t, "GET", path, "", http.StatusOK, "")
	}
	visit().expect(t, "GET", "/jsapi.html", "", http.StatusNotFound, "") // the template itself
}

func TestOtherSites_cannot_use_the_cookie(t *testing.T) {
	_, visit := open(t)
	status, _, _ := visit().send(t, "POST", "/api/login", `{"auth_code":"code-of-sari"}`, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if status != http.StatusForbidden {
		t.Errorf("status %d", status)
	}
}

func TestKopi_without_environment_prints_how_to_start_it(t *testing.T) {
	none := func(string) string { return "" }
	_, err1 := platformFromEnv(none)
	_, err2 := biSNAPFromEnv(none)
	for _, err := range []error{err1, err2} {
		if err == nil || !strings.Contains(err.Error(), "selasar dev examples/kopi") {
			t.Error(err)
		}
	}
	for _, name := range []string{"SELASAR_SNAP_PRIVATE_KEY", "SELASAR_NOTIFICATION_PUBLIC_KEY"} {
		for _, value := range []string{"", "no PEM", "-----BEGIN X-----\nAAAA\n-----END X-----\n"} {
			env := environment(t, "http://127.0.0.1:1")
			env[name] = value
			if _, err := biSNAPFromEnv(func(name string) string { return env[name] }); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s %q: %v", name, value, err)
			}
		}
	}
}
