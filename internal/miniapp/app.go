// Package miniapp describes a registered mini app: its manifest, its addresses,
// and the permissions that its operator grants.
package miniapp

import (
	"net/url"
	"slices"
	"strings"
)

// Generation is the JSAPI that a mini app was written for. It decides what gpContainer
// is in its launches.
type Generation string

// The generations of the documentation.
const (
	Webview     Generation = "webview"      // A: the MiniAppSDK class
	ContainerV1 Generation = "container-v1" // B: gpContainer.call, camelCase errors
	ContainerV2 Generation = "container-v2" // B: gpContainer.call, snake_case errors
)

// Status states whether the operator lets a mini app run.
type Status string

// The statuses of a mini app.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
)

// Consent is one kind of user data that the mini app may ask for.
type Consent struct {
	Name      string `json:"name"`
	Mandatory bool   `json:"mandatory"`        // the mini app does not open without it
	Reason    string `json:"reason,omitempty"` // the mini app's own text for the user
}

// App is a registered mini app.
type App struct {
	ID              string     `json:"id"`
	Name            string     `json:"name"`
	Icon            string     `json:"icon,omitempty"` // path or URL, as in the manifest
	Generation      Generation `json:"generation"`
	Origin          string     `json:"origin"`    // scheme://host:port of its pages
	EntryURL        string     `json:"entry_url"` // the first page, on Origin
	Consents        []Consent  `json:"consents"`  // the consents that it may ask for
	Deeplinks       []string   `json:"deeplinks"` // the allow-list
	Domains         []string   `json:"domains,omitempty"`
	NotificationURL string     `json:"notification_url,omitempty"`
	OrderHistoryURL string     `json:"order_history_url,omitempty"` // a URL, or a path on Origin
	Templates       []Template `json:"templates"`                   // nil allows every name
	Rewards         Rewards    `json:"rewards"`
	// JSAPIs are the methods that the operator granted, by any of their names; nil
	// grants all.
	JSAPIs []string `json:"jsapis"`
	// Drafts allows the methods that the documentation only drafts.
	Drafts bool `json:"drafts,omitempty"`
	// Variants are readings of the documentation that replace the defaults.
	Variants map[VariantName]string `json:"variants,omitempty"`
	Status   Status                 `json:"status"`
}

// Consent returns the app's entry for a consent, and whether there is one.
func (a App) Consent(name string) (Consent, bool) {
	for _, c := range a.Consents {
		if c.Name == name {
			return c, true
		}
	}
	return Consent{}, false
}

// Grants reports whether the operator granted a method by this name.
func (a App) Grants(method string) bool {
	return a.JSAPIs == nil || slices.Contains(a.JSAPIs, method)
}

// OrderHistory returns the mini app's page for a payment, with the reference
// number as reference_no (coreflow-v2). The super app's payment history links to
// it. It is empty when the app has no such page.
func (a App) OrderHistory(ref string) string {
	page := a.OrderHistoryURL
	if strings.HasPrefix(page, "/") {
		page = a.Origin + page
	}
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return ""
	}
	query := u.Query()
	query.Set("reference_no", ref)
	u.RawQuery = query.Encode()
	return u.String()
}

// Mandatory returns the names of the mandatory consents.
func (a App) Mandatory() []string {
	var names []string
	for _, c := range a.Consents {
		if c.Mandatory {
			names = append(names, c.Name)
		}
	}
	return names
}
