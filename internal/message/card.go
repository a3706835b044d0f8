package message

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/miniapp"
)

// Card is the text of a message as the user sees it.
type Card struct {
	Title string
	Text  string
	Due   string // when a reminder is due, in the mini app's words; empty for none
	CTA   string // the label of a reminder's button; empty for no label
	URL   string // the page that it opens, a URL or a path; empty for the entry page
}

// Card renders a message for a locale, from the app's template and the message's
// parameters. Without a title, it uses the mini app's name. Without a text, it
// shows the parameter "message", or all parameters.
func (m Message) Card(app miniapp.App, locale string) Card {
	t, _ := app.Template(m.Kind, m.Template)
	values := m.values()
	return Card{
		Title: cmp.Or(fill(t.Title, values), app.Name),
		Text:  cmp.Or(fill(t.Text, values), values["message"], listed(values)),
		Due:   cmp.Or(fill(t.Due, values), values["due"], values["due_date"]), // the documentation names no parameter
		CTA:   cmp.Or(callToAction(values, locale), fill(t.CTA, values)),
		URL:   cmp.Or(fill(t.URL, escaped(values)), values["url"]),
	}
}

// values returns the parameters as texts: a string as its value, anything else as
// its JSON.
func (m Message) values() map[string]string {
	var parameters map[string]json.RawMessage
	_ = json.Unmarshal([]byte(m.Parameters), &parameters) // Service wrote it
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

// fill replaces each {name} by its parameter. A name without a parameter stays.
func fill(text string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(place string) string {
		if value, ok := values[strings.Trim(place, "{}")]; ok {
			return value
		}
		return place
	})
}

// escaped returns values for a URL. A value is one segment of a path, or one value of a
// query, and nothing more.
func escaped(values map[string]string) map[string]string {
	list := make(map[string]string, len(values))
	for name, value := range values {
		list[name] = strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	}
	return list
}

// The parameters for the label of a reminder's button (reminder-v2).
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
