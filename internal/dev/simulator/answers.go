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
}

// byAsking leaves an answer to the person at the page.
const byAsking = "ask"

func newAnswers() Answers { return Answers{Consent: byAsking, Payment: byAsking, Deeplink: byAsking} }

func (a Answers) validate() error {
	for _, one := range []struct {
		name, value string
		values      []string
	}{
		{"consent", a.Consent, []string{byAsking, "allow", "decline"}},
		{"payment", a.Payment, []string{byAsking, "success", "cancelled", "failed", "pending"}},
		{"deeplink", a.Deeplink, []string{byAsking, "open"}},
	} {
		if !slices.Contains(one.values, one.value) {
			return fmt.Errorf("%s is one of %s, not %q", one.name, strings.Join(one.values, ", "), one.value)
		}
	}
	return nil
}
