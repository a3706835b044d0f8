package registry

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
	"github.com/selasar/selasar/internal/strict"
)

// Permissions are what the operator lets a mini app do. An empty list allows nothing.
type Permissions struct {
	Consents        []string        `json:"consents"` // the consents that it may ask for
	JSAPIs          []Grant         `json:"jsapis"`
	Deeplinks       []string        `json:"deeplinks"` // allow-list, as in the manifest
	Domains         []string        `json:"domains"`   // host names in lower case
	NotificationURL string          `json:"notification_url"`
	Rewards         miniapp.Rewards `json:"rewards"`
}

// Grant allows one JSAPI, by its name in any dialect.
type Grant struct {
	Name      string `json:"name"`
	Reason    string `json:"reason"`
	ExpiresAt int64  `json:"expires_at,omitempty"` // ms since the epoch; 0 for never
}

const (
	mostListed = 200
	maxReason  = 200
)

// Check returns a problem BadRequest for the first mistake.
func (p Permissions) Check() error {
	for _, one := range []string{
		first("consents", p.Consents, wrongConsent),
		first("jsapis", p.JSAPIs, wrongGrant),
		first("deeplinks", p.Deeplinks, manifest.CheckDeeplink),
		first("domains", p.Domains, wrongDomain),
		wrongURL(p.NotificationURL),
	} {
		if one != "" {
			return problem.New(problem.BadRequest, "%s", one)
		}
	}
	return nil
}

// first returns the first mistake in a list, or an empty text.
func first[T comparable](name string, list []T, wrong func(T) string) string {
	if len(list) > mostListed {
		return fmt.Sprintf("%s has %d entries; at most %d", name, len(list), mostListed)
	}
	for i, one := range list {
		if why := wrong(one); why != "" {
			return fmt.Sprintf("%s[%d]: %s", name, i, why)
		}
		if slices.Contains(list[:i], one) {
			return fmt.Sprintf("%s[%d] repeats an earlier entry", name, i)
		}
	}
	return ""
}

func wrongConsent(name string) string {
	if slices.Contains(consent.Names, consent.Name(name)) {
		return ""
	}
	return fmt.Sprintf("there is no consent %q; there are %s", name, consent.List())
}

func wrongGrant(g Grant) string {
	switch known := dialect.Methods(); {
	case !slices.Contains(known, g.Name):
		return fmt.Sprintf("there is no JSAPI %q%s", g.Name, spelling.Near(g.Name, known))
	case utf8.RuneCountInString(g.Reason) > maxReason || !strict.Line(g.Reason):
		return fmt.Sprintf("reason must be one line of at most %d characters", maxReason)
	case g.ExpiresAt < 0:
		return "expires_at is a time in milliseconds since the epoch, or 0 for never"
	default:
		return ""
	}
}

func wrongDomain(domain string) string {
	if domain != strings.ToLower(domain) {
		return fmt.Sprintf("must be in lower case, not %q", domain)
	}
	return manifest.CheckDomain(domain)
}

func wrongURL(text string) string {
	u, err := url.Parse(text)
	if text == "" || err == nil && u.Host != "" && u.User == nil && u.Fragment == "" && (u.Scheme == "https" || u.Scheme == "http" && hostname.Loopback(u.Hostname())) {
		return ""
	}
	return "notification_url must begin with https://, and have neither a user nor a fragment"
}

// limit applies the permissions to a mini app of a manifest.
func (p Permissions) limit(a *miniapp.App, now int64) {
	a.Consents = slices.DeleteFunc(slices.Clone(a.Consents), func(c miniapp.Consent) bool { return !slices.Contains(p.Consents, c.Name) })
	a.JSAPIs = []string{}
	for _, g := range p.JSAPIs {
		if g.ExpiresAt == 0 || now < g.ExpiresAt {
			a.JSAPIs = append(a.JSAPIs, g.Name)
		}
	}
	a.Deeplinks, a.Domains = p.Deeplinks, p.Domains
	a.NotificationURL, a.Rewards = p.NotificationURL, p.Rewards
	if a.Rewards.Types == nil {
		a.Rewards.Types = []miniapp.RewardType{} // nil would allow all
	}
	if a.Templates == nil {
		a.Templates = []miniapp.Template{}
	}
}

// nextExpiry returns when the next grant expires after now; 0 for never.
func (p Permissions) nextExpiry(now int64) (next int64) {
	for _, g := range p.JSAPIs {
		if g.ExpiresAt > now && (next == 0 || g.ExpiresAt < next) {
			next = g.ExpiresAt
		}
	}
	return next
}
