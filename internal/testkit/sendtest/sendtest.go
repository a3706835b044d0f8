// Package sendtest holds the sending of notifications to what it promises, on
// every database: each is delivered at least once and in the order of its
// payment, whatever receivers do and whenever a sender stops.
package sendtest

import "github.com/selasar/selasar/internal/testkit/storetest"

// The database under test.
type (
	Tx   = storetest.Tx
	Open = storetest.Open
)

// Suites are the parts of this contract.
var Suites = []storetest.Suite{{Name: "sending", Run: sending}, Forgetting}

// Forgetting is the part about notifications that are forgotten.
var Forgetting = storetest.Suite{Name: "forgotten notifications", Run: forgetting}
