package hostapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// news is an event of a launch as its host receives it.
type news struct {
	Name, Event string
	Seq         int64
	Data        struct {
		CallID       string `json:"call_id"`
		Subscription string
		Name         string
		Reason       string
		Data         *struct{ N int }
		Error        *struct{ Code int }
	}
}

// transports are the two ways by which a host receives events.
var transports = map[string]func(l apitest.Launch) (next func() news){
	"the socket": func(l apitest.Launch) func() news {
		c := l.Dial()
		return func() (n news) {
			apitest.Must(l.T, json.Unmarshal([]byte(c.Hear().Member("event")), &n))
			return n
		}
	},
	"the stream": func(l apitest.Launch) func() news {
		all := l.Stream(l.Path("/events"), apitest.Bearer(l.Token))
		return func() (n news) {
			select {
			case got := <-all:
				apitest.Must(l.T, json.Unmarshal([]byte(got.Data), &n))
			case <-time.After(20 * time.Second):
				l.T.Fatal("no event comes")
			}
			return n
		}
	},
}

func TestSubscription_and_jobs_reach_the_host_and_end_with_the_launch(t *testing.T) {
	t.Parallel()
	for name, connect := range transports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := apitest.StartIn(t, toy(t))
			l := d.Open(apitest.AllowAll)
			next := connect(l)
			start := func(method, params string) string {
				got := d.Post(l.Path("/calls"), `{"dialect":"toy","method":"`+method+`","params":`+params+`}`, apitest.Bearer(l.Token)).OK(200)
				return got.Text("call_id")
			}
			nextOf := func(event string) news { // readings come in between
				for {
					n := next()
					if n.Event == event {
						return n
					}
					if n.Event != "subscription.reading" {
						t.Fatalf("got %+v, want %s", n, event)
					}
				}
			}

			ticks := start("Tick.start", "{}")
			for range 3 {
				n := next()
				if n.Name != "subscription_reading" || n.Event != "subscription.reading" || n.Data.CallID != ticks ||
					n.Data.Subscription != "tick" || n.Data.Name != "Toy.tick" || n.Data.Data == nil {
					t.Fatalf("got %+v", n)
				}
			}
			d.Patch("/control/v1/consents", `{"name":"wifi","state":"revoked"}`)
			if n := nextOf("consent.changed"); n.Name != "consent_changed" || n.Data.Name != "wifi" {
				t.Errorf("got %+v", n)
			}
			for how, want := range map[string][2]string{"well": {"job.done", "Toy.sent"}, "badly": {"job.failed", "Toy.unsent"}} {
				job := start("File.upload", `{"how":"`+how+`"}`)
				if n := nextOf("job.progress"); n.Name != "job_progress" || n.Data.CallID != job || n.Data.Name != "Toy.sending" || n.Data.Data == nil || n.Data.Data.N != 50 {
					t.Errorf("%s: got %+v", how, n)
				}
				if n := nextOf(want[0]); n.Data.CallID != job || n.Data.Name != want[1] || (n.Data.Error != nil) != (how == "badly") {
					t.Errorf("%s: got %+v", how, n)
				}
			}
			job := start("File.upload", `{"how":"never"}`)
			nextOf("job.progress")
			d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
			ended := map[string]news{}
			for n := next(); n.Event != "launch.ended"; n = next() {
				ended[n.Event] = n
				if n.Event == "subscription.reading" && ended["subscription.ended"].Event != "" {
					t.Error("a reading follows the end of its subscription")
				}
			}
			if n := ended["subscription.ended"]; n.Data.CallID != ticks || n.Data.Reason != "launch_ended" {
				t.Errorf("the subscription ended with %+v", n)
			}
			if n := ended["job.failed"]; n.Data.CallID != job || n.Data.Reason != "launch_ended" {
				t.Errorf("the job ended with %+v", n)
			}
		})
	}
}
