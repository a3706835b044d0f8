package serve_test

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/serve"
)

// query is an expression of a file in deploy/.
type query struct{ where, expr string }

// queries returns the expressions of the Grafana board and of the alerts.
func queries(t *testing.T) (all []query) {
	t.Helper()
	read := func(name string, decode func([]byte, any) error, into any) {
		text, err := os.ReadFile(filepath.Join("../../deploy", name))
		if err == nil {
			err = decode(text, into)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	read("grafana/selasar.json", json.Unmarshal, &board)
	for _, panel := range board.Panels {
		for _, target := range panel.Targets {
			all = append(all, query{"panel " + panel.Title, target.Expr})
		}
	}
	var alerts struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations map[string]string
			}
		}
	}
	read("prometheus/selasar.rules.yml", yaml.Unmarshal, &alerts)
	for _, rule := range alerts.Groups[0].Rules {
		all = append(all, query{"alert " + rule.Alert, rule.Expr})
		if rule.Annotations["summary"] == "" || rule.Annotations["runbook"] == "" {
			t.Errorf("alert %s needs a summary and a runbook", rule.Alert)
		}
	}
	return all
}

// scraped returns the metrics of a platform that serves TLS and has opened a launch.
func scraped(t *testing.T) string {
	t.Helper()
	o := start(t, serve.Config{})
	o.opened()
	dir := t.TempDir()
	certificateFor(t, dir, 1)
	secured := start(t, serve.Config{TLSCert: filepath.Join(dir, "cert.pem"), TLSKey: filepath.Join(dir, "key.pem")})
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	defer client.CloseIdleConnections()
	response, err := client.Get(secured.Admin + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return o.do("GET", "/metrics", "").is(200).text + string(text)
}

var (
	metricName = regexp.MustCompile(`\b(selasar|process|go)_[a-z_]+`)
	eventLabel = regexp.MustCompile(`event=~?"([^"]+)"`)
)

// The board and the alerts use only measures that a platform has, and events that are
// declared.
func TestDeploy_names_measures_and_events_that_exist(t *testing.T) {
	t.Parallel()
	text, declared, used := scraped(t), map[string]bool{}, map[string]bool{}
	for _, one := range event.Declared() {
		declared[string(one.Name)] = true
	}
	for _, q := range queries(t) {
		for _, name := range metricName.FindAllString(q.expr, -1) {
			used[name] = true
			if !strings.Contains(text, "\n"+name+"{") && !strings.Contains(text, "\n"+name+" ") {
				t.Errorf("%s: there is no measure %s", q.where, name)
			}
		}
		for _, found := range eventLabel.FindAllStringSubmatch(q.expr, -1) {
			for _, name := range strings.Split(found[1], "|") {
				if !declared[name] {
					t.Errorf("%s: there is no event %s", q.where, name)
				}
			}
		}
	}
	for _, own := range regexp.MustCompile(`(?m)^selasar_[a-z_]+`).FindAllString(text, -1) {
		if base := strings.TrimSuffix(strings.TrimSuffix(own, "_sum"), "_count"); base == own && !used[own] {
			t.Errorf("neither the board nor an alert uses %s", own)
		}
	}
}
