package launch_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// A sheet is needed when a mandatory consent is not given, or an optional one
// was never asked for. It lists every consent that is not given.
func TestOpen_asks_for_consent_when_it_must(t *testing.T) {
	for _, one := range []struct {
		name      string
		registers string
		decided   string // names, with + given, - refused, ~ revoked
		sheet     string
	}{
		{"no consents", "", "", ""},
		{"an optional one that was never asked for", "wifi", "", "wifi"},
		{"an optional one that is given", "wifi", "+wifi", ""},
		{"an optional one that is refused", "wifi", "-wifi", ""},
		{"an optional one that is revoked", "wifi", "~wifi", ""},
		{"a mandatory one that is given", "wifi!", "+wifi", ""},
		{"a mandatory one that is refused", "wifi!", "-wifi", "wifi"},
		{"a mandatory one that is revoked", "wifi!", "~wifi", "wifi"},
		{"all that is not given", "wifi! camera profile location", "-wifi -camera +profile", "wifi camera location"},
		{"one that is refused beside one never asked for", "wifi camera", "-wifi", "wifi camera"},
	} {
		t.Run(one.name, func(t *testing.T) {
			d := newDoor(t)
			d.App("kopi", strings.Fields(one.registers)...)
			for _, text := range strings.Fields(one.decided) {
				action := map[byte]consent.Action{'+': consent.Given, '-': consent.Refused, '~': consent.Revoked}[text[0]]
				d.Decides("sari", "kopi", consent.Name(text[1:]), action)
			}
			opened := d.open(t)
			state, told := launch.Consent, "launch.asked"
			if one.sheet == "" {
				state, told = launch.Open, "launch.opened"
			}
			stage.Is(t, "the state", opened.Launch.State, state)
			stage.Is(t, "the sheet", names(opened.Ask), one.sheet)
			stage.Is(t, "the launch kept", d.kept(opened.Launch.ID), opened.Launch)
			stage.Is(t, "the journal", d.Told(journal.Launch), told)
			stage.Is(t, "the mini app", opened.App.ID, "kopi")
		})
	}
}

// names returns the names that a sheet lists.
func names(a *ask.Ask) string {
	if a == nil {
		return ""
	}
	var show struct{ Consents []consent.Offer }
	_ = json.Unmarshal(a.Show, &show)
	var list []string
	for _, o := range show.Consents {
		list = append(list, string(o.Name))
	}
	return strings.Join(list, " ")
}

func TestOpen_keeps_the_launch_and_its_sheet(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi")
	opened, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "kopi", UserID: "sari", Path: "/orders?id=7"})
	d.Must(err)
	l := opened.Launch
	stage.Is(t, "the launch", l, launch.Launch{ID: l.ID, MiniAppID: "kopi", UserID: "sari", Path: "/orders?id=7", State: launch.Consent, CreatedAt: d.Now()})
	a := *opened.Ask
	show := a.Show
	a.Show = nil
	stage.Is(t, "the ask", a, ask.Ask{ID: a.ID, LaunchID: l.ID, Kind: ask.Consent, State: ask.Open, CreatedAt: d.Now(), ExpiresAt: d.Now() + (10 * time.Minute).Milliseconds()})
	if l.ID == "" || a.ID == "" || a.ID == l.ID || !strings.Contains(string(show), `"phase":"launch"`) {
		t.Errorf("the ids are %q and %q; it shows %s", l.ID, a.ID, show)
	}
	d.Read(func(tx *stage.Tx) error {
		kept, err := tx.Asks().Get(d.Ctx, a.ID)
		stage.Is(t, "the ask kept", string(kept.Show), string(show))
		return err
	})
	e := d.Entries(journal.Launch)[0]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.LaunchID, "kopi sari "+l.ID)
}

