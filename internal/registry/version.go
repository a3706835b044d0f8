package registry

import (
	"encoding/json"
	"net/url"

	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// VersionState is the state of a version.
type VersionState string

// The states of a version.
const (
	Submitted VersionState = "submitted"
	Live      VersionState = "live"
	Rejected  VersionState = "rejected"
	Replaced  VersionState = "replaced"
)

// Version is one version of a mini app.
type Version struct {
	MiniAppID   string
	Number      int64 // from 1
	State       VersionState
	Origin      string          // scheme://host[:port] of its pages
	Manifest    json.RawMessage // as submitted
	SubmittedAt int64           // ms since the epoch
	SubmittedBy string          // the id of an API key
	DecidedAt   int64
	DecidedBy   string
	Reason      string // of the decision
}

// Submission is a version before it has a number.
type Submission struct {
	Origin   string
	Manifest json.RawMessage // the content of miniapp.json
}

// read returns the manifest of a submission. Its problem is BadRequest, with every
// mistake.
func (s Submission) read() (manifest.Manifest, error) {
	if err := checkOrigin(s.Origin); err != nil {
		return manifest.Manifest{}, err
	}
	m, err := manifest.Parse(s.Manifest)
	if err != nil {
		return m, problem.New(problem.BadRequest, "the manifest: %v", err)
	}
	if u, err := url.Parse(m.Entry); err == nil && u.Host != "" && u.Scheme+"://"+u.Host != s.Origin {
		return m, problem.New(problem.BadRequest, "the manifest: entry %s is not on the origin %s", m.Entry, s.Origin)
	}
	return m, nil
}

// checkOrigin returns a problem for a text that is not the origin of a website. Only
// loopback addresses may use http, because a page elsewhere would have no secure context.
func checkOrigin(text string) error {
	u, ok := hostname.Origin(text)
	switch {
	case !ok:
		return problem.New(problem.BadRequest, "origin must be scheme://host[:port] in lower case, such as https://kopi.example; not %q", text)
	case u.Scheme == "https", hostname.Loopback(u.Hostname()):
		return nil
	default:
		return problem.New(problem.BadRequest, "origin must begin with https://; http:// is only for pages on this machine")
	}
}

// app returns the mini app of a version, as it runs with the permissions at a time.
func (v Version) app(r Registration, now int64) (miniapp.App, error) {
	m, err := Submission{v.Origin, v.Manifest}.read()
	if err != nil {
		return miniapp.App{}, err
	}
	a := m.App(v.Origin)
	a.Drafts = false // methods that the documentation only drafts exist in dev
	r.Permissions.limit(&a, now)
	if r.Status != Active {
		a.Status = miniapp.Suspended
	}
	return a, nil
}
