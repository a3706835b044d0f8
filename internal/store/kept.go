package store

// Kept is what a database keeps of what is over, in ms since the epoch: what
// was over by then is forgotten. Zero forgets nothing of a kind.
type Kept struct {
	Entries       int   // of the journal, the newest
	Requests      int64 // made
	Notifications int64 // delivered or dead, with their tries
	Asks          int64 // answered, expired or withdrawn
	AuthTokens    int64 // revoked
	BankTokens    int64 // spent
	Messages      int64 // deleted or dismissed
}
