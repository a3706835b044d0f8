package provider

import (
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// lookEvery is how often the file of the secrets is looked at.
const lookEvery = 5 * time.Second

// SecretFile is a file of secrets (see ParseSecrets). It is read again when it changes, so
// that a new secret needs no restart. A file that became unusable changes nothing.
type SecretFile struct {
	path string

	mu      sync.Mutex
	looked  time.Time
	stamp   time.Time // when the file was changed
	secrets []string
}

// OpenSecretFile reads a file of secrets.
func OpenSecretFile(path string) (*SecretFile, error) {
	f := &SecretFile{path: path}
	return f, f.read()
}

func (f *SecretFile) read() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	secrets, err := ReadSecrets(f.path)
	if err != nil {
		return err
	}
	f.secrets, f.stamp = secrets, info.ModTime()
	return nil
}

// ReadSecrets reads a file of secrets once.
func ReadSecrets(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	secrets, err := ParseSecrets(string(text))
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return secrets, err
}

// at returns the secrets at a time.
func (f *SecretFile) at(now time.Time) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if since := now.Sub(f.looked); since >= 0 && since < lookEvery {
		return f.secrets
	}
	f.looked = now
	info, err := os.Stat(f.path)
	if err == nil && info.ModTime().Equal(f.stamp) {
		return f.secrets
	}
	if err == nil {
		err = f.read()
	}
	if err != nil {
		slog.Error("the provider's secret file cannot be read; the earlier secrets stay in use", "error", err)
	} else {
		slog.Info("the provider's secret file was read again", "file", f.path)
	}
	return f.secrets
}
