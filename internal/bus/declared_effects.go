package bus

import "github.com/selasar/selasar/internal/jsapi/schema"

// color is a colour of the documentation.
var color = schema.String().Doc("`#RRGGBB` or `#RRGGBBAA`; the last two digits are the opacity.")

// ofEffects are the events by which calls change the host's screen or device.
var ofEffects = []Declaration{
	{
		Name: ToastShown, Type: "ToastShownEvent", Report: true, Summary: "Show a short text in the middle of the screen. It is text, never HTML.",
		Data: schema.Object(callID, page, schema.Required("message", schema.String()), schema.Required("duration_ms", schema.Integer())),
	},
	{
		Name: BarChanged, Type: "NavigationBarChangedEvent", Report: true,
		Summary: "Change the navigation bar of the mini app. An absent member stays as it is.",
		Data: schema.Object(callID, page,
			schema.Optional("title", schema.String().Doc("Text, never HTML.")),
			schema.Optional("title_color", color),
			schema.Optional("background_color", color),
			schema.Optional("bar_style", schema.Enum("normal", "float").Doc("`float`: the bar is above the page, which begins at the top of the screen.")),
			schema.Optional("theme", schema.Enum("light", "dark").Doc("The buttons on the right side of the bar.")),
			schema.Optional("hide_back_button", schema.Boolean())),
	},
	{
		Name: Vibrated, Type: "VibrationStartedEvent", Report: true, Summary: "Let the device vibrate.",
		Data: schema.Object(callID, page, schema.Required("duration_ms", schema.Integer())),
	},
	{
		Name: ClipboardSet, Type: "ClipboardWrittenEvent", Report: true, Summary: "Put a text on the clipboard of the device.",
		Data: schema.Object(callID, page, schema.Required("text", schema.String())),
	},
	{
		Name: PagePushed, Type: "PagePushedEvent", Report: true, Summary: "Open another page of the mini app above the page that called.",
		Data: schema.Object(callID, page, schema.Required("path", schema.String().Doc("On the mini app's origin, with query and fragment."))),
	},
	{
		Name: PagePopped, Type: "PagePoppedEvent", Report: true, Summary: "Close the page that called, and show the page below it. The first page of the launch stays.",
		Data: schema.Object(callID, page),
	},
}
