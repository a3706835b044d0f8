package consent

// A Receipt is the copy of a consent record for the user, in the structure of ISO/IEC TS
// 27560:2023. The names of the members are those of the public mapping of the W3C
// community group DPVCG (https://w3id.org/dpv/guides/consent-27560); docs/consents.md
// explains each of them.
type Receipt struct {
	SchemaVersion string        `json:"schema_version"`
	ReceiptID     string        `json:"receipt_id"`
	Record        ConsentRecord `json:"consent_record"`
	Parties       []Party       `json:"party_identification"`
	Ledger        Place         `json:"ledger"` // an extension of Selasar
}

// ConsentRecord is one decision about one purpose.
type ConsentRecord struct {
	SchemaVersion string     `json:"schema_version"`
	RecordID      string     `json:"record_id"`
	PrincipalID   string     `json:"pii_principal_id"`
	Processing    Processing `json:"pii_processing"`
	Event         Event      `json:"event"`
}

// Processing says what was decided about.
type Processing struct {
	Notice   *Notice   `json:"privacy_notice,omitempty"`
	Language string    `json:"language,omitempty"` // BCP 47; of the notice
	Purposes []Purpose `json:"purposes"`
}

// Notice is what the user saw.
type Notice struct {
	Text       string `json:"text"`
	AppVersion string `json:"super_app_version,omitempty"` // of the super app that showed it
	Policy     string `json:"policy_url,omitempty"`        // of the operator
}

// Purpose is the purpose of the processing.
type Purpose struct {
	Purpose     string        `json:"purpose"`
	Basis       string        `json:"lawful_basis"`
	Information []Information `json:"pii_information"`
	Controllers []string      `json:"pii_controllers"` // ids of parties
	Collection  string        `json:"collection_method"`
	Storage     []string      `json:"storage_locations,omitempty"`
	Retention   string        `json:"retention_period"`
	Service     string        `json:"services"`
	Law         string        `json:"jurisdiction,omitempty"`
	Recipients  []string      `json:"recipient_third_parties"` // ids of parties
	Withdrawal  string        `json:"withdrawal_method"`
}

// Information is a category of personal data.
type Information struct {
	Type      string `json:"pii_type"`
	Attribute string `json:"pii_attribute_id"`
}

// Party is a controller or a recipient.
type Party struct {
	ID      string `json:"party_id"`
	Name    string `json:"party_name"`
	Role    string `json:"party_role"`
	Address string `json:"party_address,omitempty"`
	Email   string `json:"party_email,omitempty"`
	URL     string `json:"party_url,omitempty"`
	Phone   string `json:"party_phone,omitempty"`
}

// Event is the decision.
type Event struct {
	Time     string `json:"event_time"` // RFC 3339, UTC
	Validity string `json:"validity_duration"`
	Entity   string `json:"entity_id"` // of the decision: the user, or the operator
	Type     string `json:"event_type"`
	State    string `json:"event_state"`
}

// Place is the place of the record in the ledger.
type Place struct {
	Chain  int64  `json:"chain"`
	Number int64  `json:"number"`
	Hash   string `json:"hash"` // hexadecimal
}
