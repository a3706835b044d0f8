package history

import "testing"

// Linearizable is tested with histories whose result is obvious.
func TestLinearizable(t *testing.T) {
	look := func(told Told, began, over int64) operation {
		return operation{look: true, told: told, began: began, over: over}
	}
	redeem := func(request string, told Told, began, over int64) operation {
		return operation{request: request, told: told, began: began, over: over}
	}
	for name, one := range map[string]struct {
		done []operation
		want bool
	}{
		"nothing":                              {nil, true},
		"redeemed, retried, used":              {[]operation{redeem("a", Granted, 1, 2), redeem("a", Granted, 3, 4), look(Lives, 5, 6)}, true},
		"redeemed twice":                       {[]operation{redeem("a", Granted, 1, 2), redeem("b", Granted, 3, 4)}, false},
		"redeemed twice at once":               {[]operation{redeem("a", Granted, 1, 3), redeem("b", Granted, 2, 4)}, false},
		"redeemed twice without id":            {[]operation{redeem("", Granted, 1, 3), redeem("", Granted, 2, 4)}, false},
		"lives after a replay":                 {[]operation{redeem("a", Granted, 1, 2), redeem("", Replayed, 3, 4), look(Lives, 5, 6)}, false},
		"lives during a replay":                {[]operation{redeem("a", Granted, 1, 2), redeem("", Replayed, 3, 6), look(Lives, 4, 5)}, true},
		"dies without a replay":                {[]operation{redeem("a", Granted, 1, 2), look(Dead, 3, 4)}, false},
		"lives again":                          {[]operation{redeem("a", Granted, 1, 2), redeem("", Replayed, 3, 8), look(Dead, 4, 5), look(Lives, 6, 7)}, false},
		"used before it was given":             {[]operation{look(Lives, 1, 2), redeem("a", Granted, 3, 4)}, false},
		"a loser that began after":             {[]operation{redeem("a", Replayed, 1, 2), redeem("b", Granted, 3, 4)}, false},
		"a loser at once":                      {[]operation{redeem("a", Replayed, 1, 3), redeem("b", Granted, 2, 4)}, true},
		"cut off and it happened":              {[]operation{redeem("a", CutOff, 1, 2), look(Lives, 3, 4)}, true},
		"cut off and it did not happen":        {[]operation{redeem("a", CutOff, 1, 2), look(Dead, 3, 4), redeem("b", Granted, 5, 6)}, true},
		"cut off and it happened later":        {[]operation{redeem("a", CutOff, 1, 2), look(Dead, 3, 4), look(Lives, 5, 6)}, true},
		"cut off and then dead, lives, dead":   {[]operation{redeem("a", CutOff, 1, 2), look(Dead, 3, 4), look(Lives, 5, 6), look(Dead, 7, 8)}, false},
		"cut off replay that happened":         {[]operation{redeem("a", Granted, 1, 2), redeem("", CutOff, 3, 4), look(Dead, 5, 6)}, true},
		"a retry that nobody had asked before": {[]operation{redeem("a", Granted, 1, 2), redeem("b", Replayed, 3, 4), redeem("a", Granted, 5, 6)}, false},
	} {
		if got := (&History{done: one.done}).Linearizable(); got != one.want {
			t.Errorf("%s: %v, want %v", name, got, one.want)
		}
	}
}
