// Package manifest reads miniapp.json, the manifest of a mini app.
package manifest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
)

// File is the name of the manifest file in a mini app's folder.
const File = "miniapp.json"

// maxSize is the largest accepted manifest in bytes.
const maxSize = 1 << 20

// Manifest is the content of miniapp.json, which spec/manifest.schema.json describes.
type Manifest struct {
	ID              string
	Name            string // the id by default
	Icon            string // path under the entry's origin, or URL
	Generation      miniapp.Generation
	Entry           string // path beginning with "/", or URL
	Dev             Dev
	Consents        []miniapp.Consent
	Deeplinks       []string // each is a [miniapp.Deeplink] without query
	JSAPIs          []string // the granted methods, by any of their names; nil grants all
	Drafts          bool     // methods that the documentation only drafts exist
	Variants        map[miniapp.VariantName]string
	Domains         []string // host names in lower case
	NotificationURL string
	OrderHistoryURL string // path beginning with "/", or URL
	Templates       []miniapp.Template
	Rewards         miniapp.Rewards
}

// Dev says how the mini app runs on its developer's machine.
type Dev struct {
	Command string // a shell command, run in the manifest's folder; it listens on PORT
	URL     string // the address of the pages, when they are not on PORT
}

// Error lists all problems of a manifest. Its text is one line with every problem.
type Error struct {
	Problems []string // in the order of the file, each with its line
}

func (e *Error) Error() string {
	if len(e.Problems) == 1 {
		return File + ": " + e.Problems[0]
	}
	return fmt.Sprintf("%s has %d problems: %s", File, len(e.Problems), strings.Join(e.Problems, "; "))
}

// Read reads miniapp.json in a folder. The error is one line with a remedy.
func Read(dir string) (Manifest, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Manifest{}, fmt.Errorf("there is no folder %s", dir)
	case err != nil:
		return Manifest{}, fmt.Errorf("opening the mini app's folder: %w", err)
	case !info.IsDir():
		return Manifest{}, fmt.Errorf("%s is not a folder; name the folder that holds %s", dir, File)
	}
	name := filepath.Join(dir, File)
	info, err = os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Manifest{}, fmt.Errorf(`there is no %s in %s; make one by selasar init, write one, such as {"id":"my-app","name":"My app","generation":"webview","dev":{"command":"npm run dev"}}, or give the URL of a running page`, File, dir)
	case err == nil && !info.Mode().IsRegular():
		return Manifest{}, fmt.Errorf("%s is not a file", name)
	case err == nil && info.Size() > maxSize:
		return Manifest{}, fmt.Errorf("%s is larger than %d KiB", name, maxSize>>10)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return Manifest{}, fmt.Errorf("reading the manifest: %w", err)
	}
	return Parse(data)
}

// Parse reads a manifest. An unknown or repeated key, a wrong type and an invalid value are errors. Parse returns all
// of them in one [*Error].
func Parse(data []byte) (Manifest, error) {
	if len(data) > maxSize {
		return Manifest{}, &Error{Problems: []string{fmt.Sprintf("larger than %d KiB", maxSize>>10)}}
	}
	root, err := parseDocument(data)
	if err != nil {
		return Manifest{}, &Error{Problems: []string{err.Error()}}
	}
	r := &reader{}
	m := r.manifest(root)
	if len(r.problems) > 0 {
		return Manifest{}, &Error{Problems: r.problems}
	}
	return m, nil
}

// Default returns the manifest of a page without miniapp.json. The page may ask for every consent, none is mandatory, and
// no deeplink is allowed.
func Default(page string) (Manifest, error) {
	target, err := webURL(page)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s is not the URL of a page: %w", page, err)
	}
	m := Manifest{
		ID: "miniapp", Name: target.Host, Generation: miniapp.ContainerV2,
		Entry: cmp.Or(target.RequestURI(), "/"),
		Dev:   Dev{URL: target.Scheme + "://" + target.Host},
	}
	for _, name := range consent.Names {
		m.Consents = append(m.Consents, miniapp.Consent{Name: string(name)})
	}
	return m, nil
}

// Path returns the path of the entry page, with its query.
func (m Manifest) Path() string {
	if u, err := url.Parse(m.Entry); err == nil && u.Host != "" {
		return cmp.Or(u.RequestURI(), "/")
	}
	return m.Entry
}

// CheckServers refuses URLs of servers for which own reports that they are Selasar itself.
func (m Manifest) CheckServers(own func(*url.URL) bool) error {
	var problems []string
	for _, one := range []struct{ key, text, remedy string }{
		{"notification_url", m.NotificationURL, `it must name your own server, or be a path on it such as "/v1.0/debit/notify"`},
		{"dev.url", m.Dev.URL, "it must name the mini app's own server"},
		{"entry", m.Entry, `it must name the mini app's own page, or be a path such as "/"`},
	} {
		if u, err := url.Parse(one.text); err == nil && u.Host != "" && own(u) {
			problems = append(problems, fmt.Sprintf("%s: %s is Selasar's own address; %s", one.key, one.text, one.remedy))
		}
	}
	if len(problems) > 0 {
		return &Error{Problems: problems}
	}
	return nil
}

// App returns the mini app of the manifest, with its pages at origin (scheme://host:port).
func (m Manifest) App(origin string) miniapp.App {
	return miniapp.App{
		ID: m.ID, Name: m.Name, Icon: m.Icon, Generation: m.Generation,
		Origin: origin, EntryURL: origin + m.Path(),
		Consents: m.Consents, Deeplinks: m.Deeplinks, JSAPIs: m.JSAPIs, Drafts: m.Drafts, Variants: m.Variants, Domains: m.Domains,
		NotificationURL: m.NotificationURL, OrderHistoryURL: m.OrderHistoryURL,
		Templates: m.Templates, Rewards: m.Rewards,
		Status: miniapp.Active,
	}
}
