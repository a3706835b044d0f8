//go:build race

package storetest

// slower is how much the race detector slows a database down that is written
// in Go; it finds races in a tenth of the trials, too.
const slower = 10
