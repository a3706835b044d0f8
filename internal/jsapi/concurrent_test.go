package jsapi_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/launch"
)

// Answering a sheet reads the device inside a transaction; changing the device writes
// it inside one. Neither may wait for the other.
func TestDevice_can_change_while_sheets_are_answered(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.choose(`{"consent":"allow"}`)
	ctx := t.Context()
	stuck := time.AfterFunc(5*time.Minute, func() { // a crash, because a stuck database cannot be closed
		panic("changing the device and answering sheets wait for one another")
	})
	defer stuck.Stop()
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 30 {
				if worker%2 == 0 {
					_, _ = p.sim.Change(ctx, fmt.Appendf(nil, `{"model":"M%d"}`, i))
					_, _ = p.sim.Choose(ctx, []byte(`{"consent":"allow"}`))
					continue
				}
				_, _ = p.engine.Launches.Open(ctx, launch.Request{MiniAppID: "kopi", UserID: p.budi.ID})
				_ = p.engine.Call(ctx, l, "getConsent", []byte(`{"consent_name":"location"}`))
			}
		})
	}
	all.Wait()
}

// Concurrent changes are all stored: no change overwrites another.
func TestDevice_stores_all_concurrent_changes(t *testing.T) {
	t.Parallel()
	p := open(t)
	var all sync.WaitGroup
	for _, patch := range []string{`{"model":"A"}`, `{"brand":"B"}`, `{"wifi":{"ssid":"C"}}`, `{"rooted":true}`, `{"location":{"latitude":1}}`} {
		all.Go(func() {
			if _, err := p.sim.Change(t.Context(), []byte(patch)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	want := simulator.NewDevice()
	want.Model, want.Brand, want.Wifi.SSID, want.Rooted, want.Location.Latitude = "A", "B", "C", true, 1
	if got := p.sim.Now(); show(got) != show(want) {
		t.Errorf("got %s", show(got))
	}
}
