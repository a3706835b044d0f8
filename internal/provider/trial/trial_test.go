package trial_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/provider/trial"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func try(t *testing.T, h http.Handler) trial.Report {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	report, err := trial.Run(t.Context(), trial.Config{URL: server.URL, Secrets: []string{secretText}, UserID: "sari", Balance: 1000, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// failed returns the names of the checks with findings.
func failed(r trial.Report) (names []string) {
	for _, c := range r.Checks {
		if len(c.Findings) > 0 {
			names = append(names, c.Name)
		}
	}
	return names
}

func TestRun_finds_nothing_at_the_reference_and_gives_the_balance_back(t *testing.T) {
	t.Parallel()
	s := stage.New(t)
	s.Clock.Set(time.Now())
	s.Person("sari", 1000)
	report := try(t, &provider.Reference{DB: stage.View[provider.ReferenceTx](s), Clock: s.Clock, IDs: s.IDs, Secrets: []string{secretText}})
	var text bytes.Buffer
	s.Must(report.Text(&text))
	if report.Findings != 0 || len(report.Checks) != 9 || !strings.HasSuffix(text.String(), "no findings\n") {
		t.Error(text.String())
	}
	stage.Is(t, "the balance after the trial", s.User("sari").Balance, 1000)
}

func TestRun_finds_the_mistakes_of_a_provider(t *testing.T) {
	t.Parallel()
	if report := try(t, newFlawed("")); report.Findings != 0 {
		t.Fatalf("without mistakes: %+v", report.Checks)
	}
	for mistake, in := range map[string]string{
		"checks no signature":     "signatures",
		"signs no failures":       "answers",
		"charges again":           "race",
		"ignores another content": "replay",
		"lends money":             "charge",
		"reads before it writes":  "race",
		"refunds too much":        "refunds",
		"refunds again":           "refunds",
		"forgets cancellations":   "cancel",
		"cancels what it charged": "cancel",
	} {
		t.Run(mistake, func(t *testing.T) {
			t.Parallel()
			report := try(t, newFlawed(mistake))
			var text bytes.Buffer
			if err := report.Text(&text); err != nil {
				t.Fatal(err)
			}
			if names := strings.Join(failed(report), " "); !strings.Contains(names, in) || !strings.Contains(text.String(), "FAIL  "+in) {
				t.Errorf("it was found by %q, want %s:\n%s", names, in, text.String())
			}
		})
	}
}

func TestRun_of_an_address_without_a_provider_has_findings(t *testing.T) {
	t.Parallel()
	report := try(t, http.NotFoundHandler())
	if len(failed(report)) != len(report.Checks) {
		t.Errorf("only %q failed", failed(report))
	}
	for _, bad := range []trial.Config{
		{URL: "http://127.0.0.1:1", Secrets: []string{secretText}, UserID: "sari", Balance: 1},
		{URL: "http://127.0.0.1:1", Secrets: []string{secretText}, Balance: 1000},
		{URL: "pay.example", Secrets: []string{secretText}, UserID: "sari", Balance: 1000},
	} {
		if _, err := trial.Run(t.Context(), bad); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}
