package consent

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Offer is one line of a consent sheet.
type Offer struct {
	Name      Name   `json:"name"`
	Title     Title  `json:"title"`
	Mandatory bool   `json:"mandatory"`
	Reason    string `json:"reason"` // the mini app's own text
}

// NewOffer returns the line for a registered consent.
func NewOffer(c miniapp.Consent) Offer {
	name := Name(c.Name)
	return Offer{Name: name, Title: name.Title(), Mandatory: c.Mandatory, Reason: c.Reason}
}

// Wording returns the text of the line that the user saw, for the ledger.
func (o Offer) Wording(locale string) string {
	wording := o.Name.Wording(locale)
	if o.Reason != "" {
		wording += ": " + o.Reason
	}
	return wording
}

// Answer is a user's answer to a consent sheet: "allow" with the selected names (no
// list means all), or "decline".
type Answer struct {
	Answer   string   `json:"answer"`
	Consents []string `json:"consents"`
}

// Decide returns the action for each offer. An answer that names another consent, or
// omits a mandatory one, is refused as AnswerInvalid.
func Decide(offers []Offer, a Answer) (map[Name]Action, error) {
	decided := make(map[Name]Action, len(offers))
	for _, o := range offers {
		decided[o.Name] = Refused
	}
	switch a.Answer {
	case "decline":
		return decided, nil
	case "allow":
	default:
		return nil, problem.New(problem.AnswerInvalid, `answer %q: a consent is answered "allow" or "decline"`, a.Answer)
	}
	if a.Consents == nil {
		for name := range decided {
			decided[name] = Given
		}
		return decided, nil
	}
	for _, text := range a.Consents {
		name, _ := Parse(text)
		if _, offered := decided[name]; !offered {
			return nil, problem.New(problem.AnswerInvalid, "consent %q was not asked for; the sheet lists %s", text, listOf(offers))
		}
		decided[name] = Given
	}
	for _, o := range offers {
		if o.Mandatory && decided[o.Name] != Given {
			return nil, problem.New(problem.AnswerInvalid, "consent %q is mandatory: allow it, or decline the sheet", o.Name)
		}
	}
	return decided, nil
}

func listOf(offers []Offer) string {
	names := make([]string, len(offers))
	for i, o := range offers {
		names[i] = string(o.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
