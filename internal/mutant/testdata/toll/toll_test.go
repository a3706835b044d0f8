package toll

import "testing"

func TestFee(t *testing.T) {
	t.Parallel()
	for age, want := range map[int]Rupiah{18: 1000, 17: 0} {
		if got := Fee(age); got != want {
			t.Errorf("the fee at %d is %d, want %d", age, got, want)
		}
	}
	if Fee(19) == 0 {
		t.Error("no fee at 19")
	}
}

func TestWeek(t *testing.T) {
	t.Parallel()
	if got, want := Week(), ([7]Rupiah{1000, 1000, 1000, 1000, 1000, 500, 500}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
