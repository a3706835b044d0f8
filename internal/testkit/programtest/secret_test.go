package programtest

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/testkit/pgtest"
)

// After a whole session with login, bank account and payment, no valid secret is in
// the database, its log, the journal, or the output of the program, including its
// crash dump. Only the file of the master key contains one.
func TestSecrets_are_not_stored(t *testing.T) { onBoth(t, testSecrets) }

func testSecrets(t *testing.T, at place) {
	const number = "5200130014001777"
	if at.database != "" {
		pgtest.Super(t, at.database, "GRANT CREATE ON SCHEMA public TO "+pgtest.Guarded)
		at.database = pgtest.As(at.database, pgtest.Guarded, pgtest.Password)
	}
	p := start(t, folder(t, ""), at)
	secrets := map[string]string{"bank number": number}
	collect(t, p, secrets, "first ")
	user := must1(t)(p.person("Sari", 100_000, number))
	for _, consent := range []string{"profile", "bank_account", "location", "wifi"} {
		must(t, 0, p.decide(user, consent, "given"))
	}
	l, token := logIn(t, p, user, secrets)
	if p.profile(token) != 200 {
		t.Fatal("the profile is not there")
	}
	readAccount(t, p, l, secrets)
	secrets["access token"] = orderOnce(t, p)
	payOnce(t, p, l)
	for _, revoke := range []bool{false, true} { // revoked secrets must not be stored either
		must(t, 0, p.ask("POST", "/control/v1/credentials/rotate", "", map[string]bool{"revoke": revoke}, &p.set))
		collect(t, p, secrets, fmt.Sprint("revoked ", revoke, " "))
		p.basic = basicOf(p.set.ID, p.set.Secret)
		secrets["access token "+fmt.Sprint(revoke)] = orderOnce(t, p)
	}
	misuse(p, secrets)
	secrets["password of the database"] = pgtest.Password

	journal := fetch(t, p, "/control/v1/journal?limit=10000")
	state := fetch(t, p, "/control/v1/state")
	search(t, secrets, map[string][]byte{"the journal": journal, "the state": state})
	searchKept(t, secrets, at) // while the program runs, with its write-ahead log
	if err := p.end(syscall.SIGQUIT); err == nil || !bytes.Contains(p.stderr.Bytes(), []byte("goroutine 1 ")) {
		t.Fatal("the program did not crash")
	}
	searchKept(t, secrets, at)
	search(t, secrets, map[string][]byte{"stdout": p.stdout.text.Bytes(), "stderr": p.stderr.Bytes()})
	again := start(t, folder(t, ""), at)
	search(t, secrets, map[string][]byte{"the journal after a restart": fetch(t, again, "/control/v1/journal?limit=10000")})
	if err := again.end(syscall.SIGTERM); err != nil {
		t.Errorf("shutting down: %v", err)
	}
	searchKept(t, secrets, at)
	signer := notifier(t, at) // the database never contained it in plain form
	search(t, signer, map[string][]byte{"the journal": journal, "the state": state})
	searchKept(t, signer, at)
}

// collect adds the secrets of a set of credentials.
func collect(t *testing.T, p *program, secrets map[string]string, name string) {
	t.Helper()
	secrets[name+"client_secret"] = p.set.Secret
	secrets[name+"snap.client_secret"] = p.set.Snap.ClientSecret
	secrets[name+"checkout.server_key"] = p.set.Checkout.ServerKey
	secrets[name+"snap.private_key"] = p.set.Snap.PrivateKey
	key, err := x509.ParsePKCS8PrivateKey(privateDER(t, p.set.Snap.PrivateKey))
	must(t, key, err)
	inner(key.(*rsa.PrivateKey), name, secrets)
}

// inner adds the secret numbers of a key, each of which reveals the key.
func inner(key *rsa.PrivateKey, name string, secrets map[string]string) {
	secrets[name+"exponent of the private key"] = string(key.D.Bytes())
	for _, prime := range key.Primes {
		secrets[name+"prime "+prime.Text(62)[:4]+" of the private key"] = string(prime.Bytes())
	}
}

func privateDER(t *testing.T, text string) []byte {
	t.Helper()
	block, rest := pem.Decode([]byte(text))
	if block == nil || len(rest) > 0 {
		t.Fatalf("no PEM: %s", text)
	}
	return block.Bytes
}

