package provider

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/clock"
)

// DefaultTimeout limits one request to the provider, with its answer.
const DefaultTimeout = 5 * time.Second

// Config configures New.
type Config struct {
	// URL is the base address of the provider's API: https, or http for a provider in the
	// operator's own network. Its paths are below it.
	URL     string
	Secrets []string // see ParseSecrets
	// SecretFile, when set, has the secrets instead of Secrets.
	SecretFile *SecretFile
	// Transport sends a request and follows no redirects. It must guard against addresses
	// other than the provider's.
	Transport http.RoundTripper
	// Timeout limits one request; zero means DefaultTimeout.
	Timeout time.Duration
	Clock   clock.Clock // the machine's clock
}

// Client calls the provider. It is a [transfer.Provider] and a [user.Directory]. Its
// methods can run concurrently.
type Client struct {
	config   Config
	base     *url.URL
	breakers map[kind]*breaker
}

// kind is a kind of request, with a circuit breaker of its own.
type kind string

const (
	sendCharge  kind = "charge"
	sendRefund  kind = "refund"
	lookUp      kind = "look-up"
	cancel      kind = "cancel"
	readProfile kind = "profile"
	readBank    kind = "bank account"
)

// New returns a client. It refuses an address that is not a plain http or https URL, and
// secrets that are too short.
func New(c Config) (*Client, error) {
	base, err := ParseURL(c.URL)
	if err != nil {
		return nil, err
	}
	if c.SecretFile == nil {
		if err := checkSecrets(c.Secrets); err != nil {
			return nil, err
		}
	}
	if c.Transport == nil || c.Clock == nil {
		return nil, errors.New("provider: the transport and the clock must be set")
	}
	c.Timeout = cmp.Or(c.Timeout, DefaultTimeout)
	client := &Client{config: c, base: base, breakers: map[kind]*breaker{}}
	for _, k := range []kind{sendCharge, sendRefund, lookUp, cancel, readProfile, readBank} {
		client.breakers[k] = &breaker{}
	}
	return client, nil
}

// secrets returns the secrets that count now. The first one signs.
func (c *Client) secrets() []string {
	if c.config.SecretFile != nil {
		return c.config.SecretFile.at(c.config.Clock.Now())
	}
	return c.config.Secrets
}

// ParseURL parses the base address of a provider.
func ParseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	switch {
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		return nil, fmt.Errorf("the provider's address %q must be a URL such as https://pay.example/selasar", text)
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, fmt.Errorf("the provider's address %q has a user, a query or a fragment; it takes only host and path", base.Redacted())
	}
	base.Path = strings.TrimSuffix(base.Path, "/")
	base.RawPath = ""
	return base, nil
}
