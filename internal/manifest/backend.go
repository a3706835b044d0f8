package manifest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
)

// This file reads the parts of the manifest that concern messages and rewards.

func (r *reader) template(m *Manifest, path string, n node) {
	var t miniapp.Template
	kind := ""
	before := len(r.problems)
	seen := r.object(path, n, []field{
		{"name", r.text(&t.Name, checkTemplateName)},
		{"kind", r.text(&kind, checkTemplateKind)},
		{"title", r.text(&t.Title, checkTitle)},
		{"text", r.text(&t.Text, checkTemplateText)},
		{"due", r.text(&t.Due, checkDue)},
		{"cta", r.text(&t.CTA, checkCTA)},
		{"url", r.text(&t.URL, checkTemplateURL)},
	})
	for _, key := range []string{"due", "cta", "url"} {
		if seen[key] && kind == string(miniapp.PushTemplate) {
			r.problem(n.line, "%s.%s: only a reminder has it; a push opens the url of its template_parameters", path, key)
		}
	}
	for _, key := range []string{"name", "kind"} {
		if n.kind == '{' && !seen[key] {
			r.problem(n.line, "%s.%s is missing", path, key)
		}
	}
	if len(r.problems) > before {
		return
	}
	t.Kind = miniapp.TemplateKind(kind)
	if slices.ContainsFunc(m.Templates, func(other miniapp.Template) bool { return other.Name == t.Name && other.Kind == t.Kind }) {
		r.problem(n.line, "%s repeats the %s template %q", path, t.Kind, t.Name)
		return
	}
	m.Templates = append(m.Templates, t)
}

// rewardTypes reads the list of types. An empty list differs from no list.
func (r *reader) rewardTypes(rewards *miniapp.Rewards) func(string, node) {
	return func(path string, n node) {
		var names []string
		r.texts(&names, checkRewardType, strings.Clone)(path, n)
		rewards.Types = []miniapp.RewardType{}
		for _, name := range names {
			rewards.Types = append(rewards.Types, miniapp.RewardType(name))
		}
	}
}

var templateForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$`)

func checkTemplateName(name string) string {
	if !templateForm.MatchString(name) {
		return "must be 1 to 255 letters, digits, dots, hyphens and underscores, such as HK_PDS_NOTIFY"
	}
	return ""
}

func checkTemplateKind(kind string) string {
	if kind != string(miniapp.PushTemplate) && kind != string(miniapp.ReminderTemplate) {
		return "must be push or reminder"
	}
	return ""
}

func checkTitle(text string) string        { return checkLine(text, 0, 60) }
func checkTemplateText(text string) string { return checkLine(text, 0, 500) }
func checkDue(text string) string          { return checkLine(text, 0, 60) }
func checkCTA(text string) string          { return checkLine(text, 0, 30) }

func checkTemplateURL(text string) string {
	if len(text) > 2000 {
		return "must have at most 2000 bytes"
	}
	return checkPlace(text)
}

func checkRewardType(name string) string {
	if !slices.Contains(miniapp.RewardTypes, miniapp.RewardType(name)) {
		return "must be one of EMONEY, GOPAY_COINS, GOPAY_GEMS"
	}
	return ""
}
