// Package porttest gives tests addresses that nobody listens on until they do. A port that was found by listening and
// closing again goes to whoever asks for any free one next: another test, of another package perhaps.
package porttest

import "testing"

// Address gives an address on this machine that refuses connections until somebody listens on it. It is the test's until
// that ends (see [Reserve]).
func Address(t testing.TB) string {
	t.Helper()
	address, release, err := Reserve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return address
}
