// Package device describes the device of a launch. The host sends it with the
// launch; in dev it is simulated.
package device

import (
	"context"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/version"
)

// OS is a mobile operating system.
type OS string

// The operating systems that the super app runs on.
const (
	Android OS = "android"
	IOS     OS = "ios"
)

// Number returns the os_type of getSystemInfo: 1 for Android, 2 for iOS. The
// documentation does not state the values.
func (o OS) Number() int {
	if o == IOS {
		return 2
	}
	return 1
}

// Capability is a feature that a device may lack.
type Capability string

// The capabilities that methods require.
const (
	None             Capability = ""
	LocationServices Capability = "location services"
	WifiConnection   Capability = "wifi"
	Accelerometer    Capability = "an accelerometer"
	Compass          Capability = "a compass"
	Gyroscope        Capability = "a gyroscope"
	Microphone       Capability = "a microphone"
	Vibrator         Capability = "a vibrator"
	Camera           Capability = "a camera"
)

// Device is a device and the super app on it.
type Device struct {
	OS         OS              `json:"os"`
	AppVersion version.Version `json:"app_version"` // of the super app
	Locale     string          `json:"locale"`      // en_ID or id_ID: the language of sheets
	Online     bool            `json:"online"`
	// ScreenWidth and ScreenHeight are in CSS pixels; 0 if the host does not tell.
	ScreenWidth  int `json:"screen_width,omitempty"`
	ScreenHeight int `json:"screen_height,omitempty"`
	// Failing makes every call fail with an internal error of the super app.
	Failing bool `json:"failing,omitempty"`
	// Lacks maps each missing capability to the reason. All other
	// capabilities are present.
	Lacks map[Capability]string `json:"lacks,omitempty"`
	// Variants are readings of the documentation that replace the mini app's.
	Variants map[miniapp.VariantName]string `json:"variants,omitempty"`
}

// The locales of the platform's texts.
const (
	English    = "en_ID"
	Indonesian = "id_ID"
)

// Source returns the current device of a launch.
type Source interface {
	Device(ctx context.Context, launchID string) (Device, error)
}
