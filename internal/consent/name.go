// Package consent records which data a user lets a mini app see. Decisions are
// entries of an append-only ledger. The newest entry for a name decides.
package consent

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/device"
)

// Name is one kind of user data that needs a consent.
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

// Names lists all names in the order of consent sheets.
var Names = []Name{Profile, Location, Camera, BankAccount, DeviceInfo, Wifi}

// Aliases, because the documentation's table may also be read as a list of methods.
var aliases = map[string]Name{
	"getLocation":         Location,
	"getCamera":           Camera,
	"getDeviceInfo":       DeviceInfo,
	"getProfile":          Profile,
	"getSystemInfo":       DeviceInfo,
	"getWifiInfo":         Wifi,
	"getBankAccountToken": BankAccount,
}

// Parse returns the name for a text; ok is false for an unknown text.
func Parse(text string) (name Name, ok bool) {
	if name, ok := aliases[text]; ok {
		return name, true
	}
	return Name(text), slices.Contains(Names, Name(text))
}

// List returns all names for a message: "profile, location, ...".
func List() string {
	texts := make([]string, len(Names))
	for i, n := range Names {
		texts[i] = string(n)
	}
	return strings.Join(texts, ", ")
}

// Title is the description of the data on a sheet, in both languages.
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

// Title returns the name's title.
func (n Name) Title() Title { return titles[n] }

// Wording returns the title in the language of a locale.
func (n Name) Wording(locale string) string {
	if locale == device.Indonesian {
		return titles[n].Indonesian
	}
	return titles[n].English
}
