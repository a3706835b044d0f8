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

// Wire is the name with an underscore, in the member "name": "launch_ended". Hosts
// that are older than the member "event" use it.
func (n Name) Wire() string { return strings.ReplaceAll(string(n), ".", "_") }

// Event is an event for the host of a launch. [New] makes one.
type Event struct {
	Name  string `json:"name"`
	Event Name   `json:"event"`
	Data  any    `json:"data"`
}

// New returns an event with its machine name and its name on the wire.
func New(name Name, data any) Event { return Event{name.Wire(), name, data} }

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
