package launch_test

import (
	"encoding/json"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// review looks at the sheet of a launch again.
func (d *door) review(l launch.Launch, a ask.Ask) (over bool, err error) {
	err = d.Try(func(tx *stage.Tx) (err error) {
		if l, err = tx.Launches().Get(d.Ctx, l.ID); err == nil {
			over, err = d.launches.Review(d.Ctx, tx, l, a)
		}
		return err
	})
	return over, err
}

// openAsks returns the sheets that a launch shows now.
func (d *door) openAsks(id string) (list []ask.Ask) {
	d.Helper()
	d.Read(func(tx *stage.Tx) (err error) { list, err = tx.Asks().Open(d.Ctx, id); return err })
	return list
}

// A sheet that waits is over when a launch that opens now would show another one.
func TestReview_of_a_sheet_that_waits(t *testing.T) {
	for _, one := range []struct {
		name   string
		change func(d *door)
		over   bool
		state  launch.State
		sheet  string // the names on the sheet afterwards
		told   string
	}{
		{"nothing changed", func(*door) {}, false, launch.Consent, "wifi camera", "launch.asked"},
		{"one of two is given", func(d *door) { d.Decides("sari", "kopi", consent.Wifi, consent.Given) }, true, launch.Consent, "camera", "launch.asked"},
		{"both are given", func(d *door) {
			d.Decides("sari", "kopi", consent.Wifi, consent.Given)
			d.Decides("sari", "kopi", consent.Camera, consent.Given)
		}, true, launch.Open, "", "launch.asked launch.allowed"},
		{"the mini app asks for more", func(d *door) { d.App("kopi", "wifi!", "camera", "profile") }, true, launch.Consent, "wifi camera profile", "launch.asked"},
		{"the mini app is suspended", func(d *door) { d.Suspend(d.App("kopi", "wifi!", "camera")) }, true, launch.Refused, "", "launch.asked launch.refused"},
	} {
		t.Run(one.name, func(t *testing.T) {
			d := newDoor(t)
			d.App("kopi", "wifi!", "camera")
			opened := d.open(t)
			d.Pass(5e9)
			one.change(d)
			over, err := d.review(opened.Launch, *opened.Ask)
			d.Must(err)
			stage.Is(t, "the sheet is over", over, one.over)
			stage.Is(t, "the state", d.kept(opened.Launch.ID).State, one.state)
			stage.Is(t, "the journal", d.Told(journal.Launch), one.told)
			shown, sheets := "", d.openAsks(opened.Launch.ID)
			for _, a := range sheets {
				shown += names(&a)
				stage.Is(t, "the sheet is another one", a.ID != opened.Ask.ID, one.over)
			}
			stage.Is(t, "the sheets", shown, one.sheet)
		})
	}
}

func TestReview_leaves_what_no_longer_waits(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi!")
	opened := d.open(t)
	d.Decides("sari", "kopi", consent.Wifi, consent.Given)
	over, err := d.review(opened.Launch, *opened.Ask)
	d.Must(err)
	stage.Is(t, "the sheet is over", over, true)
	before := d.Contents()
	over, err = d.review(opened.Launch, *opened.Ask) // the launch is open by now
	d.Must(err)
	stage.Is(t, "an open launch", []any{over, d.Contents()}, []any{false, before})

	d.App("teh", "wifi!", "camera")
	other, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "teh", UserID: "sari"})
	d.Must(err)
	d.Decides("sari", "teh", consent.Wifi, consent.Given)
	d.Write(func(tx *stage.Tx) error {
		_, err := tx.Asks().Take(d.Ctx, other.Ask.ID, ask.Expired, d.Now()) // somebody else was faster
		return err
	})
	before = d.Contents()
	over, err = d.review(other.Launch, *other.Ask)
	d.Must(err)
	stage.Is(t, "a sheet that was taken", []any{over, d.Contents()}, []any{false, before})
}

func TestReview_is_whole(t *testing.T) {
	for name, change := range map[string]func(d *door){
		"opens":      func(d *door) { d.Decides("sari", "kopi", consent.Wifi, consent.Given) },
		"asks again": func(d *door) { d.App("kopi", "wifi!", "profile") },
		"refuses":    func(d *door) { d.Suspend(d.App("kopi", "wifi!")) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(t)
			d.App("kopi", "wifi!")
			opened := d.open(t)
			change(d)
			d.Whole(func() error {
				over, err := d.review(opened.Launch, *opened.Ask)
				if over != (err == nil) {
					t.Errorf("the sheet is over: %t, with the error %v", over, err)
				}
				return err
			})
		})
	}
}

func TestReview_of_a_sheet_that_cannot_be_read(t *testing.T) {
	d := newDoor(t)
	d.App("kopi", "wifi!")
	opened := d.open(t)
	opened.Ask.Show = json.RawMessage("no JSON")
	if over, err := d.review(opened.Launch, *opened.Ask); over || err == nil {
		t.Errorf("over: %t, with the error %v", over, err)
	}
}

func TestMessage_of_a_launch_without_a_reason_is_empty(t *testing.T) {
	stage.Is(t, "the message", launch.Launch{}.Message(language.English, "Kopi"), "")
}
