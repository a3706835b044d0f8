// Package device is what the platform knows of the device that a launch runs
// on: told by the host when it opens the launch, or simulated in dev.
package device

import (
	"context"

	"github.com/selasar/selasar/internal/version"
)

// OS is a mobile operating system.
type OS string

// The operating systems that the super app runs on.
const (
	Android OS = "android"
	IOS     OS = "ios"
)

// Number is the os_type of getSystemInfo, whose values the documentation does
// not give: 1 for Android, 2 for iOS.
func (o OS) Number() int {
	if o == IOS {
		return 2
	}
	return 1
}

// Capability is a thing that a device may lack.
type Capability string

// The capabilities that methods need.
const (
	None             Capability = ""
	LocationServices Capability = "location services"
	WifiConnection   Capability = "wifi"
)

// Device is a device and the super app on it.
type Device struct {
	OS         OS              `json:"os"`
	AppVersion version.Version `json:"app_version"` // of the super app
	Locale     string          `json:"locale"`      // en_ID or id_ID: what sheets are worded in
	Online     bool            `json:"online"`
	// Failing makes the super app answer every call with an internal error.
	Failing bool `json:"failing,omitempty"`
	// Lacks says why a capability is not there; a capability that is not
	// named is there.
	Lacks map[Capability]string `json:"lacks,omitempty"`
}

// Locales that the platform has texts in.
const (
	English    = "en_ID"
	Indonesian = "id_ID"
)

// Source tells the device of a launch as it is now.
type Source interface {
	Device(ctx context.Context, launchID string) (Device, error)
}
