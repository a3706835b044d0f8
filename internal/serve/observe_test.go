package serve_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/serve"
)

// logged collects the log of a test. It is not parallel, because the log is one for the
// process.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(data)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func logOf(t *testing.T) *logged {
	t.Helper()
	l, before := &logged{}, slog.Default()
	slog.SetDefault(slog.New(serve.WithRequests(slog.NewJSONHandler(l, nil))))
	t.Cleanup(func() { slog.SetDefault(before) })
	return l
}

const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

// The metrics, the log and the journal name a request, and none of them has a secret.
func TestObservation_names_requests_and_no_secrets(t *testing.T) {
	log := logOf(t)
	o := start(t, serve.Config{LogRequests: true})
	l := o.opened()
	set := o.do("POST", "/admin/v1/mini-apps/kopi/credentials/reveal", "", "X-Request-Id", "req-7", "Traceparent", parent).is(200)
	if got := set.header.Get("X-Request-Id"); got != "req-7" {
		t.Errorf("X-Request-Id %q", got)
	}
	o.do("GET", "/host/v1/launches/"+l.at("launch_id"), "", "Authorization", "Bearer "+l.at("token")).is(200)
	scraped := o.do("GET", "/metrics", "").text
	for _, want := range []string{
		`selasar_requests_total{listener="operator",route="POST /admin/v1/mini-apps/{id}/credentials/reveal",status="200"} 1`,
		`selasar_requests_total{listener="public",route="GET /host/v1/launches/{id}",status="200"} 1`,
		`selasar_request_seconds_bucket{listener="public",le="+Inf"} 1`, `selasar_events_total{event="launch.asked"} 1`,
		"selasar_database_writable 1", "selasar_notifications_waiting 0", "selasar_hosts_connected 0", "process_resident_memory_bytes",
	} {
		if !strings.Contains(scraped, want) {
			t.Errorf("the metrics have no %s", want)
		}
	}
	for _, want := range []string{`"request_id":"req-7"`, `"trace_id":"0af7651916cd43dd8448eb211c80319c"`, `"listener":"public"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %s", want)
		}
	}
	for what, secret := range map[string]string{"the owner's key": o.key, "the launch token": l.at("token"), "the client secret": set.at("client_secret")} {
		if secret == "" || strings.Contains(scraped+log.String(), secret) {
			t.Errorf("%s is in the metrics or the log", what)
		}
	}
	entry := o.do("GET", "/admin/v1/audit?action=credentials.revealed", "").is(200)
	var shown struct {
		Entries []struct {
			RequestID string `json:"request_id"`
		}
	}
	if json.Unmarshal([]byte(entry.text), &shown) != nil || len(shown.Entries) != 1 || shown.Entries[0].RequestID != "req-7" {
		t.Errorf("the audit log: %s", entry.text)
	}
}

func TestReady_says_whether_the_node_can_write(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	for _, base := range []string{o.Public, o.Admin} {
		response, err := http.Get(base + "/readyz")
		if err != nil || response.StatusCode != 200 {
			t.Errorf("%s/readyz: %v, %v", base, response, err)
		}
	}
}

func TestCaller_believes_trusted_proxies_only(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		trusted []string
		header  string
		want    string
	}{
		"no trusted proxy":     {nil, "203.0.113.9", "127.0.0.1"},
		"one proxy":            {[]string{"127.0.0.0/8"}, "203.0.113.9", "203.0.113.9"},
		"the caller lies":      {[]string{"127.0.0.1"}, "1.2.3.4, 203.0.113.9", "203.0.113.9"},
		"two proxies":          {[]string{"127.0.0.1", "10.0.0.0/8"}, "203.0.113.9, 10.1.2.3", "203.0.113.9"},
		"a malformed address":  {[]string{"127.0.0.1"}, "evil", "127.0.0.1"},
		"no header":            {[]string{"127.0.0.1"}, "", "127.0.0.1"},
		"a malformed end":      {[]string{"127.0.0.1"}, "203.0.113.9, x", "127.0.0.1"},
		"an address of IPv6":   {[]string{"127.0.0.1"}, "2001:db8::7", "2001:db8::7"},
		"proxies without end":  {[]string{"127.0.0.1", "10.0.0.0/8"}, "10.1.2.3", "10.1.2.3"},
		"another proxy's word": {[]string{"10.0.0.0/8"}, "203.0.113.9", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := start(t, serve.Config{TrustedProxies: one.trusted})
			o.do("PUT", "/admin/v1/users/u", `{"name":"Sari"}`, "X-Forwarded-For", one.header).is(201)
			if got := o.do("GET", "/admin/v1/audit", "").text; !strings.Contains(got, `"address":"`+one.want+`"`) {
				t.Errorf("want %s: %s", one.want, got)
			}
		})
	}
}

// certificateFor writes a certificate for localhost, whose serial number is n.
func certificateFor(t *testing.T, dir string, n int64) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(n), Subject: pkix.Name{CommonName: "localhost"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, _ := x509.MarshalPKCS8PrivateKey(key)
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	made, _ := x509.ParseCertificate(der)
	return made
}

func TestTLS_reads_a_renewed_certificate_without_a_restart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certificateFor(t, dir, 1)
	o := start(t, serve.Config{TLSCert: filepath.Join(dir, "cert.pem"), TLSKey: filepath.Join(dir, "key.pem")})
	serial := func() int64 {
		conn, err := tls.Dial("tcp", strings.TrimPrefix(o.Public, "https://"), &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Errorf("the first certificate has serial %d", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "cert.pem"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.LookAtCertificate()
	if got := serial(); got != 1 {
		t.Errorf("while the files do not fit together, the certificate has serial %d", got)
	}
	certificateFor(t, dir, 2)
	o.LookAtCertificate()
	if got := serial(); got != 2 {
		t.Errorf("after the renewal, the certificate has serial %d", got)
	}
}

func TestCheck_says_what_a_start_would_do(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := serve.Config{Listen: "127.0.0.1:0", AdminListen: "127.0.0.1:0", Data: dir}
	report, err := serve.Check(t.Context(), c)
	if err != nil || !strings.Contains(strings.Join(report, "\n"), "a start makes the database") {
		t.Errorf("a new folder: %q, %v", report, err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("the check wrote %v", files)
	}
	start(t, serve.Config{Data: dir})
	report, err = serve.Check(t.Context(), c)
	if err != nil || !strings.Contains(strings.Join(report, "\n"), "which this program knows") {
		t.Errorf("a running platform: %q, %v", report, err)
	}
	for what, wrong := range map[string]serve.Config{
		"--public-url":      {PublicURL: "api.super.example"},
		"--host-origin":     {HostOrigins: []string{"https://super.example/"}},
		"--trusted-proxy":   {TrustedProxies: []string{"10.0.0.0/99"}},
		"--tls-cert":        {TLSCert: "a"},
		"--database":        {Database: "mysql://x"},
		"master key":        {MasterKey: "abc", Database: "postgres://127.0.0.1:1/x"},
		"--tls-cert, --tls": {TLSCert: "none", TLSKey: "none"},
	} {
		wrong.Listen, wrong.AdminListen, wrong.Data = "127.0.0.1:0", "127.0.0.1:0", t.TempDir()
		if _, err := serve.Check(t.Context(), wrong); err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
