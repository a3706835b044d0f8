package message

import (
	"testing"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/miniapp"
)

func TestCard(t *testing.T) {
	plain := miniapp.App{Name: "Kopi"}
	templates := miniapp.App{Name: "Kopi", Templates: []miniapp.Template{
		{Name: "T", Kind: miniapp.PushTemplate, Title: "For {who}", Text: "{who}: {n} {none} {} {a b}"},
		{Name: "bare", Kind: miniapp.PushTemplate},
		{Name: "bill", Kind: miniapp.PushTemplate, Text: "x", Due: "by {day}", CTA: "Pay {n}", URL: "/bills/{id}?day={day}"},
	}}
	const labels = `"cta_label_en":"Pay","cta_label_id":"Bayar"`
	for name, one := range map[string]struct {
		app                          miniapp.App
		template, parameters, locale string
		want                         Card
	}{
		"the parameters":                     {plain, "T", `{"b":"2","a":1}`, device.English, Card{Title: "Kopi", Text: "a: 1 · b: 2"}},
		"no parameters":                      {plain, "T", `{}`, device.English, Card{Title: "Kopi"}},
		"the parameter message":              {plain, "T", `{"message":"Hi","a":1}`, device.English, Card{Title: "Kopi", Text: "Hi"}},
		"other types as they were written":   {plain, "T", `{"a":[1,{"b":null}],"c":true,"d":1e5}`, device.English, Card{Title: "Kopi", Text: `a: [1,{"b":null}] · c: true · d: 1e5`}},
		"the button in English":              {plain, "T", `{` + labels + `}`, device.English, Card{Title: "Kopi", CTA: "Pay"}},
		"the button in Indonesian":           {plain, "T", `{` + labels + `}`, device.Indonesian, Card{Title: "Kopi", CTA: "Bayar"}},
		"the button in the only language":    {plain, "T", `{"cta_label_en":"Pay"}`, device.Indonesian, Card{Title: "Kopi", CTA: "Pay"}},
		"a template":                         {templates, "T", `{"who":"Sari","n":2}`, device.English, Card{Title: "For Sari", Text: "Sari: 2 {none} {} {a b}"}},
		"a value that looks like a place":    {templates, "T", `{"who":"{n}","n":2}`, device.English, Card{Title: "For {n}", Text: "{n}: 2 {none} {} {a b}"}},
		"a template without words":           {templates, "bare", `{"message":"Hi"}`, device.English, Card{Title: "Kopi", Text: "Hi"}},
		"a template with a page":             {templates, "bill", `{"day":"1 May","n":2,"id":7}`, device.English, Card{Title: "Kopi", Text: "x", Due: "by 1 May", CTA: "Pay 2", URL: "/bills/7?day=1%20May"}},
		"a value that would leave its place": {templates, "bill", `{"day":"a&b=c#d","id":"../../x/?y"}`, device.English, Card{Title: "Kopi", Text: "x", Due: "by a&b=c#d", CTA: "Pay {n}", URL: "/bills/..%2F..%2Fx%2F%3Fy?day=a%26b%3Dc%23d"}},
		"the labels of the parameters":       {templates, "bill", `{"day":"","id":"",` + labels + `}`, device.Indonesian, Card{Title: "Kopi", Text: "x", Due: "by ", CTA: "Bayar", URL: "/bills/?day="}},
		"a page and a date of its own":       {plain, "T", `{"message":"Hi","due":"today","url":"https://kopi.example/a"}`, device.English, Card{Title: "Kopi", Text: "Hi", Due: "today", URL: "https://kopi.example/a"}},
		"a date under the other name":        {plain, "T", `{"message":"Hi","due_date":3}`, device.English, Card{Title: "Kopi", Text: "Hi", Due: "3"}},
		"a template that was taken away":     {templates, "gone", `{"message":"Hi"}`, device.English, Card{Title: "Kopi", Text: "Hi"}},
		"parameters that cannot be read now": {plain, "T", `x`, device.English, Card{Title: "Kopi"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := Message{Kind: miniapp.PushTemplate, Template: one.template, Parameters: one.parameters}
			if got := m.Card(one.app, one.locale); got != one.want {
				t.Errorf("got %+v, want %+v", got, one.want)
			}
		})
	}
}
