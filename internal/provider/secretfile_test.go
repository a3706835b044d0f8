package provider_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/provider"
)

func TestSecretFile_changes_the_secret_of_a_running_client(t *testing.T) {
	h := newHouse(t)
	path := filepath.Join(t.TempDir(), "secret")
	write := func(text string, at time.Duration) {
		h.Must(os.WriteFile(path, []byte(text), 0o600))
		h.Must(os.Chtimes(path, time.Time{}, time.Unix(0, 0).Add(at)))
	}
	write(secretOne, time.Second)
	file, err := provider.OpenSecretFile(path)
	h.Must(err)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	c, err := provider.New(provider.Config{URL: h.server.URL, SecretFile: file, Transport: transport, Clock: h.Stage.Clock, Timeout: time.Second})
	h.Must(err)
	for _, step := range []struct {
		name  string
		text  string // new content of the file
		pass  time.Duration
		house []string // secrets of the provider
		ok    bool
	}{
		{"the first secret", secretOne, 0, []string{secretOne}, true},
		{"both, before the file is looked at", secretTwo + "\n" + secretOne, 4 * time.Second, []string{secretTwo}, false},
		{"both, after that", secretTwo + "\n" + secretOne, time.Second, []string{secretTwo}, true},
		{"a file that is not usable", "short", 5 * time.Second, []string{secretTwo}, true},
		{"the second alone", secretTwo, 5 * time.Second, []string{secretTwo}, true},
		{"the first is forgotten", secretTwo, 5 * time.Second, []string{secretOne}, false},
	} {
		write(step.text, time.Duration(len(step.text))*time.Second)
		h.Pass(step.pass)
		h.Secrets = step.house
		if _, _, err := c.Look(h.Ctx, charge("c", 1)); (err == nil) != step.ok {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	for _, bad := range []string{path + "x", filepath.Dir(path)} {
		if _, err := provider.OpenSecretFile(bad); err == nil {
			t.Errorf("%s is opened", bad)
		}
	}
}
