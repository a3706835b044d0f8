package launch_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestAnswer_moves_the_launch_on(t *testing.T) {
	const given, refused, never = consent.StateGiven, consent.StateRefused, consent.StateNeverAsked
	for _, one := range []struct {
		name   string
		answer string
		code   string
		state  launch.State
		stands []consent.State // of wifi, mandatory, and camera
		told   string
	}{
		{"all allowed", `{"answer":"allow"}`, "none", launch.Open, []consent.State{given, given}, "launch.asked launch.allowed"},
		{"some allowed", `{"answer":"allow","consents":["wifi"]}`, "none", launch.Open, []consent.State{given, refused}, "launch.asked launch.allowed"},
		{"declined", `{"answer":"decline"}`, "none", launch.Refused, []consent.State{refused, refused}, "launch.asked launch.refused"},
		{"a mandatory one left out", `{"answer":"allow","consents":["camera"]}`, "answer_invalid", launch.Consent, []consent.State{never, never}, "launch.asked"},
		{"no answer", `{}`, "answer_invalid", launch.Consent, []consent.State{never, never}, "launch.asked"},
		{"a list that is none", `{"answer":"allow","consents":7}`, "answer_invalid", launch.Consent, []consent.State{never, never}, "launch.asked"},
		{"a number", `{"answer":7}`, "answer_invalid", launch.Consent, []consent.State{never, never}, "launch.asked"},
	} {
		t.Run(one.name, func(t *testing.T) {
			d := newDoor(t)
			d.App("kopi", "wifi!", "camera")
			opened := d.open(t)
			d.Pass(5e9)
			l, decided, err := d.answer(*opened.Ask, one.answer)
			stage.Is(t, "the answer", stage.Code(err), one.code)
			stage.Is(t, "the state", d.kept(opened.Launch.ID).State, one.state)
			stage.Is(t, "the consents", d.standing(consent.Wifi, consent.Camera), one.stands)
			stage.Is(t, "the journal", d.Told(journal.Launch), one.told)
			if err != nil {
				return
			}
			stage.Is(t, "the launch returned", l, d.kept(l.ID))
			stage.Is(t, "the decisions", len(decided), 2)
			if e := d.Entries(journal.Launch)[1]; !strings.Contains(string(e.Detail), `"state":"`+string(one.state)+`"`) {
				t.Errorf("the event's data is %s", e.Detail)
			}
			ended := int64(0)
			if one.state == launch.Refused {
				ended = d.Now()
			}
			stage.Is(t, "when it ended", l.EndedAt, ended)
			stage.Is(t, "it says what is missing", strings.Contains(l.Message(language.English, "Kopi"), "Kopi cannot be used without Wi-Fi"), one.state == launch.Refused)
		})
	}
}

// A consent that the user gave in another way, while its sheet was open, stays given.
func TestAnswer_keeps_what_was_given_meanwhile(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi!", "camera")
	opened := d.open(t)
	d.Decides("sari", "kopi", consent.Wifi, consent.Given)
	l, decided, err := d.answer(*opened.Ask, `{"answer":"decline"}`)
	d.Must(err)
	stage.Is(t, "the state", l.State, launch.Open)
	stage.Is(t, "the decisions", len(decided), 1)
	stage.Is(t, "the consents", d.standing(consent.Wifi, consent.Camera), []consent.State{consent.StateGiven, consent.StateRefused})
}

func TestAnswer_records_what_was_shown(t *testing.T) {
	d := newDoor(t)
	d.phone.Locale = device.Indonesian
	d.App("kopi", "wifi")
	opened := d.open(t)
	d.Pass(5e9)
	_, decided, err := d.answer(*opened.Ask, `{"answer":"allow"}`)
	d.Must(err)
	e := decided[0]
	stage.Is(t, "the entry", e, consent.Entry{
		ID: e.ID, UserID: "sari", MiniAppID: "kopi", Name: consent.Wifi, Action: consent.Given, At: d.Now(),
		Wording: consent.Wifi.Title().Indonesian, AppVersion: "2.10.0", LaunchID: opened.Launch.ID, Source: consent.OnLaunch,
	})
	d.Read(func(tx *stage.Tx) error {
		kept, err := tx.Consents().Get(d.Ctx, "sari", "kopi", consent.Wifi)
		stage.Is(t, "the entry kept", kept, e)
		return err
	})
	stage.Is(t, "the id is new", e.ID != "", true)
}

