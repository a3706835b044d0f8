package simulator

import (
	"fmt"
	"slices"
	"strings"
)

// Answers are the automatic answers of the dev policy.
type Answers struct {
	Consent  string `json:"consent"`  // ask, allow or decline
	Payment  string `json:"payment"`  // ask, success, cancelled, failed or pending
	Deeplink string `json:"deeplink"` // ask or open
	Share    string `json:"share"`    // ask, shared or cancelled
	Camera   string `json:"camera"`   // ask, taken, cancelled, denied or unavailable
	URI      string `json:"uri"`      // ask, open or decline
}

// byAsking leaves an answer to the person at the page.
const byAsking = "ask"

func newAnswers() Answers { return Answers{byAsking, byAsking, byAsking, byAsking, byAsking, byAsking} }

func (a Answers) validate() error {
	for _, one := range []struct {
		name, value string
		values      []string
	}{
		{"consent", a.Consent, []string{byAsking, "allow", "decline"}},
		{"payment", a.Payment, []string{byAsking, "success", "cancelled", "failed", "pending"}},
		{"deeplink", a.Deeplink, []string{byAsking, "open"}},
		{"share", a.Share, []string{byAsking, "shared", "cancelled"}},
		{"camera", a.Camera, []string{byAsking, "taken", "cancelled", "denied", "unavailable"}},
		{"uri", a.URI, []string{byAsking, "open", "decline"}},
	} {
		if !slices.Contains(one.values, one.value) {
			return fmt.Errorf("%s is one of %s, not %q", one.name, strings.Join(one.values, ", "), one.value)
		}
	}
	return nil
}
