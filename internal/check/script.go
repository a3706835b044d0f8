package check

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
	"github.com/selasar/selasar/internal/spelling"
)

// Step is a line of the developer's script.
type Step struct {
	Line   int
	Verb   string // click, type, wait or pause
	Target Target // of click, type and wait
	Text   string // of type
	Pause  time.Duration
}

// Target is an element of the page: by its text or label, or by a CSS selector.
type Target struct {
	Text     string `json:"text,omitempty"`
	Selector string `json:"selector,omitempty"`
}

func (t Target) String() string {
	if t.Selector != "" {
		return t.Selector
	}
	return fmt.Sprintf("%q", t.Text)
}

// verbs are the verbs of a script, with their form.
var verbs = map[string]string{
	"click": `click "Text" or click SELECTOR`,
	"type":  `type "Label" "text" or type SELECTOR "text"`,
	"wait":  `wait "Text" or wait SELECTOR`,
	"pause": "pause 500ms",
}

// ReadScript reads the script of a file. Its error names the line.
func ReadScript(name string) ([]Step, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("--script: %w", err)
	}
	var steps []Step
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		step, err := parseStep(line)
		if err != nil {
			return nil, fmt.Errorf("--script %s:%d: %w", name, number, err)
		}
		step.Line = number
		steps = append(steps, step)
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf(`--script %s has no step; write one on a line, such as click "Pay"`, name)
	}
	return steps, nil
}

func parseStep(line string) (Step, error) {
	verb, rest, _ := strings.Cut(line, " ")
	form, ok := verbs[verb]
	if !ok {
		return Step{}, fmt.Errorf("there is no step %q%s", verb, spelling.Hint(verb, []string{"click", "type", "wait", "pause"}))
	}
	s := Step{Verb: verb}
	rest = strings.TrimSpace(rest)
	wrong := fmt.Errorf("%q cannot be read; write %s", line, form)
	switch verb {
	case "pause":
		pause, err := time.ParseDuration(rest)
		if err != nil || pause <= 0 || pause > time.Minute {
			return Step{}, fmt.Errorf("%w, at most 1m", wrong)
		}
		s.Pause = pause
		return s, nil
	case "type":
		target, text, ok := lastQuoted(rest)
		if !ok {
			return Step{}, wrong
		}
		rest, s.Text = target, text
	}
	if strings.HasPrefix(rest, `"`) {
		text, after, ok := quoted(rest)
		if !ok || after != "" {
			return Step{}, wrong
		}
		s.Target.Text = text
	} else {
		s.Target.Selector = rest
	}
	if s.Target == (Target{}) {
		return Step{}, wrong
	}
	return s, nil
}

// quoted reads a quoted text at the beginning of a line, with \" and \\ in it.
func quoted(line string) (text, after string, ok bool) {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			err := json.Unmarshal([]byte(line[:i+1]), &text)
			return text, strings.TrimSpace(line[i+1:]), err == nil
		}
	}
	return "", "", false
}

// lastQuoted splits a line before the quoted text at its end.
func lastQuoted(line string) (before, text string, ok bool) {
	for at := range line {
		if line[at] != '"' || at == 0 || line[at-1] != ' ' {
			continue
		}
		if text, after, ok := quoted(line[at:]); ok && after == "" {
			return strings.TrimSpace(line[:at]), text, true
		}
	}
	return "", "", false
}

//go:embed page/step.js
var stepCode string

// stepWithin is how long a step may wait for its element.
const stepWithin = 10 * time.Second

// take takes a step in the page. It waits for its element.
func (c *checker) take(ctx context.Context, tab *browser.Tab, v *visit, s Step) error {
	if s.Verb == "pause" {
		_, err := await(ctx, s.Pause, func() bool { return false })
		return err
	}
	step, err := json.Marshal(map[string]any{"verb": s.Verb, "text": s.Text, "target": s.Target})
	if err != nil {
		return err
	}
	expression := strings.Replace(stepCode, `"{{step}}"`, string(step), 1)
	var problem string
	done, err := await(ctx, stepWithin, func() bool {
		f, _ := v.frame()
		problem = ""
		if err := tab.InFrame(ctx, f, expression, &problem); err != nil {
			problem = err.Error()
		}
		return problem == ""
	})
	if err == nil && !done {
		err = fmt.Errorf("--script, line %d: %s %s: %s", s.Line, s.Verb, s.Target, problem)
	}
	if errors.Is(err, context.Canceled) {
		return ctx.Err()
	}
	return err
}
