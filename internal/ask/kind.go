package ask

import (
	"time"

	"github.com/selasar/selasar/internal/jsapi/schema"
)

// Kind is the kind of an ask.
type Kind string

// The kinds of ask.
const (
	Consent    Kind = "consent"
	Payment    Kind = "payment"
	Deeplink   Kind = "deeplink"
	Location   Kind = "location"
	SystemInfo Kind = "system_info"
	WifiInfo   Kind = "wifi_info"
	Share      Kind = "share"
	Camera     Kind = "camera"
	URI        Kind = "uri"
)

// Declaration describes a kind of ask: the data that the host shows, and the
// answers that it can give. Hosts' types and documents are generated from it.
type Declaration struct {
	Kind     Kind
	Type     string // what its type is called in documents: "ConsentSheet"
	Answer   string // what the type of its answers is called: "ConsentAnswer"
	Summary  string
	Personal bool          // a person answers, not the device
	Show     schema.Schema // an object: the members beside id, kind and expires_at
	Answers  []Form
	Default  string // the answer of a host that has none, such as "decline"
}

// Form is one form of answer: {"answer": Answer} and the members of Beside.
type Form struct {
	Answer string
	Beside schema.Schema // an object
	Online bool          // the answer has an effect on the platform, so the device needs a connection
}

// NeedsConnection reports whether an answer to this kind of ask needs a connection of
// the device. A person can always leave a sheet without effect.
func (k Kind) NeedsConnection(answer string) bool {
	for _, d := range Declarations {
		if d.Kind != k {
			continue
		}
		for _, f := range d.Answers {
			if f.Answer == answer {
				return f.Online
			}
		}
	}
	return false
}

// Patience returns the time that the host has for an answer. A person needs more
// time than a sensor.
func (k Kind) Patience() time.Duration {
	if k.Personal() {
		return 10 * time.Minute
	}
	return 10 * time.Second
}

// Personal reports whether a person answers the ask, not the device.
func (k Kind) Personal() bool {
	switch k {
	case Consent, Payment, Deeplink, Share, Camera, URI:
		return true
	default:
		return false
	}
}

// Reading names what the device reads for the ask, for a message.
func (k Kind) Reading() string {
	switch k {
	case Location:
		return "location"
	case SystemInfo:
		return "system information"
	case WifiInfo:
		return "Wi-Fi network"
	default:
		return string(k)
	}
}