// notifier returns the key that signs notifications, from the database.
func notifier(t *testing.T, at place) map[string]string {
	t.Helper()
	ctx, db, key := openData(t, at)
	defer func() { must(t, 0, db.Close()) }()
	s := &credential.Service{DB: sqlstore.View[credential.Tx](db), Key: key, Clock: clock.NewSystem()}
	signer, err := s.Signer(ctx, "kopi")
	must(t, signer, err)
	der, err := x509.MarshalPKCS8PrivateKey(signer)
	must(t, der, err)
	secrets := map[string]string{"key of notifications": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))}
	inner(signer, "notifications: ", secrets)
	return secrets
}

// orderOnce creates a payment by BI-SNAP and returns the access token that it used.
func orderOnce(t *testing.T, p *program) string {
	t.Helper()
	key, err := x509.ParsePKCS8PrivateKey(privateDER(t, p.set.Snap.PrivateKey))
	must(t, key, err)
	now := time.Now().Format(time.RFC3339)
	signed, err := signature.SignRSA(key.(*rsa.PrivateKey), signature.AccessToken(p.set.Snap.ClientKey, now))
	must(t, signed, err)
	var granted struct{ AccessToken string }
	must(t, 0, p.ask("POST", "/v1.0/access-token/b2b", "", `{"grantType":"client_credentials"}`, &granted,
		"Content-Type", "application/json", "X-CLIENT-KEY", p.set.Snap.ClientKey, "X-TIMESTAMP", now, "X-SIGNATURE", signed))
	const path = "/v1.0/debit/payment-host-to-host"
	body := `{"partnerReferenceNo":"order","chargeToken":"` + granted.AccessToken + `","payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET",` +
		`"transAmount":{"value":"15000.00","currency":"IDR"}}],"additionalInfo":{"pointOfPurchaseId":"` + p.set.Pop + `"}}`
	mac := signature.SignHMAC(p.set.Snap.ClientSecret, signature.Request("POST", path, granted.AccessToken, []byte(body), now))
	must(t, 0, p.ask("POST", path, "Bearer "+granted.AccessToken, body, nil, "Content-Type", "application/json", "X-TIMESTAMP", now,
		"X-SIGNATURE", mac, "X-PARTNER-ID", p.set.Snap.PartnerID, "X-EXTERNAL-ID", uuid.NewString(), "CHANNEL-ID", p.set.Snap.ChannelID))
	return granted.AccessToken
}

// readAccount redeems bank tokens, once in each place of a request that allows them.
func readAccount(t *testing.T, p *program, l *launched, secrets map[string]string) {
	t.Helper()
	for _, where := range []string{"query", "body"} {
		s, err := l.call("getBankAccountToken", nil)
		must(t, s, err)
		token := s.text("token")
		secrets["account_token in the "+where] = token
		path, in := "/v1/mini-apps/bank-details?account_token="+token, any(nil)
		if where == "body" {
			path, in = "/v1/mini-apps/bank-details", map[string]string{"account_token": token}
		}
		var out struct {
			Data struct {
				Number string `json:"bank_account_number"`
			}
		}
		must(t, 0, p.ask("POST", path, p.basic, in, &out, "Request-Id", "bank "+where))
		if out.Data.Number != secrets["bank number"] {
			t.Fatalf("the bank number is %q", out.Data.Number)
		}
	}
}

// misuse sends secrets in wrong places. The refusals must not store them either.
func misuse(p *program, secrets map[string]string) {
	for what, secret := range secrets {
		if what == "bank number" || strings.Contains(what, "of the private key") {
			continue // digits do not look like a secret, and bytes are not a text
		}
		misuseSnap(p, secret)
		secret, _, _ := strings.Cut(secret, "\n") // a header takes one line
		for _, authorization := range []string{"Bearer " + secret, "Basic " + secret, secret, basicOf(p.set.ID, secret), basicOf(secret, secret)} {
			_ = p.ask("POST", "/v1/mini-apps/authorizations/token", authorization, map[string]string{"auth_code": secret, "authCode": secret}, nil)
			_ = p.ask("GET", "/v1/mini-apps/users/profile", authorization, nil, nil, "Request-Id", "misuse")
			_ = p.ask("POST", "/v1/mini-apps/bank-details", authorization, map[string]any{"account_token": map[string]string{"token": secret}}, nil)
		}
		_ = p.ask("POST", "/v1/mini-apps/authorizations/token", p.basic, `{"auth_code":"`+secret+`"`, nil)
		_ = p.ask("POST", "/v1/mini-apps/bank-details", p.basic, `{"account_token":["`+secret+`"]}`, nil)
	}
}

