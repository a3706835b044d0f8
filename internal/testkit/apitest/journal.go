package apitest

import (
	"encoding/json"
	"reflect"
)

// Told gives the journal's entries of a kind as "title: outcome", in order.
func (d *Platform) Told(kind string) (list []string) {
	d.T.Helper()
	var all struct {
		Entries []struct{ Kind, Title, Outcome string }
	}
	d.Get("/control/v1/journal").Into(&all)
	for _, e := range all.Entries {
		if e.Kind == kind {
			list = append(list, e.Title+": "+e.Outcome)
		}
	}
	return list
}

func (d *Platform) Tells(kind string, want ...string) {
	d.T.Helper()
	if got := d.Told(kind); !reflect.DeepEqual(got, want) {
		d.T.Errorf("the journal tells %q of %s, want %q", got, kind, want)
	}
}

// backendEntry is an entry of the journal.
type backendEntry struct {
	Kind, Title, Next string
	MiniApp           string `json:"mini_app_id"`
	User              string `json:"user_id"`
	Launch            string `json:"launch_id"`
	Detail            map[string]any
}

// Everywhere is what the platform tells of itself: the journal, the state, and
// every list of the control API.
func (d *Platform) Everywhere() map[string]string {
	d.T.Helper()
	seen := map[string]string{}
	for _, path := range []string{"journal", "state", "users", "consents", "payments", "notifications", "messages", "wallet", "faults", "device", "answers", "clock"} {
		seen[path] = string(d.Get("/control/v1/" + path).Body)
	}
	return seen
}

// Requests gives the journal's entries of requests, oldest first.
func (d *Platform) Requests() (list []Entry) {
	d.T.Helper()
	var got struct{ Entries []Entry }
	d.Get("/control/v1/journal?limit=1000").Into(&got)
	for _, e := range got.Entries {
		if e.Kind == "request" {
			list = append(list, e)
		}
	}
	return list
}

type Entry struct {
	Event, Kind, Title, Message, Next, Payment, Outcome string
	Code                                                int
	Detail                                              json.RawMessage
}

// Of gives the journal's entries of a payment, oldest first.
func (d *Platform) Of(ref string) (list []Entry) {
	d.T.Helper()
	var got struct{ Entries []Entry }
	d.Get("/control/v1/journal").Into(&got)
	for _, e := range got.Entries {
		if e.Payment == ref {
			list = append(list, e)
		}
	}
	return list
}
