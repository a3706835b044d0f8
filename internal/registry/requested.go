package registry

import (
	"strings"

	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/manifest"
)

// Requested returns the permissions that a version asks for in its manifest. A manifest
// without jsapis asks for all JSAPIs of its generation; one without rewards asks for none.
func (v Version) Requested() (p Permissions, err error) {
	m, err := Submission{v.Origin, v.Manifest}.read()
	if err != nil {
		return p, err
	}
	for _, c := range m.Consents {
		p.Consents = append(p.Consents, c.Name)
	}
	for _, name := range requestedMethods(m) {
		p.JSAPIs = append(p.JSAPIs, Grant{Name: name, Reason: "the manifest asks for it"})
	}
	p.Deeplinks, p.Domains, p.Rewards = m.Deeplinks, m.Domains, m.Rewards
	if p.NotificationURL = m.NotificationURL; strings.HasPrefix(p.NotificationURL, "/") {
		p.NotificationURL = v.Origin + p.NotificationURL
	}
	return p, nil
}

func requestedMethods(m manifest.Manifest) []string {
	if m.JSAPIs != nil {
		return m.JSAPIs
	}
	for _, d := range dialect.All {
		if d.Generation == m.Generation {
			return d.Names()
		}
	}
	return nil
}
