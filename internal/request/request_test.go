package request

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// kept are requests in memory, as a store keeps them; the real stores are
// tested with storetest.
type kept map[[2]string]Request

func (k kept) Get(_ context.Context, of Request, since int64) (Request, bool, error) {
	r, ok := k[[2]string{of.MiniAppID, of.ID}]
	return r, ok && r.At > since, nil
}

func (k kept) Insert(_ context.Context, r Request, since int64) error {
	if old, ok := k[[2]string{r.MiniAppID, r.ID}]; ok && old.At > since {
		panic("a second row of one id")
	}
	k[[2]string{r.MiniAppID, r.ID}] = r
	return nil
}

func TestEarlier(t *testing.T) {
	store := kept{}
	first := Of("kopi", "a", "token", []byte("body"), noon)
	if err := Keep(t.Context(), store, first, "made"); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		request Request
		found   bool
		refused bool
	}{
		"the same":                  {Of("kopi", "a", "token", []byte("body"), noon.Add(time.Minute)), true, false},
		"another body":              {Of("kopi", "a", "token", []byte("body "), noon), false, true},
		"no body":                   {Of("kopi", "a", "token", nil, noon), false, true},
		"another operation":         {Of("kopi", "a", "bank-details", []byte("body"), noon), false, true},
		"another id":                {Of("kopi", "b", "token", []byte("body"), noon), false, false},
		"another mini app":          {Of("teh", "a", "token", []byte("else"), noon), false, false},
		"no id":                     {Of("kopi", "", "token", []byte("body"), noon), false, false},
		"just before 24 hours":      {Of("kopi", "a", "token", []byte("body"), noon.Add(24*time.Hour-time.Millisecond)), true, false},
		"another body then":         {Of("kopi", "a", "token", []byte("else"), noon.Add(24*time.Hour-time.Millisecond)), false, true},
		"after 24 hours":            {Of("kopi", "a", "token", []byte("else"), noon.Add(24*time.Hour)), false, false},
		"the same id in upper case": {Of("kopi", "A", "token", []byte("else"), noon), false, false},
	} {
		got, found, err := Earlier(t.Context(), store, one.request)
		if found != one.found || problem.Is(err, problem.KeyReused) != one.refused || err != nil && !one.refused || found && got.Subject != "made" {
			t.Errorf("%s: %+v, %v, %v", name, got, found, err)
		}
	}
	if err := Keep(t.Context(), store, Of("kopi", "", "token", nil, noon), "x"); err != nil || len(store) != 1 {
		t.Errorf("a request without an id is kept: %v", err)
	}
	if err := Keep(t.Context(), store, Of("kopi", "a", "token", []byte("else"), noon.Add(Kept)), "new"); err != nil || store[[2]string{"kopi", "a"}].Subject != "new" {
		t.Errorf("the id is not free after 24 hours: %v", err)
	}
}

func TestWith_makes_another_call_of_what_differs(t *testing.T) {
	plain := Of("kopi", "a", "token", []byte("body"), noon)
	seen := map[string]string{string(plain.BodyHash): "plain"}
	for name, more := range map[string][]string{
		"one": {"ab"}, "another": {"b"}, "two": {"a", "b"}, "the other way": {"b", "a"}, "none": {}, "an empty one": {""},
	} {
		hash := string(plain.With(more...).BodyHash)
		if other, taken := seen[hash]; taken {
			t.Errorf("%s is the same as %s", name, other)
		}
		seen[hash] = name
	}
	if a, b := plain.With("user", "path"), Of("kopi", "a", "token", []byte("body"), noon).With("user", "path"); string(a.BodyHash) != string(b.BodyHash) {
		t.Error("a retry is another call")
	}
}
