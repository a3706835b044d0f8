package hostapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestLaunch_events_as_a_stream(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	all := d.Stream(l.Path("/events"), apitest.Bearer(l.Token))
	d.Patch("/control/v1/device", `{"model":"X"}`)
	if got := apitest.Next(t, all, "device_changed"); got.Data != `{"name":"device_changed","event":"device.changed","data":{}}` {
		t.Errorf("got %s", got.Data)
	}
	d.Patch("/control/v1/consents", `{"name":"wifi","state":"revoked"}`)
	apitest.Next(t, all, "consent_changed")
	d.Send("DELETE", other.Path(""), "", apitest.Bearer(other.Token)).OK(204)
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	if got := apitest.Next(t, all, "launch_ended"); !strings.Contains(got.Data, "closed the mini app") {
		t.Errorf("got %s", got.Data)
	}
	d.Send("GET", l.Path("/events"), "", apitest.Bearer(other.Token)).Refused(401, "unauthorized")
}

func TestConsent_of_another_user_sends_no_event_to_a_launch(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	all := d.Stream(l.Path("/events"), apitest.Bearer(l.Token))
	stranger := d.Post("/control/v1/users", `{"name":"Tono"}`).OK(201).Text("id")
	d.Patch("/control/v1/consents", `{"name":"wifi","state":"given","user_id":"`+stranger+`"}`)
	d.Patch("/control/v1/device", `{"model":"X"}`)
	apitest.Next(t, all, "device_changed")
}
