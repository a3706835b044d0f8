package jsapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	happened "github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// startMotion, stopMotion and save are operations of these tests: a
// subscription that needs the location consent, and a job.
var (
	startMotion = &jsapi.Operation{
		Name: "motion.start", Consent: consent.Location,
		Params: schema.Object(schema.Default("every", schema.Integer(), 10.0), schema.Default("fail", schema.Boolean(), false)),
		Result: schema.Object(schema.Required("msg", schema.String())),
		Event:  schema.Object(schema.Required("x", schema.Number())),
		Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
			fail := c.Params.Bool("fail")
			n := 0
			return jsapi.Step{Data: map[string]any{"msg": "STARTED"}, Feed: &jsapi.Feed{
				Key: "motion", Every: time.Duration(c.Params.Number("every")) * time.Millisecond,
				Read: func(context.Context) (any, error) {
					if n++; fail && n > 2 {
						return nil, problem.New(problem.DeviceLacks, "the sensor broke")
					}
					return map[string]any{"x": n}, nil
				},
			}}, nil
		},
	}
	stopMotion = &jsapi.Operation{
		Name: "motion.stop", Params: schema.Object(), Result: schema.Object(schema.Required("msg", schema.String())),
		Run: func(context.Context, *jsapi.Call) (jsapi.Step, error) {
			return jsapi.Step{Data: map[string]any{"msg": "STOPPED"}, Stop: "motion"}, nil
		},
	}
	save = &jsapi.Operation{
		Name: "file.save", Params: schema.Object(schema.Required("how", schema.Enum("well", "badly", "wrongly", "never"))),
		Result: schema.Object(schema.Required("msg", schema.String())),
		Event:  schema.Object(schema.Required("percent", schema.Integer())),
		Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
			how := c.Params.Text("how")
			return jsapi.Step{Data: map[string]any{"msg": "SAVE_STARTED"}, Work: &jsapi.Work{
				Do: func(ctx context.Context, progress func(any) error) (any, error) {
					if err := progress(map[string]any{"percent": 50}); err != nil {
						return nil, err
					}
					switch how {
					case "badly":
						return nil, problem.New(problem.Offline, "the file cannot be read")
					case "wrongly":
						return map[string]any{"percent": "private-text"}, nil
					case "never":
						<-ctx.Done()
						return nil, ctx.Err()
					}
					return map[string]any{"percent": 100}, nil
				},
			}}, nil
		},
	}
)

// listens returns a listener for all events of a launch.
func (p *platform) listens(launchID string) *bus.Listener {
	l := p.events.Listen(bus.Of{Launch: launchID, User: p.sari.ID, MiniApp: "kopi"})
	p.t.Cleanup(l.Stop)
	return l
}

// nextOf returns the next event that is not a reading.
func (p *platform) nextOf(l *bus.Listener) bus.Event {
	p.t.Helper()
	for {
		if e := p.next(l); e.Event != bus.SubscriptionReading {
			return e
		}
	}
}

func TestSubscription_reads_until_a_call_stops_it(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	heard := p.listens(l)
	started, got := p.toyCall(l, "Motion.start", "")
	if got != `{"ret":"TOY_OK","data":{"msg":"STARTED"}}` {
		t.Fatal(got)
	}
	last := 0
	for range 3 {
		e := p.next(heard)
		var x int
		at := p.clock.Now().UnixMilli()
		form := `{"call_id":"` + started.CallID + `","subscription":"motion","name":"Toy.motion","at":` + fmt.Sprint(at) + `,"data":{"x":%d}}`
		if _, err := fmt.Sscanf(show(e.Data), form, &x); err != nil || e.Event != bus.SubscriptionReading || x <= last {
			t.Fatalf("received %s after reading %d: %v", show(e), last, err)
		}
		last = x
	}
	p.toyCall(l, "Motion.stop", "")
	if e := p.nextOf(heard); e.Event != bus.SubscriptionEnded || show(e.Data) != `{"call_id":"`+started.CallID+`","subscription":"motion","reason":"stopped"}` {
		t.Errorf("received %s", show(e))
	}
	if e, ok, _ := heard.Take(); ok {
		t.Errorf("received %s after its end", show(e))
	}
	p.toyCall(l, "Motion.stop", "") // without a running subscription
	list, _, _ := p.journal.Since(0, 0)
	for _, e := range list {
		if strings.Contains(show(e), `"x"`) {
			t.Errorf("a reading is in the journal: %s", show(e))
		}
	}
}

func TestSubscription_is_replaced_by_a_second_start(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	heard := p.listens(l)
	first, _ := p.toyCall(l, "Motion.start", "")
	second, _ := p.toyCall(l, "Motion.start", "")
	if e := p.nextOf(heard); !strings.Contains(show(e.Data), first.CallID) || !strings.Contains(show(e.Data), `"replaced"`) {
		t.Errorf("received %s", show(e))
	}
	if e := p.next(heard); !strings.Contains(show(e.Data), second.CallID) {
		t.Errorf("received %s", show(e))
	}
}

