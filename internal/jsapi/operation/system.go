package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// SystemInfo is the result of [ReadSystemInfo], and a host's answer. The platform
// itself sets os_type and app_version.
type SystemInfo struct {
	OSType     int    `json:"os_type"`
	Emulator   bool   `json:"is_emulator"`
	Rooted     bool   `json:"is_rooted"`
	WifiBSSID  string `json:"wifi_bssid"`
	WifiSSID   string `json:"wifi_ssid"`
	Brand      string `json:"brand"`
	Model      string `json:"model"`
	Product    string `json:"product"`
	UUID       string `json:"uuid"`
	IDFA       string `json:"idfa"`
	IDFV       string `json:"idfv"`
	AppVersion string `json:"app_version"`
}

// ReadSystemInfo reads the description of the device.
var ReadSystemInfo = &jsapi.Operation{
	Name:    "system_info.read",
	Summary: "Describes the device and the GoPay app on it.",
	Params:  nothing,
	Result: schema.Object(
		schema.Required("os_type", schema.Number().Doc("1 for Android, 2 for iOS (the documentation lists no values).")),
		schema.Required("is_emulator", schema.Boolean()),
		schema.Required("is_rooted", schema.Boolean()),
		schema.Required("wifi_bssid", schema.String().Doc("Empty without the consent `wifi`.")),
		schema.Required("wifi_ssid", schema.String().Doc("Empty without the consent `wifi`.")),
		schema.Required("brand", schema.String()),
		schema.Required("model", schema.String()),
		schema.Required("product", schema.String()),
		schema.Required("uuid", schema.String()),
		schema.Required("idfa", schema.String().Doc("Empty on Android.")),
		schema.Required("idfv", schema.String().Doc("Empty on Android.")),
		schema.Required("app_version", schema.String().Doc("The GoPay app's version.")),
	),
	Consent: consent.DeviceInfo,
	Run:     sensor(ask.SystemInfo),
	Resume: func(ctx context.Context, c *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		var info SystemInfo
		if err := answer.Sensed(&info); err != nil {
			return jsapi.Step{}, err
		}
		switch err := c.May(ctx, consent.Wifi); {
		case problem.Is(err, problem.NotPermitted, problem.ConsentMissing):
			info.WifiBSSID, info.WifiSSID = "", ""
		case err != nil:
			return jsapi.Step{}, err
		}
		info.OSType, info.AppVersion = c.Device.OS.Number(), c.Device.AppVersion.String()
		return jsapi.Step{Data: info}, nil
	},
}
