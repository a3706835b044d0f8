package launch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/version"
)

// door is a stage on which sari opens mini apps. Sheets wait for an answer
// unless answers holds one.
type door struct {
	*stage.Stage
	launches *launch.Service
	phone    device.Device
	broken   error  // of the phone
	answers  string // of the responder; empty: it leaves the sheet to the page
	heard    func() []string
}

func newDoor(t *testing.T) *door {
	t.Helper()
	s := stage.New(t)
	s.Person("sari", 0)
	d := &door{Stage: s, phone: device.Device{Locale: device.English, AppVersion: version.Must("2.10.0")}}
	events := bus.NewBus()
	news := events.Listen(bus.Of{Launch: "other", User: "sari", MiniApp: "kopi"})
	t.Cleanup(news.Stop)
	d.heard = func() (list []string) {
		for e, ok, err := news.Take(); ok; e, ok, err = news.Take() {
			s.Must(err)
			list = append(list, fmt.Sprint(e.Data))
		}
		return list
	}
	d.launches = &launch.Service{DB: stage.View[launch.Tx](s), Clock: s.Clock, IDs: s.IDs, Devices: d, Responder: d, Events: events}
	return d
}

func (d *door) Device(context.Context, string) (device.Device, error) { return d.phone, d.broken }

func (d *door) Respond(context.Context, ask.Ask) (json.RawMessage, event.Settler, bool) {
	return json.RawMessage(d.answers), event.ByPolicy, d.answers != ""
}

func (d *door) open(t *testing.T) launch.Opened {
	t.Helper()
	opened, err := d.launches.Open(d.Ctx, launch.Request{MiniAppID: "kopi", UserID: "sari"})
	d.Must(err)
	return opened
}

// answer answers the sheet of a launch.
func (d *door) answer(a ask.Ask, text string) (l launch.Launch, decided []consent.Entry, err error) {
	err = d.Try(func(tx *stage.Tx) (err error) {
		l, decided, err = d.launches.Answer(d.Ctx, tx, a, json.RawMessage(text))
		return err
	})
	return l, decided, err
}

func (d *door) kept(id string) (l launch.Launch) {
	d.Helper()
	d.Read(func(tx *stage.Tx) (err error) { l, err = tx.Launches().Get(d.Ctx, id); return err })
	return l
}

// standing says how sari's consents to kopi stand.
func (d *door) standing(names ...consent.Name) (list []consent.State) {
	d.Helper()
	d.Read(func(tx *stage.Tx) error {
		for _, name := range names {
			e, err := tx.Consents().Get(d.Ctx, "sari", "kopi", name)
			if err != nil {
				return err
			}
			list = append(list, e.State())
		}
		return nil
	})
	return list
}

var errBroken = errors.New("the phone is broken")
