package miniapp

import "slices"

// TemplateKind is what a template is for.
type TemplateKind string

// The kinds of template.
const (
	PushTemplate     TemplateKind = "push"
	ReminderTemplate TemplateKind = "reminder"
)

// Template is a text that the operator lets a mini app send to its users
// (push-notification-v2, reminder-v2). In title and text, {amount} stands for
// the parameter amount.
type Template struct {
	Name  string       `json:"name"`
	Kind  TemplateKind `json:"kind"`
	Title string       `json:"title,omitempty"`
	Text  string       `json:"text,omitempty"`
}

// Template gives a template of the app's. An app without a list of them has
// every template, and each is shown with its parameters.
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