func TestOpen_refuses_what_cannot_be_opened(t *testing.T) {
	d := newDoor(t)
	d.App("kopi")
	d.Suspend(d.App("teh"))
	for _, one := range []struct{ name, app, user, path, code string }{
		{"no mini app", "roti", "sari", "", "mini_app_unknown"},
		{"a suspended mini app", "teh", "sari", "", "mini_app_suspended"},
		{"no user", "kopi", "budi", "", "user_unknown"},
		{"a path", "kopi", "sari", "/", "none"},
		{"the longest path", "kopi", "sari", "/" + strings.Repeat("a", 2047), "none"},
		{"a longer path", "kopi", "sari", "/" + strings.Repeat("a", 2048), "bad_request"},
		{"a path without a slash", "kopi", "sari", "orders", "bad_request"},
		{"what is no path", "kopi", "sari", "/%zz", "bad_request"},
	} {
		opened, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: one.app, UserID: one.user, Path: one.path})
		stage.Is(t, one.name, stage.Code(err), one.code)
		if err != nil {
			stage.Is(t, one.name, opened.Launch, launch.Launch{})
		}
	}
}

func TestOpen_lets_a_policy_answer(t *testing.T) {
	for _, one := range []struct {
		answer string
		state  launch.State
		stands consent.State
		heard  int
	}{
		{`{"answer":"allow"}`, launch.Open, consent.StateGiven, 1},
		{`{"answer":"decline"}`, launch.Refused, consent.StateRefused, 1},
	} {
		d := newDoor(t)
		d.App("kopi", "wifi!")
		d.answers = one.answer
		opened := d.open(t)
		stage.Is(t, "the state", opened.Launch.State, one.state)
		stage.Is(t, "the launch kept", d.kept(opened.Launch.ID).State, one.state)
		stage.Is(t, "the mini app", opened.App.ID, "kopi")
		stage.Is(t, "the sheet", names(opened.Ask), "")
		stage.Is(t, "the consent", d.standing(consent.Wifi), []consent.State{one.stands})
		stage.Is(t, "what the launches hear", len(d.heard()), one.heard)
		d.Read(func(tx *stage.Tx) error {
			open, err := tx.Asks().Due(d.Ctx, 1<<60, 10)
			stage.Is(t, "the asks kept", len(open), 0)
			return err
		})
	}
	d := newDoor(t)
	d.App("kopi", "wifi!")
	d.answers = `{"answer":"perhaps"}`
	_, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "kopi", UserID: "sari"})
	d.Refused(err, problem.AnswerInvalid)
	stage.Is(t, "what the launches hear", len(d.heard()), 0)
}

func TestOpen_is_whole(t *testing.T) {
	for _, answers := range []string{"", `{"answer":"allow"}`} {
		d := newDoor(t)
		d.App("kopi", "wifi!", "camera")
		d.answers = answers
		d.Whole(func() error {
			_, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "kopi", UserID: "sari"})
			return err
		})
	}
}

func TestEntryURL_is_the_entry_or_a_path_of_the_origin(t *testing.T) {
	app := miniapp.App{Origin: "https://kopi.example", EntryURL: "https://kopi.example/start"}
	stage.Is(t, "without a path", launch.Launch{}.EntryURL(app), "https://kopi.example/start")
	stage.Is(t, "with a path", launch.Launch{Path: "/orders"}.EntryURL(app), "https://kopi.example/orders")
}

func TestRunning(t *testing.T) {
	for state, want := range map[launch.State]string{
		launch.Open: "none", launch.Consent: "launch_not_open", launch.Refused: "launch_ended", launch.Ended: "launch_ended",
	} {
		err := launch.Launch{ID: "l1", State: state, Reason: "because"}.Running()
		stage.Is(t, string(state), stage.Code(err), want)
		stage.Is(t, string(state)+" gives its reason", err != nil && strings.Contains(err.Error(), "because"), state == launch.Refused)
	}
	stage.Is(t, "an unknown launch", stage.Code(launch.Unknown("l1")), "launch_unknown")
}
