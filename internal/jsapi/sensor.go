package jsapi

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
	"github.com/selasar/selasar/internal/version"
)

var getLocation = &Method{
	Name:    "getLocation",
	Summary: "Gives the position of the device.",
	Page:    "list-of-jssdks-webview-v1",
	Result: []Field{
		{Name: "latitude", Type: Number, Doc: "Degrees, WGS 84."},
		{Name: "longitude", Type: Number, Doc: "Degrees, WGS 84."},
		{Name: "time", Type: Number, Doc: "When the position was read, in ms since the epoch."},
	},
	Since:   version.Must("1.36.0"),
	Consent: consent.Location,
	Needs:   device.LocationServices,
	Run:     read(ask.Location),
	Resume: func(_ context.Context, c *Call, _ ask.Ask, answer Answer) (Step, error) {
		var at struct {
			Latitude  *float64 `json:"latitude"`
			Longitude *float64 `json:"longitude"`
			Time      int64    `json:"time"`
		}
		if err := answer.sensed(&at); err != nil {
			return Step{}, err
		}
		if at.Latitude == nil || at.Longitude == nil || *at.Latitude < -90 || *at.Latitude > 90 || *at.Longitude < -180 || *at.Longitude > 180 {
			return Step{}, problem.New(problem.AnswerInvalid, "a location has a latitude from -90 to 90 and a longitude from -180 to 180")
		}
		if at.Time == 0 {
			at.Time = c.now.UnixMilli()
		}
		return Step{Data: map[string]any{"latitude": *at.Latitude, "longitude": *at.Longitude, "time": at.Time}}, nil
	},
}

var getSystemInfo = &Method{
	Name:    "getSystemInfo",
	Summary: "Describes the device and the GoPay app on it.",
	Page:    "list-of-jssdks-webview-v1",
	Result: []Field{
		{Name: "os_type", Type: Number, Doc: "1 Android, 2 iOS (the documentation gives no values)."},
		{Name: "is_emulator", Type: Boolean},
		{Name: "is_rooted", Type: Boolean},
		{Name: "wifi_bssid", Type: String, Doc: "Empty unless the user has given the wifi consent too."},
		{Name: "wifi_ssid", Type: String, Doc: "Empty unless the user has given the wifi consent too."},
		{Name: "brand", Type: String},
		{Name: "model", Type: String},
		{Name: "product", Type: String},
		{Name: "uuid", Type: String},
		{Name: "idfa", Type: String, Doc: "Empty on Android."},
		{Name: "idfv", Type: String, Doc: "Empty on Android."},
		{Name: "app_version", Type: String, Doc: "The GoPay app's version."},
	},
	Since:   version.Must("1.36.0"),
	Consent: consent.DeviceInfo,
	Run:     read(ask.SystemInfo),
	Resume: func(ctx context.Context, c *Call, _ ask.Ask, answer Answer) (Step, error) {
		var info SystemInfo
		if err := answer.sensed(&info); err != nil {
			return Step{}, err
		}
		switch err := c.may(ctx, consent.Wifi); {
		case problem.Is(err, problem.NotPermitted, problem.ConsentMissing):
			info.WifiBSSID, info.WifiSSID = "", ""
		case err != nil:
			return Step{}, err
		}
		info.OSType, info.AppVersion = c.Device.OS.Number(), c.Device.AppVersion.String()
		return Step{Data: info}, nil
	},
}

// SystemInfo is the result of getSystemInfo, and what a host answers it with
// (os_type and app_version are the platform's own).
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

var getWifiInfo = &Method{
	Name:    "getWifiInfo",
	Summary: "Gives the name of the wifi network that the device is on.",
	Page:    "list-of-jssdks-webview-v1",
	Result: []Field{
		{Name: "wifi_bssid", Type: String},
		{Name: "wifi_ssid", Type: String},
	},
	Since:   version.Must("1.36.0"),
	Consent: consent.Wifi,
	Needs:   device.WifiConnection,
	Run:     read(ask.WifiInfo),
	Resume: func(_ context.Context, _ *Call, _ ask.Ask, answer Answer) (Step, error) {
		var info WifiInfo
		err := answer.sensed(&info)
		return Step{Data: info}, err
	},
}

// WifiInfo is the result of getWifiInfo, and what a host answers it with.
type WifiInfo struct {
	BSSID string `json:"wifi_bssid"`
	SSID  string `json:"wifi_ssid"`
}

// read asks the host to read a sensor.
func read(kind ask.Kind) func(context.Context, *Call) (Step, error) {
	return func(context.Context, *Call) (Step, error) {
		return Step{Ask: &Want{Kind: kind, Show: map[string]any{}}}, nil
	}
}

// Answer is what a host, a person or the simulated device answered. Which
// members count depends on the kind of ask.
type Answer struct {
	Answer   string          `json:"answer"`
	Consents []string        `json:"consents"`
	Data     json.RawMessage `json:"data"`
}

func readAnswer(raw json.RawMessage) (Answer, error) {
	var a Answer
	if err := strict.Loosely(raw, &a); err != nil {
		return a, problem.New(problem.AnswerInvalid, `an answer is an object with the member "answer"; it: %v`, err)
	}
	return a, nil
}

// maxSensed bounds what a sensor gives, in bytes: it reaches the page, and the
// journal.
const maxSensed = 16 << 10

// sensed reads what a sensor gave into data.
func (a Answer) sensed(data any) error {
	switch a.Answer {
	case "ok":
		if len(a.Data) > maxSensed {
			return problem.New(problem.AnswerInvalid, `the answer's "data" is %d bytes long; at most %d`, len(a.Data), maxSensed)
		}
		if err := json.Unmarshal(a.Data, data); err != nil {
			return problem.New(problem.AnswerInvalid, `the answer's "data" cannot be read: %v`, err)
		}
		return nil
	case "denied":
		return problem.New(problem.NotPermitted, "the device's own settings do not permit the super app to read this")
	case "unavailable":
		return problem.New(problem.DeviceLacks, "the device cannot give this now")
	case "failed":
		return problem.New(problem.Internal, "the super app could not read the device")
	default:
		return problem.New(problem.AnswerInvalid, `answer %q: a sensor is answered ok, denied, unavailable or failed`, a.Answer)
	}
}
