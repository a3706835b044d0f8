package bus

import (
	"strings"

	"github.com/selasar/selasar/internal/language"
)

// Name is the machine name of an event, in the member "event".
type Name string

// Wire is the name with an underscore, in the member "name": "launch_ended". Hosts
// that are older than the member "event" use it.
func (n Name) Wire() string { return strings.ReplaceAll(string(n), ".", "_") }

// Event is an event for the host of a launch. [New] makes one.
type Event struct {
	Name  string `json:"name"`
	Event Name   `json:"event"`
	// Seq is the number of a report: the end of a subscription, or an event of a job. It
	// increases within the launch. Other events have none.
	Seq  int64 `json:"seq,omitempty"`
	Data any   `json:"data"`
}

// New returns an event with its machine name and its name on the wire. Data is of the
// event's type in data.go.
func New(name Name, data any) Event { return Event{Name: name.Wire(), Event: name, Data: data} }

// In returns the event with its texts in a language.
func (e Event) In(l language.Language) Event {
	if ending, ok := e.Data.(LaunchEnding); ok {
		ending.Message = ending.Words.In(l)
		e.Data = ending
	}
	return e
}

// Of names the audience of an event, or the launch of a listener. An empty member of
// an event's Of matches every listener.
type Of struct {
	Launch  string
	User    string
	MiniApp string
}

func (o Of) reaches(listener Of) bool {
	return (o.Launch == "" || o.Launch == listener.Launch) &&
		(o.User == "" || o.User == listener.User) &&
		(o.MiniApp == "" || o.MiniApp == listener.MiniApp)
}
