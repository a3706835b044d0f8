// Package mask hides secrets in everything that Selasar shows or keeps: the
// journal, results, the control API and its own log. A text is masked in one of
// three ways:
//
//   - by shape (shape.go): whatever is as long as a code and written like one,
//     and every key in PEM or base64, wherever it stands
//   - by name (name.go): the values of members such as client_secret
//   - by schema: the results and parameters of JSAPI methods (jsapi/schema),
//     which say themselves what is secret
//
// The package decides nothing about who may see what: it does not encrypt, and
// it is no access control.
package mask

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Mask is what stands in place of what is hidden.
const Mask = "•••"

// Func hides the secrets in a JSON text: [JSON], [Members], or a schema's Mask.
type Func func(json.RawMessage) json.RawMessage

// Except masks a text by hide, but leaves the values of shown as they are. In a JSON
// text, the values must need no escapes.
func Except(text string, shown []string, hide func(string) string) string {
	var there, back []string
	for i, value := range shown {
		if value != "" {
			mark := "\ue000" + strconv.Itoa(i) + "\ue001" // private characters, which no mask touches
			there, back = append(there, value, mark), append(back, mark, value)
		}
	}
	if there == nil {
		return hide(text)
	}
	return strings.NewReplacer(back...).Replace(hide(strings.NewReplacer(there...).Replace(text)))
}

// shownEnd is how much of each end of a long secret stays, in characters, so
// that two secrets can be told apart.
const shownEnd = 3

// Ends hides a secret; of one that is longer than most characters both ends
// stay.
func Ends(secret string, most int) string {
	runes := []rune(secret)
	if len(runes) <= most {
		return Mask
	}
	return string(runes[:shownEnd]) + Mask + string(runes[len(runes)-shownEnd:])
}