// misuseSnap sends secrets in wrong places of BI-SNAP and Snap Checkout.
func misuseSnap(p *program, secret string) {
	line := strings.ReplaceAll(secret, "\n", "")
	for _, path := range []string{"/v1.0/access-token/b2b", "/v1.0/debit/payment-host-to-host", "/v1.0/debit/status", "/snap/v1/transactions"} {
		for _, body := range []any{
			map[string]string{"grantType": secret, "partnerReferenceNo": line}, map[string]any{"urlParam": map[string]string{"url": "https://x.example/?key=" + secret}},
			`{"x":"` + line, line,
		} {
			_ = p.ask("POST", path, basicOf(line, ""), body, nil, "Content-Type", "application/json", "X-EXTERNAL-ID", line, "X-SIGNATURE", line)
			_ = p.ask("POST", path, "Bearer "+line, body, nil, "Content-Type", line, "X-CLIENT-KEY", line, "X-PARTNER-ID", line,
				"X-TIMESTAMP", line, "CHANNEL-ID", line, "debug-id", line, "User-Agent", line)
		}
	}
}

func payOnce(t *testing.T, p *program, l *launched) {
	t.Helper()
	deeplink, _, err := p.order(15_000)
	must(t, deeplink, err)
	s, err := l.call("triggerPayment", map[string]string{"deeplink": deeplink})
	if err != nil || s.Ask == nil {
		t.Fatalf("triggerPayment: %+v, %v", s, err)
	}
	s, err = l.answer(s.Ask.ID, "success")
	if err != nil || s.text("status") != "success" {
		t.Fatalf("paying: %+v, %v", s, err)
	}
}

func fetch(t *testing.T, p *program, path string) []byte {
	t.Helper()
	answer, err := http.Get(p.api + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return must2(t)(io.ReadAll(answer.Body))
}

func must2(t testing.TB) func([]byte, error) []byte {
	return func(v []byte, err error) []byte {
		t.Helper()
		return must(t, v, err)
	}
}

// searchKept searches the data folder and the database for secrets.
func searchKept(t *testing.T, secrets map[string]string, at place) {
	t.Helper()
	found := map[string][]byte{}
	if at.database != "" {
		found = pgtest.Contents(t, at.database)
		if !bytes.Contains(found["table users"], []byte("Sari")) {
			t.Fatal("there is no database to search")
		}
	}
	must(t, 0, filepath.WalkDir(at.data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "master.key" {
			return err
		}
		text, err := os.ReadFile(path)
		found[e.Name()] = text
		return err
	}))
	if at.database == "" && len(found["selasar.db"]) == 0 {
		t.Fatal("there is no database to search")
	}
	search(t, secrets, found)
}

// search searches for secrets in plain form and in all usual encodings.
func search(t *testing.T, secrets map[string]string, places map[string][]byte) {
	t.Helper()
	for what, secret := range secrets {
		if len(secret) < 16 {
			t.Fatalf("the %s is %q", what, secret)
		}
		forms := []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), hex.EncodeToString([]byte(secret))}
		if block, _ := pem.Decode([]byte(secret)); block != nil {
			forms = append(forms, string(block.Bytes), base64.StdEncoding.EncodeToString(block.Bytes), hex.EncodeToString(block.Bytes))
			forms = append(forms, strings.Split(secret, "\n")[2:26]...) // the lines of a key without the first, which all keys share
		}
		if plain, err := base64.StdEncoding.DecodeString(secret); err == nil && strings.Contains(what, "auth_token") {
			_, proof, _ := strings.Cut(string(plain), ":") // the secret part of an auth token
			forms = append(forms, proof)
		}
		for where, text := range places {
			for _, form := range forms {
				if at := bytes.Index(text, []byte(form)); at >= 0 {
					t.Errorf("the %s is in %s: ...%q...", what, where, text[max(0, at-80):min(len(text), at+20)])
				}
			}
		}
	}
}
