package bus

import "strings"

// Name is the machine name of an event, in the member "event".
type Name string

// The events of the reliable lane.
const (
	ConsentChanged Name = "consent.changed"
	DeviceChanged  Name = "device.changed"
	CallSettled    Name = "call.settled"
	AskClosed      Name = "ask.closed"
	LaunchEnded    Name = "launch.ended"
)

// Wire is the name with an underscore, in the member "name": "launch_ended".
// Hosts that were written before the member "event" decide by it.
func (n Name) Wire() string { return strings.ReplaceAll(string(n), ".", "_") }

// Event is one piece of news for the host of a launch. Make it with [New].
type Event struct {
	Name  string `json:"name"`
	Event Name   `json:"event"`
	Data  any    `json:"data"`
}

// New returns an event under its machine name, with the name on the wire
// beside it.
func New(name Name, data any) Event { return Event{name.Wire(), name, data} }

// Of says whose an event is, and what a listener hears. An empty member of an
// event's Of stands for all.
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
