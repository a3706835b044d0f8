// Package consent is what a user lets a mini app see. What was decided stands
// in a ledger to which entries are only ever added; the newest entry for a
// name is how things stand.
package consent

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/device"
)

// Name is one thing that a user can let a mini app see.
type Name string

// The names. The documentation publishes location and camera (get-consent);
// the others follow its consent table.
const (
	Location    Name = "location"
	Camera      Name = "camera"
	DeviceInfo  Name = "device_info"
	Wifi        Name = "wifi"
	BankAccount Name = "bank_account"
	Profile     Name = "profile"
)

// Names are all names, in the order in which sheets list them.
var Names = []Name{Profile, Location, Camera, BankAccount, DeviceInfo, Wifi}

// The documentation's table can be read as naming the methods.
var aliases = map[string]Name{
	"getLocation":   Location,
	"getCamera":     Camera,
	"getDeviceInfo": DeviceInfo,
	"getProfile":    Profile,
}

// Parse gives the name that a text means; ok is false for none.
func Parse(text string) (name Name, ok bool) {
	if name, ok := aliases[text]; ok {
		return name, true
	}
	return Name(text), slices.Contains(Names, Name(text))
}

// List writes the names for a message: "profile, location, ...".
func List() string {
	texts := make([]string, len(Names))
	for i, n := range Names {
		texts[i] = string(n)
	}
	return strings.Join(texts, ", ")
}

// Title is what a sheet calls the thing, in the phone's two languages.
type Title struct {
	English    string `json:"en"`
	Indonesian string `json:"id"`
}

var titles = map[Name]Title{
	Profile:     {"your profile (name, phone number, e-mail)", "profil Anda (nama, nomor telepon, email)"},
	Location:    {"your location", "lokasi Anda"},
	Camera:      {"your camera", "kamera Anda"},
	BankAccount: {"your linked bank account", "rekening bank Anda yang tertaut"},
	DeviceInfo:  {"information about this device", "informasi tentang perangkat ini"},
	Wifi:        {"the name of your Wi-Fi network", "nama jaringan Wi-Fi Anda"},
}

// Title gives the name's title.
func (n Name) Title() Title { return titles[n] }

// Wording is the title in the language of a locale.
func (n Name) Wording(locale string) string {
	if locale == device.Indonesian {
		return titles[n].Indonesian
	}
	return titles[n].English
}
