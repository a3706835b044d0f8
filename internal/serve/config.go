package serve

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Config configures Start. The names in messages are those of the flags.
type Config struct {
	Listen      string // address of hosts and mini apps' backends
	AdminListen string // address of the operator API
	Data        string // folder of the master key, and of the SQLite database
	Database    string // sqlite:PATH or postgres://...; empty: selasar.db in Data
	// MasterKey is the master key, 64 hex digits; empty: the file master.key in Data.
	MasterKey string
	// MasterKeyCommand is a shell command that prints the master key, such as the client
	// of a key management service.
	MasterKeyCommand string
	// PreviousMasterKey is the master key before MasterKey, while it changes.
	PreviousMasterKey string
	// PublicURL is the base URL at which hosts and backends reach Listen; empty: the
	// address that a request has reached.
	PublicURL string
	// HostOrigins are the origins of web hosts.
	HostOrigins []string
	// TrustedProxies are addresses and networks whose X-Forwarded-For and
	// X-Forwarded-Proto are believed.
	TrustedProxies []string
	TLSCert        string // file with the certificate chain (PEM); read again when it changes
	TLSKey         string // file with its private key (PEM)
	// AllowLoopback allows notifications to this machine, to try the platform out.
	AllowLoopback bool
	// Provider is the base URL of the operator's provider of money and users (see
	// spec/provider.yaml); empty: the built-in wallet, and the users of the operator API.
	Provider       string
	ProviderSecret string           // file with the secret that both sides share; read again when it changes
	Operator       consent.Operator // in receipts of consents
	LogRequests    bool             // logs every request of Listen, too
	Limits         server.Limits
	Version        string
}

// checked are the parsed parts of a configuration.
type checked struct {
	provider *provider.Config // nil for none
	public   *url.URL         // nil for none
	proxies  []netip.Prefix
}

// check parses the configuration. Its error names the flag and the remedy.
func (c Config) check() (out checked, err error) {
	if err := c.Limits.Check(); err != nil {
		return out, err
	}
	if c.PublicURL != "" {
		var ok bool
		if out.public, ok = hostname.Origin(c.PublicURL); !ok {
			return out, fmt.Errorf("--public-url %s: it must be scheme://host[:port] without a path, such as https://api.super.example", c.PublicURL)
		}
	}
	for _, origin := range c.HostOrigins {
		if _, ok := hostname.Origin(origin); !ok {
			return out, fmt.Errorf("--host-origin %s: it must be scheme://host[:port] without a path, such as https://super.example", origin)
		}
	}
	for _, text := range c.TrustedProxies {
		prefix, err := parsePrefix(text)
		if err != nil {
			return out, fmt.Errorf("--trusted-proxy %s: it must be an IP address or a network, such as 10.0.0.0/8", text)
		}
		out.proxies = append(out.proxies, prefix)
	}
	if out.provider, err = c.provider(); err != nil {
		return out, err
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return out, errors.New("--tls-cert and --tls-key belong together; give both, or neither behind a proxy that terminates TLS")
	}
	return out, nil
}

// provider returns the configuration of the provider; nil for none.
func (c Config) provider() (*provider.Config, error) {
	if (c.Provider == "") != (c.ProviderSecret == "") {
		return nil, errors.New("--provider and --provider-secret-file belong together; give both, or neither for the built-in wallet")
	}
	if c.Provider == "" {
		return nil, nil
	}
	if _, err := provider.ParseURL(c.Provider); err != nil {
		return nil, fmt.Errorf("--provider: %w", err)
	}
	secrets, err := provider.OpenSecretFile(c.ProviderSecret)
	if err != nil {
		return nil, fmt.Errorf("--provider-secret-file: %w", err)
	}
	return &provider.Config{URL: c.Provider, SecretFile: secrets}, nil
}

func parsePrefix(text string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(address, address.BitLen()), nil
	}
	return netip.ParsePrefix(text)
}

// database returns the place of the database, with the master key. release frees the data
// folder, which only one process may use.
func (c Config) database(ctx context.Context) (o sqlstore.Options, release func() error, err error) {
	if o, err = c.place(); err != nil {
		return o, nil, err
	}
	o.Wrapped = true
	if o.URL == "" || c.MasterKey == "" && c.MasterKeyCommand == "" { // something is in the data folder
		if release, err = lock(c.Data); err != nil {
			return o, nil, err
		}
		if err = c.finishRename(); err != nil {
			return o, nil, errors.Join(err, release())
		}
	}
	if o.Key, err = c.masterKey(ctx, o); err == nil {
		o.Previous, err = c.previousKey()
	}
	if err != nil && release != nil {
		err = errors.Join(err, release())
	}
	return o, release, err
}

// place returns the place of the database.
func (c Config) place() (sqlstore.Options, error) {
	if c.Database == "" {
		return sqlstore.Options{Path: filepath.Join(c.Data, "selasar.db")}, nil
	}
	o, err := sqlstore.Locate(c.Database)
	if err != nil {
		return o, fmt.Errorf("--database: %w", err)
	}
	return o, nil
}

func lock(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w; choose another with --data", err)
	}
	held := flock.New(filepath.Join(dir, "lock"))
	switch ok, err := held.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("holding the data folder %s: %w", dir, err)
	case !ok:
		return nil, fmt.Errorf("another selasar uses the data folder %s; stop it, or choose another with --data", dir)
	}
	return held.Unlock, nil
}