func TestSubscription_ends_when_its_permission_ends(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(p *platform, launchID string)
		want   string
	}{
		"the launch":     {func(p *platform, l string) { must(p.t, p.engine.End(p.t.Context(), l, happened.UserClosed)) }, `"reason":"launch_ended"`},
		"the consent":    {func(p *platform, _ string) { p.consent(p.sari, "location", consent.StateRevoked) }, `withdrawn`},
		"the mini app":   {func(p *platform, _ string) { p.suspend(true) }, `suspended`},
		"all launches":   {func(p *platform, _ string) { p.engine.Background.EndAll() }, `"reason":"launch_ended"`},
		"the platform":   {func(p *platform, _ string) { p.engine.Background.Close() }, `"reason":"platform_stopped"`},
		"its own sensor": {func(p *platform, l string) { p.toyCall(l, "Motion.start", `{"fail":true}`) }, `"reason":"failed","error":{"code":7,"message":"the sensor broke"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := spoken(t)
			l := p.trusted()
			heard := p.listens(l)
			p.toyCall(l, "Motion.start", "")
			p.next(heard)
			c.change(p, l)
			for {
				e := p.nextOf(heard)
				if e.Event == bus.SubscriptionEnded && strings.Contains(show(e.Data), c.want) {
					break
				}
				if e.Event == bus.LaunchEnded {
					t.Fatal("the launch ended before its subscription")
				}
			}
			for {
				e, ok, err := heard.Take()
				if must(t, err); !ok {
					break
				}
				if e.Event == bus.SubscriptionReading {
					t.Errorf("a reading follows its end: %s", show(e))
				}
			}
		})
	}
}

func TestSubscription_of_a_call_that_fails_does_not_start(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.launched(p.sari, `{"answer":"allow","consents":[]}`)
	heard := p.listens(l)
	if _, got := p.toyCall(l, "Motion.start", ""); !strings.Contains(got, "TOY_FAILED") {
		t.Fatal(got)
	}
	p.engine.Background.Close()
	if e, ok, _ := heard.Take(); ok {
		t.Errorf("received %s", show(e))
	}
}

func TestReadings_do_not_delay_the_event_of_a_withdrawn_consent(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	heard := p.listens(l)
	for range 5000 {
		p.events.Offer(bus.Of{Launch: l}, "motion", bus.New(bus.SubscriptionReading, nil))
	}
	p.consent(p.sari, "wifi", consent.StateRevoked)
	if e := p.next(heard); e.Event != bus.ConsentChanged {
		t.Errorf("received %s first", show(e))
	}
}

func TestJob_is_accepted_now_and_settles_once_later(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	for how, want := range map[string]struct {
		event bus.Name
		data  string
	}{
		"well":    {bus.JobDone, `"name":"Toy.saved","data":{"percent":100}}`},
		"badly":   {bus.JobFailed, `"name":"Toy.unsaved","reason":"failed","error":{"code":7,"message":"the file cannot be read"}}`},
		"wrongly": {bus.JobFailed, `"name":"Toy.unsaved","reason":"failed","error":{"code":7,"message":"something went wrong inside`},
	} {
		heard := p.listens(l)
		accepted, got := p.toyCall(l, "File.save", `{"how":"`+how+`"}`)
		if got != `{"ret":"TOY_OK","data":{"msg":"SAVE_STARTED"}}` {
			t.Fatal(got)
		}
		if e := p.next(heard); e.Event != bus.JobProgress || show(e.Data) != `{"call_id":"`+accepted.CallID+`","name":"Toy.saving","data":{"percent":50}}` {
			t.Errorf("%s: received %s", how, show(e))
		}
		e := p.next(heard)
		if e.Event != want.event || !strings.Contains(show(e.Data), accepted.CallID) || !strings.Contains(show(e.Data), want.data) || strings.Contains(show(e), "private-text") {
			t.Errorf("%s: received %s", how, show(e))
		}
		heard.Stop()
	}
}

func TestJob_is_settled_when_its_launch_ends(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	heard := p.listens(l)
	p.toyCall(l, "File.save", `{"how":"never"}`)
	p.next(heard) // its progress
	must(t, p.engine.End(t.Context(), l, happened.UserClosed))
	if e := p.next(heard); e.Event != bus.JobFailed || !strings.Contains(show(e.Data), `"reason":"launch_ended"`) {
		t.Errorf("received %s", show(e))
	}
	if e := p.next(heard); e.Event != bus.LaunchEnded {
		t.Errorf("received %s", show(e))
	}
	p.engine.Background.Close()
	if e, ok, _ := heard.Take(); ok {
		t.Errorf("received %s: the job settled twice", show(e))
	}
}

func TestJobs_of_a_launch_are_limited(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l, other := p.trusted(), p.trusted()
	for range 32 {
		if _, got := p.toyCall(l, "File.save", `{"how":"never"}`); !strings.Contains(got, "TOY_OK") {
			t.Fatal(got)
		}
	}
	if _, got := p.toyCall(l, "File.save", `{"how":"never"}`); !strings.Contains(got, "TOY_FAILED") {
		t.Errorf("a 33rd job was accepted: %s", got)
	}
	if _, got := p.toyCall(other, "File.save", `{"how":"never"}`); !strings.Contains(got, "TOY_OK") {
		t.Errorf("another launch was refused: %s", got)
	}
}
