package chain

// Report is the result of a check.
type Report struct {
	Ledger  string `json:"ledger"`
	Entries int64  `json:"entries"` // that were checked
	Erased  int64  `json:"erased"`  // of these, the ones with an erased content
	Adopted int64  `json:"adopted"` // of these, the ones from before the chains began
	Fault   *Fault `json:"fault,omitempty"`
	Anchor  string `json:"anchor"` // see Anchor; empty with a fault
}

// Kind is the kind of a fault.
type Kind string

// The kinds.
const (
	Removed    Kind = "removed"     // entries are missing
	Altered    Kind = "altered"     // an entry was changed, or moved to another place
	Inserted   Kind = "inserted"    // an entry is in no place of a chain
	HeadFault  Kind = "head"        // the head of a chain was altered or removed
	RolledBack Kind = "rolled_back" // the ledger does not continue the anchor
)

// Fault is the first fault of a ledger.
type Fault struct {
	Kind    Kind   `json:"kind"`
	Chain   int64  `json:"chain"`
	Number  int64  `json:"number"`       // of the first entry that is not as it was
	ID      string `json:"id,omitempty"` // of the entry, if it exists
	Message string `json:"message"`
}
