package storetest

import "os"

// Long reports whether the tests run their long number of trials (make soak), not the
// number for every change.
var Long = os.Getenv("SELASAR_LONG") != ""

// Share is set for each database: it runs one in so many trials.
var Share = 1

// Trials returns the number of trials, for every change or for the long run. Under
// the race detector it is a tenth.
func Trials(ci, long int) int {
	if Long {
		return long
	}
	return max(Bar(ci, long)/Share, 1)
}

// Bar is Trials for a number that is the same on every database.
func Bar(ci, long int) int {
	if Long {
		return long
	}
	return max(ci/slower, 1)
}
