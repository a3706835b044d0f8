package consent

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
)

// Operator is the operator in receipts: the controller of the personal data.
type Operator struct {
	Name      string   // of the company; empty: "the operator"
	Address   string   // postal
	Email     string   // for questions about personal data
	URL       string   // of the company
	Phone     string   // for questions about personal data
	Policy    string   // URL of the privacy policy
	Law       string   // jurisdiction, such as "ID"
	Storage   []string // places where personal data is stored
	Retention string   // how long shared data is kept; empty: until the withdrawal
}

// schemaVersion names the structure.
const schemaVersion = "ISO/IEC TS 27560:2023"

// operatorID is the operator's party_id.
const operatorID = "operator"

// untilWithdrawn is the duration of a consent.
const untilWithdrawn = "until_withdrawn"

var states = map[Action]string{Given: "given", Refused: "refused", Revoked: "withdrawn"}

// NewReceipt returns the receipt of a decision about a mini app. ok is false for a row
// without one: a row that was erased, or that records that a decision was forgotten.
func NewReceipt(of Operator, app miniapp.App, r Row) (receipt Receipt, ok bool) {
	state, ok := states[r.Action]
	if !ok || r.ErasedAt != 0 {
		return Receipt{}, false
	}
	event := Event{
		Time: time.UnixMilli(r.At).UTC().Format(time.RFC3339Nano), Validity: untilWithdrawn, Entity: r.UserID, Type: "explicit", State: state,
	}
	if r.Action != Given {
		event.Validity = "none"
	}
	if r.Source == ByOperator {
		event.Entity = operatorID
	}
	return Receipt{
		SchemaVersion: schemaVersion, ReceiptID: "receipt-" + r.ID,
		Record: ConsentRecord{
			SchemaVersion: schemaVersion, RecordID: r.ID, PrincipalID: r.UserID,
			Processing: newProcessing(of, app, r.Entry), Event: event,
		},
		Parties: []Party{of.party(), {ID: "mini_app:" + r.MiniAppID, Name: app.Name, Role: "recipient_third_party", URL: app.Origin}},
		Ledger:  r.place(),
	}, true
}

func (r Row) place() Place {
	return Place{r.Link.Chain, r.Link.Number, hex.EncodeToString(r.Link.Hash)}
}

func newProcessing(of Operator, app miniapp.App, e Entry) Processing {
	language, title := e.language()
	p := Processing{Language: language}
	purpose := strings.TrimPrefix(strings.TrimPrefix(e.Wording, title), ": ")
	if purpose == "" {
		purpose = e.Name.Title().English
	}
	if e.Wording != "" {
		p.Notice = &Notice{e.Wording, e.AppVersion, of.Policy}
	}
	retention := of.Retention
	if retention == "" {
		retention = untilWithdrawn
	}
	p.Purposes = []Purpose{{
		Purpose: purpose, Basis: "consent", Information: information[e.Name], Controllers: []string{operatorID}, Collection: collections[e.Source],
		Storage: of.Storage, Retention: retention, Service: app.Name, Law: of.Law, Recipients: []string{"mini_app:" + e.MiniAppID},
		Withdrawal: "in the settings of the super app, at any time",
	}}
	return p
}

// language returns the language of the wording that was shown, and the title in it.
func (e Entry) language() (language, title string) {
	switch t := e.Name.Title(); {
	case strings.HasPrefix(e.Wording, t.Indonesian) && t.Indonesian != "":
		return "id", t.Indonesian
	case strings.HasPrefix(e.Wording, t.English) && t.English != "":
		return "en", t.English
	default:
		return "", ""
	}
}

func (o Operator) party() Party {
	p := Party{ID: operatorID, Name: o.Name, Role: "pii_controller", Address: o.Address, Email: o.Email, URL: o.URL, Phone: o.Phone}
	if p.Name == "" {
		p.Name = "the operator"
	}
	return p
}

// information has the categories of personal data of each name.
var information = map[Name][]Information{
	Profile:     {{"name", "profile.name"}, {"phone number", "profile.phone_number"}, {"e-mail address", "profile.email"}},
	Location:    {{"geographic location", "location"}},
	Camera:      {{"photographs", "camera"}},
	BankAccount: {{"bank account", "bank_account"}},
	DeviceInfo:  {{"device information", "device_info"}},
	Wifi:        {{"name of the Wi-Fi network", "wifi"}},
}

// collections says how a decision was made, by its source.
var collections = map[Source]string{
	OnLaunch: "consent sheet before the mini app opened", OnCall: "consent sheet in the mini app", Settings: "settings of the super app",
	ByOperator: "no user interaction: the operator withdrew the consent",
}
