package toll

import "testing"

func TestFee(t *testing.T) {
	for age, want := range map[int]int{18: 1000, 17: 0} {
		if got := Fee(age); got != want {
			t.Errorf("the fee at %d is %d, want %d", age, got, want)
		}
	}
	if Fee(19) == 0 {
		t.Error("no fee at 19")
	}
}
