package message

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/miniapp"
)

// Card is a message as the user reads it.
type Card struct {
	Title string
	Text  string
	CTA   string // what a reminder's button says; empty: it has none
}

// Card puts a message in words, with its app's template and its parameters, for
// a phone of a locale. The title is the mini app's name where the template has
// none; without a text, the parameters are shown: "message", or all of them.
func (m Message) Card(app miniapp.App, locale string) Card {
	t, _ := app.Template(m.Kind, m.Template)
	values := m.values()
	return Card{
		Title: cmp.Or(fill(t.Title, values), app.Name),
		Text:  cmp.Or(fill(t.Text, values), values["message"], listed(values)),
		CTA:   callToAction(values, locale),
	}
}

// values gives the parameters in words: a text as it is, anything else as it
// was written.
func (m Message) values() map[string]string {
	var parameters map[string]json.RawMessage
	_ = json.Unmarshal([]byte(m.Parameters), &parameters) // as Service wrote it
	values := map[string]string{}
	for name, value := range parameters {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		values[name] = text
	}
	return values
}

var placeholder = regexp.MustCompile(`\{[A-Za-z0-9_]+\}`)

// fill puts parameters in their places; a place without one stays as it is.
func fill(text string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(place string) string {
		if value, ok := values[strings.Trim(place, "{}")]; ok {
			return value
		}
		return place
	})
}

// The parameters of a reminder's button (reminder-v2).
const (
	ctaIndonesian = "cta_label_id"
	ctaEnglish    = "cta_label_en"
)

func callToAction(values map[string]string, locale string) string {
	if locale == device.Indonesian {
		return cmp.Or(values[ctaIndonesian], values[ctaEnglish])
	}
	return cmp.Or(values[ctaEnglish], values[ctaIndonesian])
}

func listed(values map[string]string) string {
	var list []string
	for name, value := range values {
		if name != ctaIndonesian && name != ctaEnglish {
			list = append(list, fmt.Sprintf("%s: %s", name, value))
		}
	}
	slices.Sort(list)
	return strings.Join(list, " · ")
}
