package miniapp

import "slices"

// TemplateKind is the purpose of a template.
type TemplateKind string

// The kinds of template.
const (
	PushTemplate     TemplateKind = "push"
	ReminderTemplate TemplateKind = "reminder"
)

// Template is a text that a mini app may send to its users
// (push-notification-v2, reminder-v2). In its texts, {amount} is replaced by the
// parameter amount. Only a reminder has Due, CTA and URL.
type Template struct {
	Name  string       `json:"name"`
	Kind  TemplateKind `json:"kind"`
	Title string       `json:"title,omitempty"`
	Text  string       `json:"text,omitempty"`
	Due   string       `json:"due,omitempty"` // when the reminder is due, as the card shows it
	CTA   string       `json:"cta,omitempty"` // the label of the button
	URL   string       `json:"url,omitempty"` // the page that the button opens: a URL, or a path on the app's origin
}

// Template returns a template of the app, and whether there is one. An app
// without a list has every template; its messages show their parameters.
func (a App) Template(kind TemplateKind, name string) (Template, bool) {
	if a.Templates == nil {
		return Template{Name: name, Kind: kind}, true
	}
	at := slices.IndexFunc(a.Templates, func(t Template) bool { return t.Kind == kind && t.Name == name })
	if at < 0 {
		return Template{}, false
	}
	return a.Templates[at], true
}
