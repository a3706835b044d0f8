//go:build unix

package dev

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/signature"
)

// These benchmarks run the handlers without a network, to show the cost of the rules
// and the store in profiles: go test -bench . -cpuprofile cpu.out ./internal/dev

func BenchmarkCall(b *testing.B) {
	for _, method := range []string{"getAuthCode", "getLocation"} {
		b.Run(method, func(b *testing.B) {
			p := startBench(b)
			defer reportCPU(b)()
			b.RunParallel(func(pb *testing.PB) {
				call := p.caller(b, method)
				for pb.Next() {
					call()
				}
			})
		})
	}
}

func BenchmarkCodeToToken(b *testing.B) {
	p := startBench(b)
	defer reportCPU(b)()
	b.RunParallel(func(pb *testing.PB) {
		call := p.caller(b, "getAuthCode")
		for pb.Next() {
			_, code, _ := strings.Cut(call(), `"authCode":"`)
			p.post(b, "/v1/mini-apps/authorizations/token", p.basic, `{"auth_code":"`+code[:64]+`"}`)
		}
	})
}

// BenchmarkSigned also signs its requests of BI-SNAP, at a small cost.
func BenchmarkSigned(b *testing.B) {
	const create = `{"partnerReferenceNo":"17","payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET",` +
		`"transAmount":{"value":"15000.00","currency":"IDR"}}],"additionalInfo":{"pointOfPurchaseId":"POP","items":[{"name":"Kopi susu"}]}}`
	p := startBench(b)
	post := p.signer(b)
	create1 := strings.ReplaceAll(create, "POP", p.set.PopID)
	_, ref, _ := strings.Cut(post(b, "/v1.0/debit/payment-host-to-host", create1), `"referenceNo":"`)
	ref, _, _ = strings.Cut(ref, `"`)
	for _, one := range []struct{ name, path, body string }{
		{"create", "/v1.0/debit/payment-host-to-host", create1},
		{"status", "/v1.0/debit/status", `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`},
	} {
		b.Run(one.name, func(b *testing.B) {
			defer reportCPU(b)()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					post(b, one.path, one.body)
				}
			})
		})
	}
}

// signer returns a function that signs a request and sends it.
func (p *benched) signer(b *testing.B) func(b *testing.B, path, body string) string {
	at := time.Now().Format(time.RFC3339)
	block, _ := pem.Decode([]byte(p.set.Snap.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		b.Fatal(err)
	}
	signed, err := signature.SignRSA(key.(*rsa.PrivateKey), signature.AccessToken(p.set.Snap.ClientKey, at))
	if err != nil {
		b.Fatal(err)
	}
	got := p.send(b, "/v1.0/access-token/b2b", `{"grantType":"client_credentials"}`,
		map[string]string{"X-CLIENT-KEY": p.set.Snap.ClientKey, "X-TIMESTAMP": at, "X-SIGNATURE": signed})
	_, token, _ := strings.Cut(got, `"accessToken":"`)
	token, _, _ = strings.Cut(token, `"`)
	var ids atomic.Int64
	return func(b *testing.B, path, body string) string {
		text := signature.Request("POST", path, token, []byte(body), at)
		return p.send(b, path, body, map[string]string{
			"Authorization": "Bearer " + token, "X-TIMESTAMP": at, "X-PARTNER-ID": p.set.Snap.PartnerID, "CHANNEL-ID": p.set.Snap.ChannelID,
			"X-SIGNATURE": signature.SignHMAC(p.set.Snap.ClientSecret, text), "X-EXTERNAL-ID": "bench-" + strconv.FormatInt(ids.Add(1), 10),
		})
	}
}

// reportCPU reports the processor time of the whole process. On a machine with other
// load, it is more exact than the clock.
func reportCPU(b *testing.B) (report func()) {
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	before := cpu(b)
	return func() {
		b.StopTimer()
		b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	}
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type benched struct {
	handler http.Handler
	basic   string
	set     credential.Set
}

func startBench(b *testing.B) *benched {
	dir := b.TempDir()
	err := os.WriteFile(filepath.Join(dir, "miniapp.json"),
		[]byte(`{"id":"bench","generation":"webview","consents":[{"name":"location","mandatory":true,"reason":"To measure"}]}`), 0o600)
	if err != nil {
		b.Fatal(err)
	}
	d, err := Start(context.Background(), Config{Target: dir, Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Output: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	if _, err := d.Simulator.Choose(context.Background(), []byte(`{"consent":"allow"}`)); err != nil {
		b.Fatal(err)
	}
	set, err := d.platform.Credentials.Of(context.Background(), "bench")
	if err != nil {
		b.Fatal(err)
	}
	return &benched{d.handler(), "Basic " + base64.StdEncoding.EncodeToString([]byte(set.ClientID+":"+set.ClientSecret)), set}
}

// caller opens a launch, and returns a function that makes a call in it.
func (p *benched) caller(b *testing.B, method string) func() string {
	var launch struct {
		ID    string `json:"launch_id"`
		Token string `json:"token"`
	}
	if err := json.Unmarshal([]byte(p.post(b, "/host/v1/launches", "", "{}")), &launch); err != nil {
		b.Fatal(err)
	}
	return func() string {
		return p.post(b, "/host/v1/launches/"+launch.ID+"/calls", "Bearer "+launch.Token, `{"method":"`+method+`","params":{}}`)
	}
}

func (p *benched) post(b *testing.B, path, authorization, body string) string {
	return p.send(b, path, body, map[string]string{"Authorization": authorization})
}

func (p *benched) send(b *testing.B, path, body string, header map[string]string) string {
	r := httptest.NewRequest("POST", "http://127.0.0.1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	if w.Code/100 != 2 || strings.Contains(w.Body.String(), `"success":false`) {
		b.Errorf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}
