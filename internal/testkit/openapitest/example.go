package openapitest

import (
	"fmt"
	"strings"
)

// CheckExamples validates every example of the document. It returns how many there are,
// and the mistakes.
func (d *Document) CheckExamples() (checked int, mistakes []error) {
	var walk func(pointer string, value any)
	walk = func(pointer string, value any) {
		members, _ := value.(map[string]any)
		if content, ok := members["content"].(map[string]any); ok {
			for kind := range content {
				n, wrong := d.checkExamplesOf(pointer + "/content/" + strings.ReplaceAll(kind, "/", "~1"))
				checked, mistakes = checked+n, append(mistakes, wrong...)
			}
		}
		for name, member := range members {
			walk(pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), member)
		}
	}
	walk("", d.Root)
	return checked, mistakes
}

func (d *Document) checkExamplesOf(pointer string) (checked int, mistakes []error) {
	value, _ := d.At(pointer)
	media := value.(map[string]any)
	examples := map[string]any{}
	if one, ok := media["example"]; ok {
		examples["example"] = one
	}
	several, _ := media["examples"].(map[string]any)
	for name, one := range several {
		examples[name] = one.(map[string]any)["value"]
	}
	for name, example := range examples {
		if err := d.Validate(pointer+"/schema", example); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s %s: %w", pointer, name, err))
		}
	}
	return len(examples), mistakes
}
