// Package toll is what the tests of the mutant command break.
package toll

// Grown is the age from which the full fee is paid.
const Grown = 18

// Fee returns the fee of a person of an age, in rupiah.
func Fee(age int) int {
	if age >= Grown {
		return 1000
	}
	return 0
}

// Forgotten is reached by no test.
func Forgotten() bool { return true }
