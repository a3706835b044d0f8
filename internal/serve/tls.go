package serve

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// lookEvery is how often the certificate's files are looked at.
const lookEvery = 5 * time.Second

// certificate is a TLS certificate from files. It is read again when a file changes, so
// that a renewal needs no restart. Until both files fit together, the earlier one serves.
type certificate struct {
	cert, key string

	mu      sync.Mutex
	looked  time.Time
	stamp   [2]time.Time // when the files were changed
	current *tls.Certificate
}

// certificate returns the certificate of the configuration; nil without TLS.
func (c Config) certificate() (*certificate, error) {
	if c.TLSCert == "" {
		return nil, nil
	}
	one := &certificate{cert: c.TLSCert, key: c.TLSKey}
	if err := one.load(); err != nil {
		return nil, fmt.Errorf("--tls-cert, --tls-key: %w", err)
	}
	return one, nil
}

func (c *certificate) load() error {
	stamp, err := c.stamps()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.current, c.stamp, c.looked = &pair, stamp, time.Now()
	return nil
}

func (c *certificate) stamps() (stamp [2]time.Time, err error) {
	for i, name := range []string{c.cert, c.key} {
		info, err := os.Stat(name)
		if err != nil {
			return stamp, err
		}
		stamp[i] = info.ModTime()
	}
	return stamp, nil
}

// get returns the certificate for a handshake.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < lookEvery {
		return c.current, nil
	}
	c.looked = time.Now()
	stamp, err := c.stamps()
	if err == nil && stamp != c.stamp {
		if err = c.load(); err == nil {
			slog.Info("the TLS certificate was read again", "file", c.cert)
		}
	}
	if err != nil {
		slog.Error("the TLS certificate cannot be read; the earlier one serves", "error", err)
	}
	return c.current, nil
}

// left returns the time until the certificate ends. It is negative afterwards.
func (c *certificate) left(now time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.current.Leaf.NotAfter.Sub(now)
}

// adjust makes a server use TLS, if there is a certificate.
func (p *Platform) adjust(s *http.Server, l net.Listener) net.Listener {
	if p.tls == nil {
		return l
	}
	s.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: p.tls.get, NextProtos: []string{"h2", "http/1.1"}}
	return tls.NewListener(l, s.TLSConfig)
}

func (p *Platform) scheme() string {
	if p.tls == nil {
		return "http://"
	}
	return "https://"
}
