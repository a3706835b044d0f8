package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestProviderCheck_exits_with_1_after_findings_only(t *testing.T) {
	t.Parallel()
	const secret = "a-secret-with-at-least-32-characters"
	s := stage.New(t)
	s.Clock.Set(time.Now())
	s.Person("sari", 1000)
	file := filepath.Join(t.TempDir(), "secret")
	s.Must(os.WriteFile(file, []byte(secret+"\n"), 0o600))
	for name, one := range map[string]struct {
		handler http.Handler
		code    int
		text    string
	}{
		"the reference": {&provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{secret}}, 0, "no findings"},
		"no provider":   {http.NotFoundHandler(), findingsCode, "FAIL  race"},
	} {
		server := httptest.NewServer(one.handler)
		defer server.Close()
		args := []string{"provider", "check", server.URL, "--secret-file", file, "--user", "sari", "--balance", "1000"}
		var out, said bytes.Buffer
		if code := run(t.Context(), args, &out, &said); code != one.code || !strings.Contains(out.String(), one.text) || said.Len() > 0 {
			t.Errorf("%s: exit code %d, want %d:\n%s%s", name, code, one.code, out.String(), said.String())
		}
		out.Reset()
		var report struct {
			Provider string
			Checks   []struct{ Findings []string }
		}
		code := run(t.Context(), append(args, "--json"), &out, &said)
		if err := json.Unmarshal(out.Bytes(), &report); err != nil || code != one.code || report.Provider != server.URL || len(report.Checks) != 9 {
			t.Errorf("%s: exit code %d, %v: %s", name, code, err, out.String())
		}
	}
}
