package manifest

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/spelling"
	"github.com/selasar/selasar/internal/strict"
)

// manifest reads the whole document. Its list of keys must agree with spec/manifest.schema.json.
func (r *reader) manifest(root node) Manifest {
	m := Manifest{Generation: miniapp.ContainerV2, Entry: "/"}
	generation := ""
	seen := r.object("", root, []field{
		{"$schema", r.text(new(string), nil)}, // for editors
		{"id", r.text(&m.ID, checkID)},
		{"name", r.text(&m.Name, checkName)},
		{"icon", r.text(&m.Icon, checkPlace)},
		{"generation", r.text(&generation, checkGeneration)},
		{"entry", r.text(&m.Entry, checkPlace)},
		{"dev", func(path string, n node) {
			r.object(path, n, []field{{"command", r.text(&m.Dev.Command, checkCommand)}, {"url", r.text(&m.Dev.URL, checkURL)}})
		}},
		{"consents", func(path string, n node) {
			r.list(path, n, func(path string, item node) { r.consent(&m, path, item) })
		}},
		{"deeplinks", r.texts(&m.Deeplinks, CheckDeeplink, func(link string) string { return strings.TrimSuffix(link, "/") })},
		{"jsapis", func(path string, n node) {
			m.JSAPIs = []string{}
			r.texts(&m.JSAPIs, checkMethod, strings.Clone)(path, n)
		}},
		{"drafts", r.boolean(&m.Drafts)},
		{"variants", r.variants(&m)},
		{"domains", r.texts(&m.Domains, CheckDomain, strings.ToLower)},
		{"notification_url", r.text(&m.NotificationURL, checkPlace)},
		{"order_history_url", r.text(&m.OrderHistoryURL, checkPlace)},
		{"templates", func(path string, n node) {
			m.Templates = []miniapp.Template{}
			r.list(path, n, func(path string, item node) { r.template(&m, path, item) })
		}},
		{"rewards", func(path string, n node) {
			r.object(path, n, []field{{"types", r.rewardTypes(&m.Rewards)}, {"max_gems", r.whole(&m.Rewards.MaxGems, 1, int64(money.Max))}})
		}},
	})
	if root.kind == '{' && !seen["id"] {
		r.problem(root.line, `the key "id" is missing: a short name such as "kopi"`)
	}
	if m.Name == "" {
		m.Name = m.ID
	}
	if generation != "" {
		m.Generation = miniapp.Generation(generation)
	}
	return m
}

func (r *reader) consent(m *Manifest, path string, n node) {
	var c miniapp.Consent
	seen := r.object(path, n, []field{
		{"name", r.text(&c.Name, checkFilled)},
		{"mandatory", r.boolean(&c.Mandatory)},
		{"reason", r.text(&c.Reason, checkReason)},
	})
	if n.kind == '{' && !seen["name"] {
		r.problem(n.line, "%s.name is missing: one of %s", path, consent.List())
	}
	if c.Name == "" {
		return
	}
	name, ok := consent.Parse(c.Name)
	if !ok {
		r.problem(n.line, "%s.name: there is no consent %q%s", path, c.Name, spelling.Hint(c.Name, consentNames()))
		return
	}
	c.Name = string(name)
	if slices.ContainsFunc(m.Consents, func(other miniapp.Consent) bool { return other.Name == c.Name }) {
		r.problem(n.line, "%s repeats the consent %q", path, c.Name)
		return
	}
	m.Consents = append(m.Consents, c)
}

func consentNames() []string {
	names := make([]string, len(consent.Names))
	for i, name := range consent.Names {
		names[i] = string(name)
	}
	return names
}

// The checks return a description of valid values, or "" for a valid value.

var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func checkID(id string) string {
	if !idForm.MatchString(id) {
		return "must be 1 to 64 letters, digits, dots, hyphens and underscores"
	}
	return ""
}

func checkName(name string) string   { return checkLine(name, 1, 60) }
func checkReason(text string) string { return checkLine(text, 0, 200) }

func checkLine(text string, least, most int) string {
	n := utf8.RuneCountInString(text)
	if n < least || n > most || !strict.Line(text) || (least > 0 && strings.TrimSpace(text) == "") {
		return fmt.Sprintf("must be one line of %d to %d characters", least, most)
	}
	return ""
}

func checkGeneration(name string) string {
	known := []string{string(miniapp.Webview), string(miniapp.ContainerV1), string(miniapp.ContainerV2)}
	if slices.Contains(known, name) {
		return ""
	}
	return "must be one of " + strings.Join(known, ", ")
}

func checkCommand(command string) string {
	if strings.TrimSpace(command) == "" || strings.ContainsRune(command, 0) {
		return `must be a shell command such as "npm run dev"`
	}
	return ""
}

// CheckDeeplink returns what is wrong with an entry of a list of deeplinks, or an empty text.
func CheckDeeplink(link string) string {
	parsed, err := miniapp.ParseDeeplink(link)
	switch {
	case err != nil:
		return "must be a deeplink such as gopay://home/promo: " + err.Error()
	case strings.ContainsRune(link, '?'):
		return fmt.Sprintf("must have no query; %s allows every query", miniapp.Deeplink{Scheme: parsed.Scheme, Host: parsed.Host, Path: parsed.Path})
	}
	return ""
}

func checkFilled(text string) string {
	if text == "" {
		return "must be one of " + consent.List()
	}
	return ""
}

var domainForm = regexp.MustCompile(`^(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckDomain returns what is wrong with a host name, or an empty text.
func CheckDomain(domain string) string {
	if len(domain) > 253 || !domainForm.MatchString(domain) {
		return "must be a host name such as kopi.example, without scheme, port and path"
	}
	return ""
}

func checkURL(text string) string {
	if _, err := webURL(text); err != nil {
		return "must be a URL such as https://kopi.example/path: " + err.Error()
	}
	return ""
}

// checkPlace accepts a path from the root or a URL.
func checkPlace(place string) string {
	if strings.HasPrefix(place, "/") && !strings.HasPrefix(place, "//") {
		if u, err := url.Parse(place); err == nil && u.Host == "" && !strings.ContainsAny(place, "\\ ") {
			return ""
		}
		return `must be a path such as "/index.html"`
	}
	_, err := webURL(place)
	switch {
	case err != nil && strings.Contains(place, "://"):
		return "must be a URL such as https://kopi.example/path: " + err.Error()
	case err != nil:
		return `must be a path that begins with "/" or a URL that begins with "http://" or "https://"`
	}
	return ""
}

// webURL parses an absolute http or https URL.
func webURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || strings.ContainsAny(text, "\\ "):
		return nil, errors.New("it cannot be read")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("it must begin with http:// or https://")
	case u.Hostname() == "":
		return nil, errors.New("it names no host")
	case u.User != nil:
		return nil, errors.New("it must carry no user or password")
	case strings.ContainsRune(text, '#'):
		return nil, errors.New("it must have no fragment (#)")
	}
	return u, nil
}
