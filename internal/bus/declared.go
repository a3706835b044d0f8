package bus

import (
	"slices"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// Declaration describes an event. Hosts' types and documents are generated from it.
type Declaration struct {
	Name    Name
	Type    string // what its type is called in documents: "AskClosedEvent"
	Summary string
	Report  bool          // it has a number, and a host that reconnects gets it again
	Data    schema.Schema // an object
}

var (
	reason = schema.Enum(event.Reasons()...).Titled("EndReason").Doc("Why something ended.")

	callID = schema.Required("call_id", schema.String().Doc("The call that started it."))

	page = schema.Optional("page", schema.Integer().Doc("The host's number of the page that called, if the call had one."))

	forms = schema.Optional("variants", schema.Map(schema.String()).Doc("The readings of the documentation that decide the form of the event in the page. Absent for the defaults."))

	label = schema.Optional("name", schema.String().Doc("The dialect's name of the event."))

	wrong = schema.Object(
		schema.Required("code", schema.Integer()),
		schema.Required("message", schema.String()),
	).Titled("EventError").Doc("The error in the dialect of the call.")
)

// Declarations are all events, in the order of the documentation.
var Declarations = slices.Concat(ofLaunches, ofEffects)

var ofLaunches = []Declaration{
	{
		Name: ConsentChanged, Type: "ConsentChangedEvent", Summary: "The user has decided about a consent, in any place.",
		Data: schema.Object(schema.Required("name", schema.String()), schema.Required("state", schema.String().Titled("ConsentState"))),
	},
	{Name: DeviceChanged, Type: "DeviceChangedEvent", Summary: "The device has changed. Ask for the state that you need.", Data: schema.Object()},
	{
		Name: CallSettled, Type: "CallSettledEvent", Summary: "A call that waited for the host has a result without the host's answer.",
		Data: schema.Object(schema.Required("call_id", schema.String()), schema.Required("result", schema.Any().Titled("CallResult"))),
	},
	{
		Name: AskClosed, Type: "AskClosedEvent", Summary: "An ask was closed without an answer. Close its sheet.",
		Data: schema.Object(schema.Required("ask_id", schema.String()), schema.Required("reason", reason)),
	},
	{
		Name: LaunchEnded, Type: "LaunchEndedEvent", Summary: "The launch has ended.",
		Data: schema.Object(schema.Required("reason", reason), schema.Required("message", schema.String().Doc("The reason in words, in the language of the listener."))),
	},
	{
		Name: SubscriptionReading, Type: "SubscriptionReadingEvent", Summary: "The newest value of a subscription.",
		Data: schema.Object(callID, page, schema.Required("subscription", schema.String()), label,
			schema.Required("at", schema.Integer().Titled("Time")), schema.Required("data", schema.Any()), forms),
	},
	{
		Name: SubscriptionEnded, Type: "SubscriptionEndedEvent", Report: true, Summary: "A subscription has ended. No reading follows.",
		Data: schema.Object(callID, page, schema.Required("subscription", schema.String()), schema.Required("reason", reason), schema.Optional("error", wrong)),
	},
	{
		Name: JobProgress, Type: "JobProgressEvent", Report: true, Summary: "A job has got on.",
		Data: schema.Object(callID, page, label, schema.Required("data", schema.Any()), forms),
	},
	{
		Name: JobDone, Type: "JobDoneEvent", Report: true, Summary: "A job is done. No event of it follows.",
		Data: schema.Object(callID, page, label, schema.Required("data", schema.Any()), forms),
	},
	{
		Name: JobFailed, Type: "JobFailedEvent", Report: true, Summary: "A job has failed, or was given up. No event of it follows.",
		Data: schema.Object(callID, page, label, schema.Required("reason", reason), schema.Required("error", wrong),
			schema.Optional("data", schema.Any().Doc("The value for the page, if the dialect has one for a failure.")), forms),
	},
}
