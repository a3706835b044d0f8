package control_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestJournal_titles_are_in_the_language_of_the_reader(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	const english, indonesian = "launch ended", "sesi berakhir"
	for _, c := range []struct{ query, header, want string }{
		{"", "", english},
		{"?lang=en", "id", english},
		{"?lang=id", "", indonesian},
		{"?lang=id", "en", indonesian},
		{"", "id", indonesian},
		{"", "id-ID,id;q=0.9,en;q=0.8", indonesian},
		{"", "en;q=0.9,id;q=0.1", english},
		{"", "fr,de;q=0.5", english},
	} {
		var page struct {
			Entries []struct{ Event, Title string }
		}
		d.Get("/control/v1/journal"+c.query, apitest.With("Accept-Language", c.header)).Into(&page)
		title := ""
		for _, e := range page.Entries {
			if e.Event == "launch.ended" {
				title = e.Title
			}
		}
		if title != c.want {
			t.Errorf("%q with Accept-Language %q: the title is %q, want %q", c.query, c.header, title, c.want)
		}
	}
	live := d.Stream("/control/v1/journal?lang=id", apitest.With("Accept", "text/event-stream"))
	for got := range live {
		if strings.Contains(got.Data, `"launch.ended"`) {
			if !strings.Contains(got.Data, `"title":"`+indonesian+`"`) {
				t.Errorf("the live entry is %s", got.Data)
			}
			return
		}
	}
	t.Error("the live journal has no end of the launch")
}
