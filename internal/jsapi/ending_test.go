package jsapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	happened "github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

// newest returns the newest entry of a kind with its texts in Indonesian: its event, title
// and message, and its data.
func (p *platform) newest(kind journal.Kind) string {
	p.t.Helper()
	list, _, _ := p.journal.Since(0, 0)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Kind == kind {
			e := happened.Render(list[i], language.Indonesian)
			return strings.Join([]string{string(e.Event), e.Title, e.Message, string(e.Detail)}, "|")
		}
	}
	return ""
}

func TestEnd_of_a_subscription_is_in_the_journal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		end  func(p *platform, launchID string)
		want string
	}{
		"stopped":  {func(p *platform, l string) { p.toyCall(l, "Motion.stop", "") }, `subscription.ended|langganan motion berakhir|mini app menghentikannya|{"method":"Motion.start","subscription":"motion","reason":"stopped"}`},
		"replaced": {func(p *platform, l string) { p.toyCall(l, "Motion.start", "") }, `subscription.ended|langganan motion berakhir|mini app memulainya lagi|{"method":"Motion.start","subscription":"motion","reason":"replaced"}`},
		"launch":   {func(p *platform, l string) { must(p.t, p.engine.End(p.t.Context(), l, happened.UserClosed)) }, `subscription.ended|langganan motion berakhir|sesinya berakhir|{"method":"Motion.start","subscription":"motion","reason":"launch_ended"}`},
		"platform": {func(p *platform, _ string) { p.engine.Background.Close() }, `subscription.ended|langganan motion berakhir|Selasar dihentikan|{"method":"Motion.start","subscription":"motion","reason":"platform_stopped"}`},
		"consent": {func(p *platform, _ string) { p.consent(p.sari, "location", consent.StateRevoked) },
			`subscription.failed|langganan motion gagal|the user has withdrawn "location"; call Toy.authorize({scope: "location"}) to ask again|{"method":"Motion.start","subscription":"motion","reason":"not_permitted"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := spoken(t)
			l := p.trusted()
			heard := p.listens(l)
			p.toyCall(l, "Motion.start", "")
			p.next(heard)
			c.end(p, l)
			for p.next(heard).Event != bus.SubscriptionEnded {
			}
			if got := p.newest(journal.Subscription); got != c.want {
				t.Errorf("the journal says\n%s, want\n%s", got, c.want)
			}
		})
	}
}

func TestEnd_of_a_job_is_in_the_journal(t *testing.T) {
	t.Parallel()
	for how, want := range map[string]string{
		"well":  `job.done|pekerjaan File.save selesai||{"method":"File.save"}`,
		"badly": `job.failed|pekerjaan File.save gagal|the file cannot be read|{"method":"File.save","reason":"failed"}`,
		"never": `job.ended|pekerjaan File.save dihentikan|sesinya berakhir|{"method":"File.save","reason":"launch_ended"}`,
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := spoken(t)
			l := p.trusted()
			heard := p.listens(l)
			accepted, _ := p.toyCall(l, "File.save", `{"how":"`+how+`"}`)
			p.next(heard) // its progress
			if how == "never" {
				must(t, p.engine.End(t.Context(), l, happened.UserClosed))
			}
			p.next(heard)
			if got := p.newest(journal.Job); got != want {
				t.Errorf("the journal says\n%s, want\n%s", got, want)
			}
			list, _, _ := p.journal.Since(0, 0)
			for _, e := range list {
				if e.Kind == journal.Job && (e.CallID != accepted.CallID || e.LaunchID != l || e.MiniAppID != "kopi" || e.UserID != p.sari.ID || e.Duration == 0) {
					t.Errorf("the entry is %+v", e)
				}
			}
		})
	}
}

func TestRefused_start_is_in_the_journal(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	for range 32 {
		p.toyCall(l, "File.save", `{"how":"never"}`)
	}
	const message = "|32 subscriptions and jobs of this launch are running; stop one first|"
	p.toyCall(l, "File.save", `{"how":"never"}`)
	if got, want := p.newest(journal.Job), `job.refused|pekerjaan File.save ditolak`+message+`{"method":"File.save","refused":"over_limit"}`; got != want {
		t.Errorf("the journal says\n%s, want\n%s", got, want)
	}
	p.toyCall(l, "Motion.start", "")
	if got, want := p.newest(journal.Subscription), `subscription.refused|langganan motion ditolak`+message+`{"method":"Motion.start","subscription":"motion","refused":"over_limit"}`; got != want {
		t.Errorf("the journal says\n%s, want\n%s", got, want)
	}
}
