package storetest

import "os"

// Long reports whether the tests run at their long bars (make soak) instead of
// those of every change.
var Long = os.Getenv("SELASAR_LONG") != ""

// Share is set for each database: it makes one in so many trials.
var Share = 1

// Trials returns how often to try something: at every change, or in the long
// run. Under the race detector it is a tenth.
func Trials(ci, long int) int {
	if Long {
		return long
	}
	return max(Bar(ci, long)/Share, 1)
}

// Bar is Trials for what is tried as often on every database.
func Bar(ci, long int) int {
	if Long {
		return long
	}
	return max(ci/slower, 1)
}
