package jsapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
)

func TestSubscription_belongs_to_its_page(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	heard := p.listens(l)
	start := func(page int) string {
		reply, err := p.engine.Run(t.Context(), jsapi.Request{Dialect: "container", LaunchID: l, Method: "GPMotion.startCompass", Page: page})
		must(t, err)
		return reply.CallID
	}
	first, second := start(1), start(2)
	left, err := p.engine.Leave(t.Context(), l, 1)
	must(t, err)
	if len(left.Subscriptions) != 1 || left.Subscriptions[0].CallID != second {
		t.Errorf("after page 1 left, %s runs", show(left))
	}
	e := p.nextOf(heard)
	if data := show(e.Data); e.Event != bus.SubscriptionEnded || data != `{"call_id":"`+first+`","page":1,"subscription":"compass","reason":"page_gone"}` {
		t.Errorf("received %s", data)
	}
	reply, err := p.engine.Run(t.Context(), jsapi.Request{Dialect: "container", LaunchID: l, Method: "GPMotion.stopCompass", Page: 3})
	must(t, err)
	if running, _ := p.engine.Running(t.Context(), l); reply.Result.Error != nil || len(running.Subscriptions) != 1 {
		t.Errorf("another page stopped it: %s", show(running))
	}
}

func TestShake_is_reported_once_if_it_is_strong_enough(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	heard := p.listens(l)
	must(t, p.sim.Shake(nil)) // before the page listens
	p.container(l, "GPMotion.listeningShake", `{"on":true,"frequency":10,"shakeThreshold":20,"shakeNum":3}`)
	must(t, p.sim.Shake([]byte(`{"strength":19}`)))
	p.beats(l, heard)
	must(t, p.sim.Shake([]byte(`{"times":2}`)))
	p.beats(l, heard)
	must(t, p.sim.Shake([]byte(`{"strength":20,"times":3}`)))
	if e := p.next(heard); !strings.Contains(show(e.Data), `"name":"motion.shake"`) || !strings.Contains(show(e.Data), `"data":{"x":20,"y":0,"z":0}`) {
		t.Errorf("received %s", show(e))
	}
	p.beats(l, heard)
}

// beats waits for three readings of the gyroscope, and fails for another reading.
func (p *platform) beats(launchID string, heard *bus.Listener) {
	p.t.Helper()
	reply, err := p.engine.Run(p.t.Context(), jsapi.Request{Dialect: "container", LaunchID: launchID, Method: "GPMotion.listenGyro", Params: []byte(`{"frequency":20}`), Page: 9})
	must(p.t, err)
	for n := 0; n < 3; {
		e := p.next(heard)
		if e.Event != bus.SubscriptionReading {
			continue
		}
		if !strings.Contains(show(e.Data), reply.CallID) {
			p.t.Fatalf("received %s", show(e))
		}
		n++
	}
	_, err = p.engine.Run(p.t.Context(), jsapi.Request{Dialect: "container", LaunchID: launchID, Method: "GPMotion.listenGyro", Params: []byte(`{"on":false}`), Page: 9})
	must(p.t, err)
	for p.next(heard).Event != bus.SubscriptionEnded {
	}
}

func TestGyro_asked_too_often_is_slowed_with_a_note(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	reply, err := p.engine.CallIn(t.Context(), "container", l, "GPMotion.listenGyro", []byte(`{"frequency":0.1}`))
	must(t, err)
	if entry := p.entry(reply.CallID); !strings.Contains(entry.Next, "every 0.1 ms; readings come every 10 ms") {
		t.Errorf("the journal says %q", entry.Next)
	}
}

func TestMotion_path_plays_by_the_clock(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	p.device(`{"motion":{"path":{"points":[{"at_ms":0,"beta":0,"gamma":0,"heading":350},{"at_ms":1000,"beta":90,"gamma":0,"heading":10}],"loop":false,"started_at":0}}}`)
	for _, c := range []struct {
		after         time.Duration
		heading, y, z float64
	}{{0, 350, 0, 1}, {500 * time.Millisecond, 0, 0.7071, 0.7071}, {500 * time.Millisecond, 10, 1, 0}, {time.Hour, 10, 1, 0}} {
		if c.after > 0 {
			p.forward(c.after)
		}
		m, err := p.sim.Motion(t.Context(), l)
		must(t, err)
		if near := func(a, b float64) bool { return a-b < 0.001 && b-a < 0.001 }; !near(m.Heading, c.heading) || !near(m.Gravity.Y, c.y) || !near(m.Gravity.Z, c.z) || !near(m.Acceleration.Y, c.y*9.80665) {
			t.Errorf("after %v: %+v", c.after, m)
		}
	}
}
