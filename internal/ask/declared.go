package ask

import "github.com/selasar/selasar/internal/jsapi/schema"

var (
	app = schema.Object(
		schema.Required("id", schema.String()),
		schema.Required("name", schema.String()),
		schema.Required("icon_url", schema.String()),
		schema.Required("origin", schema.String()),
		schema.Required("generation", schema.String()),
	).Titled("App").Doc("The mini app behind the ask.")

	amount = schema.Object(
		schema.Required("value", schema.String()),
		schema.Required("currency", schema.String()),
	).Titled("Money").Doc("An amount in the form of BI-SNAP, `{value: \"15000.00\", currency: \"IDR\"}`.")

	instant = schema.Integer().Titled("Time")

	offered = schema.Object(
		schema.Required("name", schema.String()),
		schema.Required("title", schema.Object(schema.Required("en", schema.String()), schema.Required("id", schema.String()))),
		schema.Required("mandatory", schema.Boolean().Doc("An `allow` must include a mandatory consent.")),
		schema.Required("reason", schema.String().Doc("The reason in the manifest.")),
	).Titled("AskedConsent").Doc("One consent that the sheet lists.")

	nothing = schema.Object()
)

// Declarations are all kinds of ask, in the order of the documentation.
var Declarations = []Declaration{
	{
		Kind: Consent, Type: "ConsentSheet", Answer: "ConsentAnswer", Personal: true, Default: "decline",
		Summary: "Show the consent sheet, before the launch opens or for a call that requests one consent.",
		Show: schema.Object(
			schema.Required("phase", schema.Enum("launch", "call")),
			schema.Required("app", app),
			schema.Required("consents", schema.List(offered)),
		),
		Answers: []Form{
			{"allow", schema.Object(schema.Optional("consents", schema.List(schema.String()).Doc("The consents that the user gives. The default is all of them."))), true},
			{"decline", nothing, false},
		},
	},
	{
		Kind: Payment, Type: "PaymentSheet", Answer: "PaymentAnswer", Personal: true, Default: "pending",
		Summary: "Show the payment sheet.",
		Show: schema.Object(
			schema.Required("app", app),
			schema.Required("payment", schema.Object(
				schema.Required("reference_no", schema.String()),
				schema.Required("amount", amount),
				schema.Required("title", schema.String()),
				schema.Required("expires_at", instant),
			)),
			schema.Optional("wallet", schema.Object(schema.Required("balance", amount), schema.Required("sufficient", schema.Boolean())).
				Doc("Absent if the money is at the operator's provider.")),
		),
		Answers: []Form{{"success", nothing, true}, {"cancelled", nothing, false}, {"failed", nothing, true}, {"pending", nothing, false}},
	},
	{
		Kind: Deeplink, Type: "DeeplinkSheet", Answer: "DeeplinkAnswer", Personal: true, Default: "decline",
		Summary: "Show the deeplink's destination.",
		Show:    schema.Object(schema.Required("app", app), schema.Required("deeplink", schema.String())),
		Answers: []Form{{"open", nothing, true}, {"decline", nothing, false}},
	},
	{
		Kind: Share, Type: "ShareSheet", Answer: "ShareAnswer", Personal: true, Default: "cancelled",
		Summary: "Show the share sheet of the device with a text.",
		Show:    schema.Object(schema.Required("app", app), schema.Required("text", schema.String())),
		Answers: []Form{{"shared", nothing, false}, {"cancelled", nothing, false}},
	},
	{
		Kind: Camera, Type: "CameraSheet", Answer: "CameraAnswer", Personal: true, Default: "cancelled",
		Summary: "Take a picture, or let the person choose one. Upload it as a blob of the launch first.",
		Show: schema.Object(
			schema.Required("app", app),
			schema.Required("mode", schema.Enum("camera", "photo", "both").Doc("`camera` takes a picture, `photo` chooses one of the gallery, `both` lets the person decide.")),
		),
		Answers: []Form{
			{"taken", schema.Object(schema.Required("photo", schema.Blob().Doc("The id of the blob. Its type is an image."))), false},
			{"cancelled", nothing, false}, {"denied", nothing, false}, {"unavailable", nothing, false},
		},
	},
	{
		Kind: URI, Type: "URISheet", Answer: "URIAnswer", Personal: true, Default: "decline",
		Summary: "Open an address in the browser, outside the mini app.",
		Show:    schema.Object(schema.Required("app", app), schema.Required("uri", schema.String())),
		Answers: []Form{{"open", nothing, false}, {"decline", nothing, false}},
	},
	sensor(Location, "Location", "Read the position of the device.", schema.Object(
		schema.Required("latitude", schema.Number().Range(-90, 90)),
		schema.Required("longitude", schema.Number().Range(-180, 180)),
		schema.Optional("time", schema.Integer().Doc("ms since the epoch. Without it, the platform's time counts.")),
	)),
	sensor(SystemInfo, "SystemInfo", "Describe the device.", schema.Object(
		schema.Optional("is_emulator", schema.Boolean()),
		schema.Optional("is_rooted", schema.Boolean()),
		schema.Optional("wifi_bssid", schema.String()),
		schema.Optional("wifi_ssid", schema.String()),
		schema.Optional("brand", schema.String()),
		schema.Optional("model", schema.String()),
		schema.Optional("product", schema.String()),
		schema.Optional("uuid", schema.String()),
		schema.Optional("idfa", schema.String()),
		schema.Optional("idfv", schema.String()),
	)),
	sensor(WifiInfo, "WifiInfo", "Read the wifi network that the device uses.", schema.Object(
		schema.Optional("wifi_bssid", schema.String()),
		schema.Optional("wifi_ssid", schema.String()),
	)),
}

// sensor declares an ask that the device answers without a person. A server
// with a simulated device never sends one.
func sensor(kind Kind, name, summary string, data schema.Schema) Declaration {
	return Declaration{
		Kind: kind, Type: name + "Reading", Answer: name + "Answer", Summary: summary, Default: "unavailable", Show: schema.Object(schema.Optional("app", app)),
		Answers: []Form{{"ok", schema.Object(schema.Required("data", data)), false}, {"denied", nothing, false}, {"unavailable", nothing, false}, {"failed", nothing, false}},
	}
}
