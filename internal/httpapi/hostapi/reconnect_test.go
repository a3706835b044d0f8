package hostapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

// again connects to a launch after the report with a number, by the way of its name.
var again = map[string]func(l apitest.Launch, after int64) (next func() news, leave func()){
	"the socket": func(l apitest.Launch, after int64) (func() news, func()) {
		c := l.Connect()
		c.Say(fmt.Sprintf(`{"type":"hello","token":%q,"after":%d}`, l.Token, after))
		if got := string(c.Hear().Body); got != `{"type":"ready"}` {
			l.T.Fatalf("got %s", got)
		}
		return func() (n news) {
			apitest.Must(l.T, json.Unmarshal([]byte(c.Hear().Member("event")), &n))
			return n
		}, c.Close
	},
	"the stream": func(l apitest.Launch, after int64) (func() news, func()) {
		id := func(after int64) string { return fmt.Sprint(after) }
		all := l.Stream(l.Path("/events"), apitest.Bearer(l.Token), apitest.With("Last-Event-ID", id(after)))
		return func() (n news) {
			select {
			case got := <-all:
				apitest.Must(l.T, json.Unmarshal([]byte(got.Data), &n))
				if n.Seq != 0 && got.ID != id(n.Seq) {
					l.T.Errorf("the id of %s is %q", got.Data, got.ID)
				}
			case <-time.After(20 * time.Second):
				l.T.Fatal("no event comes")
			}
			return n
		}, func() {}
	},
}

func TestHost_that_reconnects_gets_each_report_once_and_the_list_of_what_runs(t *testing.T) {
	t.Parallel()
	for name, connect := range again {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := apitest.StartIn(t, toy(t))
			l := d.Open(apitest.AllowAll)
			start := func(method, params string) string {
				got := d.Post(l.Path("/calls"), `{"dialect":"toy","method":"`+method+`","params":`+params+`}`, apitest.Bearer(l.Token)).OK(200)
				return got.Text("call_id")
			}
			next, leave := connect(l, 0)
			reports := func() news { // readings come in between
				for {
					if n := next(); n.Event != "subscription.reading" {
						return n
					}
				}
			}
			ticks := start("Tick.start", "{}")
			first := start("File.upload", `{"how":"well"}`)
			seen := reports()
			if seen.Event != "job.progress" || seen.Data.CallID != first || seen.Seq == 0 {
				t.Fatalf("got %+v", seen)
			}
			reports() // this host sees that the job is done, and forgets it
			leave()

			never := start("File.upload", `{"how":"never"}`)
			second := start("File.upload", `{"how":"badly"}`)
			next, leave = connect(l, seen.Seq)
			defer leave()
			last := seen.Seq
			got := map[string][]string{}
			for range 4 {
				n := reports()
				if n.Seq <= last {
					t.Errorf("%+v comes after the report %d", n, last)
				}
				last = n.Seq
				got[n.Data.CallID] = append(got[n.Data.CallID], n.Event)
			}
			for call, want := range map[string]string{first: "[job.done]", never: "[job.progress]", second: "[job.progress job.failed]"} {
				if fmt.Sprint(got[call]) != want {
					t.Errorf("got %v of %s, want %s", got[call], call, want)
				}
			}
			var list jsapi.Running
			d.Get(l.Path("/background"), apitest.Bearer(l.Token)).Into(&list)
			if len(list.Subscriptions) != 1 || len(list.Jobs) != 1 {
				t.Fatalf("running: %+v", list)
			}
			ticking, job := list.Subscriptions[0], list.Jobs[0]
			if ticking.CallID != ticks || ticking.Subscription != "tick" || ticking.Method != "Tick.start" || ticking.StartedAt == 0 || job.CallID != never || job.Method != "File.upload" {
				t.Errorf("running: %+v", list)
			}
			start("Tick.stop", "{}")
			if n := reports(); n.Event != "subscription.ended" || n.Data.Reason != "stopped" || n.Seq <= last {
				t.Errorf("the live event is %+v", n)
			}
		})
	}
}

func TestBackground_is_listed_over_the_socket_and_only_in_a_running_launch(t *testing.T) {
	t.Parallel()
	d := apitest.StartIn(t, toy(t))
	l := d.Open(apitest.AllowAll)
	c := l.Dial()
	c.Say(`{"id":1,"type":"background"}`)
	if got := string(c.Hear().Body); got != `{"id":1,"type":"reply","subscriptions":[],"jobs":[]}` {
		t.Errorf("got %s", got)
	}
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	d.Send("GET", l.Path("/background"), "", apitest.Bearer(l.Token)).Refused(410, "launch_ended")
}

func TestStream_refuses_an_unreadable_number_of_a_report(t *testing.T) {
	t.Parallel()
	l := apitest.Start(t).Open(apitest.AllowAll)
	l.Send("GET", l.Path("/events"), "", apitest.Bearer(l.Token), apitest.With("Last-Event-ID", "x")).Refused(400, "bad_request", "whole number")
}

func TestEnd_of_a_launch_is_told_in_the_language_of_its_host(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	english := d.Stream(l.Path("/events"), apitest.Bearer(l.Token))
	indonesian := d.Stream(l.Path("/events?lang=id"), apitest.Bearer(l.Token), apitest.With("Accept-Language", "en"))
	d.Send("GET", l.Path("/events?lang=fr"), "", apitest.Bearer(l.Token)).Refused(400, "bad_request", "en or id")
	d.Send("GET", l.Path("?lang=fr"), "", apitest.Bearer(l.Token)).Refused(400, "bad_request", "en or id")
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	for all, want := range map[<-chan apitest.Happening]string{
		english: "the user closed the mini app", indonesian: "pengguna menutup mini app",
	} {
		if got := apitest.Next(t, all, "launch_ended"); !strings.Contains(got.Data, `"data":{"reason":"user_closed","message":"`+want+`"}`) {
			t.Errorf("got %s, want %s", got.Data, want)
		}
	}
	for query, want := range map[string]string{"": "the user closed the mini app", "?lang=id": "pengguna menutup mini app"} {
		got := d.Get(l.Path(query), apitest.Bearer(l.Token))
		if got.Text("reason") != "user_closed" || got.Text("message") != want {
			t.Errorf("%s: got %s", query, got.Body)
		}
	}
}
