// Package toll is what the tests of the mutant command break.
package toll

// Grown is the age from which the full fee is paid.
const Grown = 18

// Rupiah is an amount.
type Rupiah int64

// Full and Half are the fees; a half one is paid on weekends.
const (
	Full Rupiah = 1000
	Half        = Full / 2
)

// Days is a constant that cannot become a variable.
const Days = 7

var week [Days]Rupiah

// Fee returns the fee of a person of an age.
func Fee(age int) Rupiah {
	if age >= Grown {
		return Full
	}
	return 0
}

// Week returns the fees of a grown person from Monday to Sunday.
func Week() [Days]Rupiah {
	for day := range week {
		week[day] = Full
		if day > 4 {
			week[day] = Half
		}
	}
	return week
}

// Forgotten is reached by no test.
func Forgotten() bool { return true }
