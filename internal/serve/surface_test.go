package serve_test

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/serve"
)

var ofDev = regexp.MustCompile(`(?i)/control/|simulator|selasar dev|/journal|127\.0\.0\.1`)

// The scripts for pages name nothing of `selasar dev`.
func TestScripts_name_nothing_of_dev(t *testing.T) {
	t.Parallel()
	built, err := filepath.Glob("../webui/sdk/*/dist/*.js")
	if err != nil || len(built) < 5 {
		t.Fatalf("the scripts: %v, %v", built, err)
	}
	o := start(t, serve.Config{})
	names := []string{"stable/gp-container.min.js"}
	for _, path := range built {
		names = append(names, filepath.Base(path))
	}
	for _, name := range names {
		if found := ofDev.FindString(o.do("GET", "/sdk/"+name, "").is(200).text); found != "" {
			t.Errorf("%s names %q", name, found)
		}
	}
}

// No page can show an answer in a frame, and no browser guesses its type. A request id from
// outside is used only in a safe form.
func TestAnswers_have_strict_headers_and_safe_ids(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	for _, path := range []string{"/healthz", "/none", "/sdk/miniapp-host.js", "/host/v1/launches/x", "/admin/v1/whoami", "/metrics"} {
		for sent, kept := range map[string]bool{"req-7": true, `x" status=200 level=error`: false, strings.Repeat("a", 65): false} {
			h := o.do("GET", path, "", "X-Request-Id", sent).header
			if got := h.Get("X-Request-Id"); (got == sent) != kept || got == "" {
				t.Errorf("%s: the id %q became %q", path, sent, got)
			}
			checkHeaders(t, path, h)
		}
	}
}

func checkHeaders(t *testing.T, path string, h http.Header) {
	t.Helper()
	policy := h.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("%s: the policy %q", path, policy)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%s: %v", path, h)
	}
}
