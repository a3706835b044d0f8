package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/strict"
)

// validate returns the mistake in a device.
func (d Device) validate() error {
	switch {
	case d.OS != device.Android && d.OS != device.IOS:
		return fmt.Errorf("os is android or ios, not %q", d.OS)
	case d.Locale != device.English && d.Locale != device.Indonesian:
		return fmt.Errorf("locale is en_ID or id_ID, not %q", d.Locale)
	case d.SuperApp != "ok" && d.SuperApp != "failing":
		return fmt.Errorf("superapp is ok or failing, not %q", d.SuperApp)
	case d.AppVersion.String() == "":
		return fmt.Errorf("app_version is missing; write it as 2.10.0")
	}
	if why := miniapp.CheckVariants(d.Variants); why != "" {
		return errors.New(why)
	}
	if err := d.texts(); err != nil {
		return err
	}
	if err := (Point{d.Location.Latitude, d.Location.Longitude}).validate("location"); err != nil {
		return err
	}
	if p := d.Location.Path; p != nil {
		if err := p.validate(); err != nil {
			return err
		}
	}
	if d.Screen.Width < 100 || d.Screen.Height < 100 || d.Screen.Width > 10_000 || d.Screen.Height > 10_000 {
		return fmt.Errorf("screen.width and screen.height lie between 100 and 10000 pixels")
	}
	if err := d.Motion.validate(); err != nil {
		return err
	}
	return d.Network.Check()
}

// maxClipboard is the largest size of the clipboard, in bytes.
const maxClipboard = 16 << 10

// maxText is the largest size of each text of a device, in bytes.
const maxText = 200

// maxUserAgent is the largest size of a user agent, in bytes: those of apps are long.
const maxUserAgent = 500

// texts refuses a text that is too long for a screen, or that has control characters.
func (d Device) texts() error {
	if len(d.Clipboard) > maxClipboard {
		return fmt.Errorf("clipboard is %d bytes long; at most %d", len(d.Clipboard), maxClipboard)
	}
	if len(d.UserAgent) > maxUserAgent {
		return fmt.Errorf("user_agent is %d bytes long; at most %d", len(d.UserAgent), maxUserAgent)
	}
	for i := range len(d.UserAgent) {
		if c := d.UserAgent[i]; c < ' ' || c > '~' {
			return fmt.Errorf("user_agent holds the byte 0x%02x; a header takes printable ASCII only", c)
		}
	}
	for _, one := range []struct{ name, text string }{
		{"os_version", d.OSVersion}, {"brand", d.Brand}, {"model", d.Model}, {"product", d.Product}, {"app_version", d.AppVersion.String()},
		{"location.preset", d.Location.Preset}, {"wifi.ssid", d.Wifi.SSID}, {"wifi.bssid", d.Wifi.BSSID},
		{"uuid", d.UUID}, {"idfa", d.IDFA}, {"idfv", d.IDFV},
	} {
		switch {
		case len(one.text) > maxText:
			return fmt.Errorf("%s is %d bytes long; at most %d", one.name, len(one.text), maxText)
		case !strict.Line(one.text):
			return fmt.Errorf("%s holds a control character, such as a NUL or the end of a line; write it without", one.name)
		}
	}
	return nil
}

func (p Point) validate(where string) error {
	if math.Abs(p.Latitude) > 90 || math.Abs(p.Longitude) > 180 {
		return fmt.Errorf("%s: latitude lies between -90 and 90, longitude between -180 and 180", where)
	}
	return nil
}

func (p Path) validate() error {
	switch {
	case len(p.Points) < 2:
		return fmt.Errorf("location.path needs at least two points")
	case len(p.Points) > 1000:
		return fmt.Errorf("location.path takes at most 1000 points")
	case !(p.SpeedMPS > 0 && p.SpeedMPS <= 1000):
		return fmt.Errorf("location.path.speed_mps lies above 0, up to 1000 metres a second")
	}
	for i, point := range p.Points {
		if err := point.validate(fmt.Sprintf("location.path.points[%d]", i)); err != nil {
			return err
		}
	}
	return nil
}

// keepsPlace refuses a change that removes the device's position: the device would
// then be at 0, 0, in the sea.
func keepsPlace(patch []byte) error {
	var change map[string]any
	if err := json.Unmarshal(patch, &change); err != nil {
		return err
	}
	location, named := change["location"]
	at, _ := location.(map[string]any)
	if named && at == nil {
		return fmt.Errorf(`location cannot be null: a device is always somewhere; {"location":{"enabled":false}} switches location services off`)
	}
	for _, name := range []string{"latitude", "longitude"} {
		if value, named := at[name]; named && value == nil {
			return fmt.Errorf("location.%s cannot be null: give the degrees", name)
		}
	}
	return nil
}
