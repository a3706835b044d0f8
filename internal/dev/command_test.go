//go:build unix

package dev

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is a terminal that tests read.
type screen struct {
	mu      sync.Mutex
	text    bytes.Buffer
	written chan struct{} // has capacity
}

func (s *screen) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written <- struct{}{}
	return s.text.Write(data)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func startManifest(t *testing.T, manifest string, c Config) *Platform {
	t.Helper()
	c.Target = t.TempDir()
	if err := os.WriteFile(filepath.Join(c.Target, "miniapp.json"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	if c.AppListen == "" {
		c.AppListen = "127.0.0.1:0"
	}
	if c.Output == nil {
		c.Output = io.Discard
	}
	d, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !d.ending() {
			_ = d.Close()
		}
	})
	return d
}

// The page, the journal, the simulator's state and the terminal say the same about a command whose port is not found.
func TestCommand_without_a_port_is_reported_everywhere(t *testing.T) {
	t.Parallel()
	out := &screen{written: make(chan struct{}, 100)}
	d := startManifest(t, `{"id":"kopi","dev":{"command":"sleep 300"}}`, Config{Ephemeral: true, Output: out, Patience: 50 * time.Millisecond})
	page, err := http.Get(d.URLs.App) // waits until the command is late
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(page.Body)
	_ = page.Body.Close()
	sentence := strings.TrimSpace(string(body))
	if page.StatusCode != http.StatusBadGateway || !strings.Contains(sentence, `"sleep 300" is running, but Selasar finds no port`) {
		t.Fatalf("the page says %d %s", page.StatusCode, sentence)
	}
	<-out.written // the terminal's line follows the state
	if got := out.String(); got != "kopi | "+sentence+"\n" {
		t.Errorf("the terminal says %q", got)
	}
	if got := d.targetNow(); got.State != "starting" || got.Message != sentence {
		t.Errorf("the state says %+v", got)
	}
	answer, err := http.Get(d.URLs.Control + "/journal")
	if err != nil {
		t.Fatal(err)
	}
	journal, _ := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if what, _, _ := strings.Cut(sentence, "; "); strings.Count(string(journal), "page.unreachable") != 1 || !strings.Contains(string(journal), strings.ReplaceAll(what, `"`, `\"`)) {
		t.Errorf("the journal says %s", journal)
	}
}

// A command that ignores PORT is found, and its backend gets the notifications.
func TestCommand_on_a_port_of_its_own_is_the_mini_app(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	command := "python3 -m http.server --bind 127.0.0.1 " + port
	d := startManifest(t, `{"id":"kopi","entry":"/miniapp.json","dev":{"command":"`+command+`"}}`, Config{Ephemeral: true})
	page, err := http.Get(d.URLs.App + "miniapp.json")
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	if page.StatusCode != http.StatusOK {
		t.Errorf("the page answers %d", page.StatusCode)
	}
	if got := d.targetNow(); got.State != "running" || got.URL != "http://localhost:"+port {
		t.Errorf("the state says %+v", got)
	}
	if got := d.platform.NotificationURL(d.app); !strings.HasPrefix(got, "http://"+address) {
		t.Errorf("notifications go to %s", got)
	}
}

// After a change of the manifest's id, the database has the mini app of the earlier run too.
func TestRequests_without_a_mini_app_mean_the_one_of_the_manifest(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	for _, id := range []string{"kopi", "zeta", "alfa"} {
		d := startManifest(t, `{"id":"`+id+`","consents":[{"name":"wifi"}]}`, Config{Data: data})
		app, _, done, err := d.Fill(t.Context(), "", "")
		if err != nil || app != id {
			t.Errorf("a launch opens %q, %v", app, err)
		}
		done()
		for _, path := range []string{"/credentials", "/consents", "/state"} {
			answer, err := http.Get(d.URLs.Control + path)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusOK || (path == "/state" && strings.Count(string(body), `"entry_url"`) != 1) || (path != "/consents" && !strings.Contains(string(body), id)) {
				t.Errorf("%s of %s: %d %s", path, id, answer.StatusCode, body)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// The address keeps the name that was given, and every page refuses the names of other machines.
func TestAddresses_keep_the_given_name_and_refuse_others(t *testing.T) {
	t.Parallel()
	d := startManifest(t, `{"id":"kopi"}`, Config{Ephemeral: true, Listen: "localhost:0", AppListen: "LOCALHOST:0"})
	if !strings.HasPrefix(d.URLs.API, "http://localhost:") || !strings.HasPrefix(d.URLs.App, "http://localhost:") {
		t.Errorf("the addresses are %+v", d.URLs)
	}
	for _, address := range []string{d.URLs.Simulator, d.URLs.Control + "/state", d.URLs.App} {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "evil.example"
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s answers %d to another name", address, answer.StatusCode)
		}
	}
}