func TestAnswer_refuses_a_launch_that_waits_no_more(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi")
	a := *d.open(t).Ask
	_, _, err := d.answer(a, `{"answer":"allow"}`)
	d.Must(err)
	_, _, err = d.answer(a, `{"answer":"decline"}`)
	d.Refused(err, problem.LaunchEnded)
	a.LaunchID = "none"
	_, _, err = d.answer(a, `{"answer":"allow"}`)
	d.Refused(err, problem.LaunchUnknown)
	stage.Is(t, "the consent", d.standing(consent.Wifi), []consent.State{consent.StateGiven})
}

func TestAnswer_is_whole(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi!", "camera")
	a := *d.open(t).Ask
	d.Whole(func() error { _, _, err := d.answer(a, `{"answer":"allow"}`); return err })
	d.broken = errBroken
	a = *again(d).Ask
	_, _, err := d.answer(a, `{"answer":"allow"}`)
	stage.Is(t, "the error of a broken phone", err, errBroken)
	d.broken = nil
	a.Show = []byte("{")
	if _, _, err := d.answer(a, `{"answer":"allow"}`); stage.Code(err) == "none" || problem.Is(err, problem.AnswerInvalid) {
		t.Errorf("a sheet that cannot be read: %v", err)
	}
}

// again opens kopi with a sheet once more.
func again(d *door) launch.Opened {
	d.Decides("sari", "kopi", consent.Wifi, consent.Revoked)
	opened, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "kopi", UserID: "sari"})
	d.Must(err)
	return opened
}

func TestLapse_refuses_a_launch_that_still_waits(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi")
	waiting := d.open(t)
	lapse := func(a ask.Ask) error {
		return d.Try(func(tx *stage.Tx) error { return d.launches.Lapse(d.Ctx, tx, a) })
	}
	d.Pass(5e9)
	d.Must(lapse(*waiting.Ask))
	l := d.kept(waiting.Launch.ID)
	stage.Is(t, "the launch", []any{l.State, l.EndedAt, l.Reason != ""}, []any{launch.Refused, d.Now(), true})
	stage.Is(t, "the journal", d.Told(journal.Launch), "launch.asked launch.refused")

	open := d.Launch("kopi", "sari")
	d.Must(lapse(ask.Ask{LaunchID: open.ID}))
	stage.Is(t, "an open launch", d.kept(open.ID), open)
	d.Refused(lapse(ask.Ask{LaunchID: "none"}), problem.LaunchUnknown)
	a := *teh(d).Ask
	d.Whole(func() error { return lapse(a) })
}

// teh opens another mini app with a sheet.
func teh(d *door) launch.Opened {
	d.App("teh", "wifi!")
	opened, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "teh", UserID: "sari"})
	d.Must(err)
	return opened
}

func TestEnd_ends_a_launch(t *testing.T) {
	d := newDoor(t)
	d.App("kopi")
	l := d.open(t).Launch
	end := func(id string) error {
		return d.Try(func(tx *stage.Tx) error {
			_, err := d.launches.End(d.Ctx, tx, id, event.LaunchMove{Reason: event.UserClosed})
			return err
		})
	}
	d.Pass(5e9)
	d.Must(end(l.ID))
	now := d.kept(l.ID)
	stage.Is(t, "the launch", []any{now.State, now.EndedAt, now.Reason}, []any{launch.Ended, d.Now(), event.UserClosed})
	stage.Is(t, "the journal", d.Told(journal.Launch), "launch.opened launch.ended")
	d.Refused(end("none"), problem.LaunchUnknown)
	other := d.open(t).Launch
	d.Whole(func() error { return end(other.ID) })
}
