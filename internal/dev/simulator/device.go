// Package simulator is the device and the person of a development platform: the state
// of the simulated phone, and the automatic answers. No production platform has it.
package simulator

import (
	"time"

	"github.com/selasar/selasar/internal/dev/webview"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/version"
)

// Device is the simulated device, in the form of the control API.
type Device struct {
	OS         device.OS       `json:"os"`
	OSVersion  string          `json:"os_version"`
	Brand      string          `json:"brand"`
	Model      string          `json:"model"`
	Product    string          `json:"product"`
	AppVersion version.Version `json:"app_version"`
	Locale     string          `json:"locale"`
	Online     bool            `json:"online"`
	Rooted     bool            `json:"rooted"`
	Emulator   bool            `json:"emulator"`
	SuperApp   string          `json:"superapp"` // ok, or failing: every call ends with 500
	Location   Location        `json:"location"`
	Wifi       Wifi            `json:"wifi"`
	Motion     Motion          `json:"motion"`
	Sensors    Sensors         `json:"sensors"`
	Screen     Screen          `json:"screen"`
	Clipboard  string          `json:"clipboard"`
	UUID       string          `json:"uuid"`
	IDFA       string          `json:"idfa"`
	IDFV       string          `json:"idfv"`
	// Variants are readings of the documentation that replace the mini app's.
	Variants map[miniapp.VariantName]string `json:"variants,omitempty"`

	WebView    bool            `json:"webview"`    // the mini app's pages have the limits of a WebView
	UserAgent  string          `json:"user_agent"` // of the WebView; empty: that of the OS; browser: the browser's own
	Keyboard   bool            `json:"keyboard"`   // a keyboard covers part of the page while a text field has the focus
	Background bool            `json:"background"` // the person has left the super app without closing it
	Network    webview.Network `json:"network"`
}

// Location is the position of the device, or its path.
type Location struct {
	Enabled   bool    `json:"enabled"` // location services
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Preset    string  `json:"preset,omitempty"` // a name for the place, for the reader
	Path      *Path   `json:"path,omitempty"`   // overrides the coordinates
}

// Path moves the device along points at a steady speed.
type Path struct {
	Points    []Point `json:"points"`
	SpeedMPS  float64 `json:"speed_mps"`
	Loop      bool    `json:"loop"`
	StartedAt int64   `json:"started_at"` // ms since the epoch; 0 in a change means now
}

// Point is a place in degrees, WGS 84.
type Point struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Wifi is the device's wifi adapter and its connection.
type Wifi struct {
	Present   bool   `json:"present"`
	Connected bool   `json:"connected"`
	SSID      string `json:"ssid"`
	BSSID     string `json:"bssid"`
}

// Sensors states the hardware of the device.
type Sensors struct {
	Accelerometer bool `json:"accelerometer"`
	Compass       bool `json:"compass"`
	Gyroscope     bool `json:"gyroscope"`
	Microphone    bool `json:"microphone"`
	Vibrator      bool `json:"vibrator"`
	Camera        bool `json:"camera"`
}

// Screen is the size of the screen, in CSS pixels.
type Screen struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// NewDevice returns the initial device of a development platform.
func NewDevice() Device {
	return Device{
		OS: device.Android, OSVersion: "14", Brand: "samsung", Model: "SM-A546E", Product: "a54x",
		AppVersion: version.Must("2.10.0"), Locale: device.English, Online: true, SuperApp: "ok",
		Location: Location{Enabled: true, Latitude: -6.1754, Longitude: 106.8272, Preset: "Jakarta"},
		Wifi:     Wifi{Present: true, Connected: true, SSID: "Kantor", BSSID: "a4:2b:b0:c1:d2:e3"},
		Sensors:  Sensors{Accelerometer: true, Compass: true, Gyroscope: true, Microphone: true, Vibrator: true, Camera: true},
		Screen:   Screen{Width: 360, Height: 800},
		UUID:     "8f2d0c9a-6f1e-4a57-9a51-0d3a6c1f7b20",
		WebView:  true, Keyboard: true,
	}
}

// state returns the device for the engine.
func (d Device) state() device.Device {
	lacks := map[device.Capability]string{}
	if !d.Location.Enabled {
		lacks[device.LocationServices] = "they are switched off"
	}
	switch {
	case !d.Wifi.Present:
		lacks[device.WifiConnection] = "the device has no wifi adapter"
	case !d.Wifi.Connected:
		lacks[device.WifiConnection] = "the device is not connected to a network"
	}
	for need, present := range map[device.Capability]bool{
		device.Accelerometer: d.Sensors.Accelerometer, device.Compass: d.Sensors.Compass, device.Gyroscope: d.Sensors.Gyroscope,
		device.Microphone: d.Sensors.Microphone, device.Vibrator: d.Sensors.Vibrator, device.Camera: d.Sensors.Camera,
	} {
		if !present {
			lacks[need] = "the device has none"
		}
	}
	return device.Device{
		ScreenWidth: d.Screen.Width, ScreenHeight: d.Screen.Height,
		OS: d.OS, AppVersion: d.AppVersion, Locale: d.Locale, Online: d.Online,
		Failing: d.SuperApp == "failing", Lacks: lacks, Variants: d.Variants,
	}
}

// View returns the WebView that shows the mini app's pages.
func (d Device) View() webview.View {
	return webview.View{On: d.WebView, OS: d.OS, OSVersion: d.OSVersion, Model: d.Model, UserAgent: d.UserAgent, Hidden: d.Background}
}

// systemInfo returns the device's answer to getSystemInfo.
func (d Device) systemInfo() operation.SystemInfo {
	info := operation.SystemInfo{
		Emulator: d.Emulator, Rooted: d.Rooted, Brand: d.Brand, Model: d.Model, Product: d.Product,
		UUID: d.UUID, IDFA: d.IDFA, IDFV: d.IDFV,
	}
	if d.Wifi.Present && d.Wifi.Connected {
		info.WifiSSID, info.WifiBSSID = d.Wifi.SSID, d.Wifi.BSSID
	}
	return info
}

// position returns the device's position at a time.
func (l Location) position(now time.Time) Point {
	if l.Path == nil {
		return Point{l.Latitude, l.Longitude}
	}
	return l.Path.at(now)
}
