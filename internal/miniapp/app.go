// Package miniapp is what the platform knows of a mini app: its manifest, its
// place on the web, what its operator permits it to ask for.
package miniapp

import (
	"net/url"
	"strings"
)

// Generation is the front-end surface a mini app was written for; it decides
// the dialect of results and the life of an auth code.
type Generation string

// The generations of the documentation.
const (
	Webview     Generation = "webview"      // A: the MiniAppSDK class
	ContainerV1 Generation = "container-v1" // B: gpContainer.call, camelCase errors
	ContainerV2 Generation = "container-v2" // B: gpContainer.call, snake_case errors
)

// Status says whether the operator lets a mini app run.
type Status string

// The statuses of a mini app.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
)

// Consent is one thing of the user's that the mini app may ask to see.
type Consent struct {
	Name      string `json:"name"`
	Mandatory bool   `json:"mandatory"`        // without it the mini app does not open
	Reason    string `json:"reason,omitempty"` // shown to the user in the mini app's own words
}

// App is a registered mini app.
type App struct {
	ID              string     `json:"id"`
	Name            string     `json:"name"`
	Icon            string     `json:"icon,omitempty"` // path or URL as the manifest has it
	Generation      Generation `json:"generation"`
	Origin          string     `json:"origin"`    // scheme://host:port of its pages
	EntryURL        string     `json:"entry_url"` // where it opens, on Origin
	Consents        []Consent  `json:"consents"`  // what the operator permits it to ask for
	Deeplinks       []string   `json:"deeplinks"` // the allow-list
	Domains         []string   `json:"domains,omitempty"`
	NotificationURL string     `json:"notification_url,omitempty"`
	OrderHistoryURL string     `json:"order_history_url,omitempty"` // a path is one on Origin
	Templates       []Template `json:"templates"`                   // nil: every name is one
	Rewards         Rewards    `json:"rewards"`
	Status          Status     `json:"status"`
}

// Consent gives the app's registration of a consent, and whether it has one.
func (a App) Consent(name string) (Consent, bool) {
	for _, c := range a.Consents {
		if c.Name == name {
			return c, true
		}
	}
	return Consent{}, false
}

// OrderHistory is where the super app's history leads for a payment, with its
// reference number as reference_no (coreflow-v2); empty when the app has no
// such page.
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

// Mandatory gives the names of the consents without which the app does not open.
func (a App) Mandatory() []string {
	var names []string
	for _, c := range a.Consents {
		if c.Mandatory {
			names = append(names, c.Name)
		}
	}
	return names
}
