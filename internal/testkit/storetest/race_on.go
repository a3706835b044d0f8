//go:build race

package storetest

// slower is how much the race detector slows down a database that is written in Go.
// It also finds races in a tenth of the trials.
const slower = 10
