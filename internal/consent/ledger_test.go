package consent_test

import (
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func entry(s *stage.Stage, name consent.Name, action consent.Action) consent.Entry {
	return consent.Entry{
		ID: s.IDs.New(), UserID: "sari", MiniAppID: "kopi", Name: name, Action: action, At: s.Now(),
		Wording: "your camera", AppVersion: "2.10.0", LaunchID: "launch", Source: consent.OnCall,
	}
}

func record(s *stage.Stage, e consent.Entry) error {
	return s.Try(func(tx *stage.Tx) error { return consent.Record(s.Ctx, tx, e) })
}

func TestRecord_adds_to_the_ledger_and_the_journal(t *testing.T) {
	s := stage.New(t)
	app := s.App("kopi", "camera", "wifi")
	s.Person("sari", 0)
	var ledger []consent.Entry
	for _, action := range []consent.Action{consent.Given, consent.Refused, consent.Revoked, consent.Forgotten} {
		e := entry(s, consent.Camera, action)
		s.Must(record(s, e))
		ledger = append(ledger, e)
		s.Read(func(tx *stage.Tx) error {
			list, err := tx.Consents().List(s.Ctx, "sari", "kopi", store.First(10))
			stage.Is(t, "the ledger", list, ledger)
			s.Must(err)
			standing, err := consent.Standing(s.Ctx, tx.Consents(), "sari", app)
			stage.Is(t, "how things stand", standing, map[consent.Name]consent.Entry{consent.Camera: e, consent.Wifi: {}})
			return err
		})
	}
	stage.Is(t, "the journal", s.Told(journal.Consent), "consent.given consent.refused consent.revoked consent.forgotten")
	e := s.Entries(journal.Consent)[0]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.LaunchID, "kopi sari launch")
	s.Whole(func() error { return record(s, entry(s, consent.Wifi, consent.Given)) })
}

func TestStanding_is_loud_about_faults(t *testing.T) {
	s := stage.New(t)
	app := s.App("kopi", "camera", "wifi")
	s.Loud(func() error {
		return s.Try(func(tx *stage.Tx) error {
			_, err := consent.Standing(s.Ctx, tx.Consents(), "sari", app)
			return err
		})
	})
}

func TestTell_reaches_the_launches_of_the_user_and_the_mini_app(t *testing.T) {
	s := stage.New(t)
	events := bus.NewBus()
	for _, one := range []struct {
		user, app string
		want      []string
	}{
		{"sari", "kopi", []string{"consent.changed {camera given}", "consent.changed {wifi revoked}"}},
		{"budi", "kopi", nil},
		{"sari", "teh", nil},
	} {
		news := events.Listen(bus.Of{Launch: "launch", User: one.user, MiniApp: one.app})
		consent.Tell(events, entry(s, consent.Camera, consent.Given), entry(s, consent.Wifi, consent.Revoked))
		var heard []string
		for e, ok, err := news.Take(); ok; e, ok, err = news.Take() {
			s.Must(err)
			heard = append(heard, fmt.Sprint(e.Event, " ", e.Data))
		}
		news.Stop()
		stage.Is(t, "what "+one.user+" hears in "+one.app, heard, one.want)
	}
}

func TestNewOffer_shows_what_was_registered(t *testing.T) {
	o := consent.NewOffer(miniapp.Consent{Name: "wifi", Mandatory: true, Reason: "to find the shop"})
	stage.Is(t, "the line", o, consent.Offer{Name: consent.Wifi, Title: consent.Wifi.Title(), Mandatory: true, Reason: "to find the shop"})
	stage.Is(t, "the wording", o.Wording(device.English), consent.Wifi.Title().English+": to find the shop")
	stage.Is(t, "without a reason", consent.Offer{Name: consent.Wifi}.Wording(device.Indonesian), consent.Wifi.Title().Indonesian)
}

func TestDecide_lists_in_its_refusal_what_was_asked_for(t *testing.T) {
	offers := []consent.Offer{{Name: consent.Wifi}, {Name: consent.Camera}}
	_, err := consent.Decide(offers, consent.Answer{Answer: "allow", Consents: []string{"location"}})
	stage.Is(t, "the refusal", problem.Of(err).Message, `consent "location" was not asked for; the sheet lists camera, wifi`)
	stage.Is(t, "all names", consent.List(), "profile, location, camera, bank_account, device_info, wifi")
}
