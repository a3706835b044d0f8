package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// WifiInfo is the result of [ReadWifiInfo], and a host's answer.
type WifiInfo struct {
	BSSID string `json:"wifi_bssid"`
	SSID  string `json:"wifi_ssid"`
}

// ReadWifiInfo reads the wifi network that the device is on.
var ReadWifiInfo = &jsapi.Operation{
	Name:    "wifi_info.read",
	Summary: "Returns the wifi network that the device uses.",
	Params:  nothing,
	Result: schema.Object(
		schema.Required("wifi_bssid", schema.String()),
		schema.Required("wifi_ssid", schema.String()),
	),
	Consent: consent.Wifi,
	Needs:   device.WifiConnection,
	Run:     sensor(ask.WifiInfo),
	Resume: func(_ context.Context, _ *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		var info WifiInfo
		err := answer.Sensed(&info)
		return jsapi.Step{Data: info}, err
	},
}
