package miniapp

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/spelling"
)

// VariantName names a detail on which pages of the documentation contradict each other
// in a way that a mini app's page can see.
type VariantName string

// The variants. C2 to C40 are contradictions; docs/variants.md explains each.
const (
	ErrorKeys     VariantName = "error-keys"     // C8: the spelling of a failure's members
	DataForm      VariantName = "data"           // C9: whether data is an object or a JSON string
	EventPayload  VariantName = "events"         // C12: where an event has its payload
	EventBubbles  VariantName = "events-bubble"  // C12: whether a listener on window hears an event
	SuccessScope  VariantName = "success-scope"  // C11: where authorize has its result
	PaymentStatus VariantName = "payment-status" // C5: what failed, pending and cancelled mean
	RootedForm    VariantName = "rooted"         // C40: the type of is_rooted
	CodeForm      VariantName = "codes"          // the type of an error's code
	NotFoundForm  VariantName = "not-found"      // C2: MiniAppSDK's error of an unknown mini app
)

// Variant is a variant with its readings.
type Variant struct {
	Name     VariantName
	Readings []string
	Summary  string
}

// Variants are all variants. The first reading of each is the default, except where
// the summary says otherwise.
var Variants = []Variant{
	{ErrorKeys, []string{"snake", "camel", "both"}, "The spelling of a failure's members in gpContainer: error_code, errorCode, or both. The default is both in container-v2, and camel in container-v1."},
	{DataForm, []string{"object", "string"}, "Whether data in gpContainer is an object or a JSON string. The default follows the app's version: a string below 2.00."},
	{EventPayload, []string{"param+detail", "param", "detail"}, "The member of an event that has its payload."},
	{EventBubbles, []string{"no", "yes"}, "Whether events on document reach window."},
	{SuccessScope, []string{"both", "top", "data"}, "Where GP.authorize has successScope: beside data, in data, or in both."},
	{PaymentStatus, []string{"trigger-payment", "container"}, "The meaning of payment statuses in gpContainer. In container, failed means cancelled by the user, pending an error, cancelled left unfinished."},
	{RootedForm, []string{"string", "boolean"}, "The type of is_rooted in gpContainer."},
	{CodeForm, []string{"string", "number"}, "The type of an error's code in gpContainer."},
	{NotFoundForm, []string{"object", "string"}, "The error of MiniAppSDK for an unknown mini app: an object, or the text of the specification."},
}

// CheckVariant returns what is wrong with a variant and its reading, or an empty string.
func CheckVariant(name, reading string) string {
	names := make([]string, 0, len(Variants))
	for _, v := range Variants {
		if string(v.Name) != name {
			names = append(names, string(v.Name))
			continue
		}
		if !slices.Contains(v.Readings, reading) {
			return fmt.Sprintf("the variant %s has no reading %q; there are %s", name, reading, strings.Join(v.Readings, ", "))
		}
		return ""
	}
	return fmt.Sprintf("there is no variant %q%s", name, spelling.Hint(name, names))
}

// CheckVariants is CheckVariant for a set of variants.
func CheckVariants(readings map[VariantName]string) string {
	for _, name := range slices.Sorted(maps.Keys(readings)) {
		if why := CheckVariant(string(name), readings[name]); why != "" {
			return why
		}
	}
	return ""
}
