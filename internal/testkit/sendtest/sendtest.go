// Package sendtest checks the sending of notifications on every database: each is
// delivered at least once and in the order of its payment, with misbehaving receivers
// and with senders that stop at any time.
package sendtest

import "github.com/selasar/selasar/internal/testkit/storetest"

// The database under test.
type (
	Tx   = storetest.Tx
	Open = storetest.Open
)

// Suites are the parts of this contract.
var Suites = []storetest.Suite{{Name: "sending", Run: sending}, Forgetting}

// Forgetting is the suite for deleted notifications.
var Forgetting = storetest.Suite{Name: "forgotten notifications", Run: forgetting}
