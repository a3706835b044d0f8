package main

import (
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

const head = `<!-- Generated from internal/journal/event by ` + "`go generate`" + `; do not edit. -->
# Events of the journal

Every entry of the journal has a stable name in its member ` + "`event`" + ` and typed data in ` + "`detail`" + `. Programs decide by these and by codes.
` + "`title`, `message` and `next`" + ` are for people. Selasar renders them from name and data, and they may change in any release.

` + "`GET /control/v1/journal`" + ` renders them in English, or in Indonesian with ` + "`?lang=id`" + ` or an ` + "`Accept-Language`" + ` that prefers it.
Texts from an API's answer are quoted unchanged. In the texts below, ` + "`{amount}`" + ` stands for a member of the data.
Entries that were stored before events had names have no ` + "`event`" + `; their texts stay in English.

`

// reference returns the list of events for people.
func reference() string {
	var b strings.Builder
	b.WriteString(head)
	var kinds []journal.Kind
	of := map[journal.Kind][]event.Listed{}
	for _, d := range event.Declared() {
		if of[d.Kind] == nil {
			kinds = append(kinds, d.Kind)
		}
		of[d.Kind] = append(of[d.Kind], d)
	}
	for _, kind := range kinds {
		fmt.Fprintf(&b, "## %s\n\n| event | when | outcome | title | in Indonesian | data |\n| --- | --- | --- | --- | --- | --- |\n", kind)
		for _, d := range of[kind] {
			data := "none"
			if t := typeOf(d.Data); t != "undefined" {
				data = "`" + t + "`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", d.Name, d.When, d.Outcome, title(d, language.English), title(d, language.Indonesian), data)
		}
		b.WriteString("\n")
	}
	b.WriteString("## Codes\n\nReasons and the like are codes. Some come with advice, which is the entry's `next`.\n\n")
	for _, list := range event.Codes() {
		fmt.Fprintf(&b, "### %s\n\n| code | English | Indonesian |\n| --- | --- | --- |\n", list.Type.Name())
		for _, code := range list.Codes {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", code.Code, cell(code.Words.English), cell(code.Words.Indonesian))
		}
		b.WriteString("\n")
	}
	b.WriteString("## Data\n\nAmounts are `Money`, `{\"value\": \"15000.00\", \"currency\": \"IDR\"}`. Times are milliseconds since the epoch.\n\n```ts\n")
	b.WriteString(strings.TrimSpace(shapes()) + "\n```\n")
	return b.String()
}

func title(d event.Listed, l language.Language) string {
	return cell(strings.TrimSpace(d.Noun.In(l) + " " + d.Title.In(l)))
}

// cell returns a text for a cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }
