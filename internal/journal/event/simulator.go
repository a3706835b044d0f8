package event

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Patch is a change of the simulated device (RFC 7396), as it came: an object.
type Patch json.RawMessage

// MarshalJSON returns the patch as it came.
func (p Patch) MarshalJSON() ([]byte, error) { return json.RawMessage(p).MarshalJSON() }

// UnmarshalJSON takes any JSON.
func (p *Patch) UnmarshalJSON(data []byte) error { return (*json.RawMessage)(p).UnmarshalJSON(data) }

// Answers is the data of the policy by which asks are answered.
type Answers struct {
	Consent  string `json:"consent"`
	Payment  string `json:"payment"`
	Deeplink string `json:"deeplink"`
	Share    string `json:"share"`
	Camera   string `json:"camera"`
	URI      string `json:"uri"`
}

// Shake is the data of a shake of the simulated device.
type Shake struct {
	Strength float64 `json:"strength"` // m/s²
	Times    int     `json:"times"`    // movements
}

// Blow is the data of a blow into the microphone.
type Blow struct {
	DurationMS int64 `json:"duration_ms"`
}

// UserAdded is the data of a new user.
type UserAdded struct {
	UserID string `json:"user_id"`
	Name   string `json:"name"`
}

// UserChange is the data of a user who was changed.
type UserChange struct {
	UserID  string   `json:"user_id"`
	Changed []string `json:"changed"` // the members that were set, as the control API names them
}

// UserSwitch is the data of another current user.
type UserSwitch struct {
	UserID string `json:"user_id"`
}

// ClockMove is the data of a clock that was moved forward.
type ClockMove struct {
	AdvancedMS int64 `json:"advanced_ms"`
	OffsetMS   int64 `json:"offset_ms"` // how far the clock is ahead in all
}

// Fault is the data of a fault: an answer in place of an operation's own.
type Fault struct {
	ID        string `json:"id"`
	Operation string `json:"operation"`
	Code      string `json:"code"`
	Times     int    `json:"times"`
	Always    bool   `json:"always"`
	DelayMS   int64  `json:"delay_ms"`
	After     bool   `json:"after"`
}

// Faults is the data of several faults that were removed at once.
type Faults struct {
	Count  int     `json:"count"`
	Faults []Fault `json:"faults"`
}

var (
	deviceNoun = language.Text{English: "device", Indonesian: "perangkat"}
	userNoun   = language.Text{English: "user", Indonesian: "pengguna"}
	clockNoun  = language.Text{English: "clock", Indonesian: "jam"}
	faultNoun  = language.Text{English: "fault", Indonesian: "gangguan"}
)

// The events of the simulator: selasar dev only.
var (
	DeviceChanged = declare[Patch](Declaration{
		Name: "device.changed", Kind: journal.Device, Outcome: journal.Info, When: "The simulated device was changed.",
		Noun: deviceNoun, Title: language.Text{English: "changed", Indonesian: "diubah"},
	})
	DeviceShaken = declare[Shake](Declaration{
		Name: "device.shaken", Kind: journal.Device, Outcome: journal.Info, When: "The simulated device was shaken.",
		Noun: deviceNoun, Title: language.Text{English: "shaken", Indonesian: "digoyangkan"},
	})
	DeviceBlown = declare[Blow](Declaration{
		Name: "device.blown", Kind: journal.Device, Outcome: journal.Info, When: "Somebody blew into the microphone of the simulated device.",
		Noun: deviceNoun, Title: language.Text{English: "blown at", Indonesian: "ditiup"},
	})
	AnswersChosen = declare[Answers](Declaration{
		Name: "answers.chosen", Kind: journal.Device, Outcome: journal.Info, When: "The simulator's automatic answers were changed.",
		Title: language.Text{English: "answers chosen", Indonesian: "jawaban dipilih"},
	})
	NewUser = declare[UserAdded](Declaration{
		Name: "user.added", Kind: journal.User, Outcome: journal.Info, When: "A user was added.",
		Noun: userNoun, Title: language.Text{English: "added", Indonesian: "ditambahkan"},
	})
	UserChanged = declare[UserChange](Declaration{
		Name: "user.changed", Kind: journal.User, Outcome: journal.Info, When: "A user was changed.",
		Noun: userNoun, Title: language.Text{English: "changed", Indonesian: "diubah"},
	})
	UserSwitched = declare[UserSwitch](Declaration{
		Name: "user.switched", Kind: journal.User, Outcome: journal.Info, When: "Another user is the active one.",
		Noun: userNoun, Title: language.Text{English: "switched", Indonesian: "diganti"},
	})
	ClockAdvanced = declare[ClockMove](Declaration{
		Name: "clock.advanced", Kind: journal.Clock, Outcome: journal.Info, When: "The platform's clock was moved forward.",
		Noun: clockNoun, Title: language.Text{English: "advanced by {advanced_ms:ms}", Indonesian: "dimajukan {advanced_ms:ms}"},
	})
	FaultAdded = declare[Fault](Declaration{
		Name: "fault.added", Kind: journal.Fault, Outcome: journal.Info, When: "A fault was added.",
		Noun: faultNoun, Title: language.Text{English: "added: {operation}[ {code}]", Indonesian: "ditambahkan: {operation}[ {code}]"},
	})
	FaultRemoved = declare[Fault](Declaration{
		Name: "fault.removed", Kind: journal.Fault, Outcome: journal.Info, When: "A fault was removed.",
		Noun: faultNoun, Title: language.Text{English: "removed: {operation}[ {code}]", Indonesian: "dihapus: {operation}[ {code}]"},
	})
	FaultsCleared = declare[Faults](Declaration{
		Name: "fault.cleared", Kind: journal.Fault, Outcome: journal.Info, When: "Several faults were removed at once.",
		Title: language.Text{English: "faults removed: {count}", Indonesian: "gangguan dihapus: {count}"},
	})
)
