//go:build unix

package server

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These run the handlers without a network, to see in profiles what the rules
// and the store cost: go test -bench . -cpuprofile cpu.out ./internal/server

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

// reportCPU reports the processor time of the whole process, which says more
// than the clock on a machine that does other things too.
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
}

func startBench(b *testing.B) *benched {
	dir := b.TempDir()
	err := os.WriteFile(filepath.Join(dir, "miniapp.json"),
		[]byte(`{"id":"bench","generation":"webview","consents":[{"name":"location","mandatory":true,"reason":"To measure"}]}`), 0o600)
	if err != nil {
		b.Fatal(err)
	}
	d, err := StartDev(context.Background(), Config{Target: dir, Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Output: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	if _, err := d.platform.simulator.Choose(context.Background(), []byte(`{"consent":"allow"}`)); err != nil {
		b.Fatal(err)
	}
	set, err := d.platform.credentials.Of(context.Background(), "bench")
	if err != nil {
		b.Fatal(err)
	}
	handler, err := d.handler()
	if err != nil {
		b.Fatal(err)
	}
	return &benched{handler, "Basic " + base64.StdEncoding.EncodeToString([]byte(set.ClientID+":"+set.ClientSecret))}
}

// caller opens a launch and gives what makes a call in it.
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
	r := httptest.NewRequest("POST", "http://127.0.0.1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", authorization)
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	if w.Code/100 != 2 || strings.Contains(w.Body.String(), `"success":false`) {
		b.Errorf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}
