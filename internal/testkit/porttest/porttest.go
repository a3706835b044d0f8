// Package porttest reserves unused ports for tests. A port that a test finds by listening and closing is not reserved: the
// kernel may give it to the next process that asks for any free port, such as another test.
package porttest

import "testing"

// Address returns an address on this machine that refuses connections until a server listens on it. It is reserved until
// the test ends (see [Reserve]).
func Address(t testing.TB) string {
	t.Helper()
	address, release, err := Reserve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return address
}
