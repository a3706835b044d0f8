// Package ruletest holds the rules to what they promise while many callers
// race, on every database: each code, token, ask and refund counts once, money
// adds up, and what is forgotten is forgotten. Its models say what must come
// out; [Faults] kills a process between any two statements.
//
// What a store itself promises is in storetest.
package ruletest

import (
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// The database under test.
type (
	Tx       = storetest.Tx
	Database = storetest.Database
	Open     = storetest.Open
)

// Suites are the parts of this contract.
var Suites = []storetest.Suite{
	{Name: "auth codes", Run: authCodes},
	{Name: "bank tokens", Run: bankTokens},
	{Name: "asks", Run: asks},
	{Name: "payments", Run: payments},
	{Name: "credentials", Run: credentials},
	{Name: "rewards", Run: rewards},
	Forgetting,
	{Name: "load", Run: load},
}

// Forgetting is the part about what is over and is forgotten.
var Forgetting = storetest.Suite{Name: "forgetting", Run: forgetting}
