package store

// Kept says which old rows a prune deletes: rows that were finished before the
// given time in ms since the epoch. Zero deletes none of that kind.
type Kept struct {
	Entries       int   // how many of the newest journal entries stay; not a time
	Requests      int64 // by the time of the request
	Notifications int64 // delivered or dead, together with their tries
	Asks          int64 // answered, expired or withdrawn
	AuthTokens    int64 // revoked
	BankTokens    int64 // spent
	Messages      int64 // deleted or dismissed
	Blobs         int64 // expired
}
