package payment

import (
	"encoding/json"
	"os"
	"testing"
)

func TestVectors_payments(t *testing.T) {
	data, err := os.ReadFile("../../spec/vectors/payments.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			Deeplink string
			Ref      *string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil || len(file.Cases) < 10 {
		t.Fatalf("%d cases, %v", len(file.Cases), err)
	}
	for _, c := range file.Cases {
		if got, ok := Ref(c.Deeplink); ok != (c.Ref != nil) || ok && got != *c.Ref {
			t.Errorf("%q: %q, %v", c.Deeplink, got, ok)
		}
	}
}

func FuzzRef(f *testing.F) {
	for _, seed := range []string{Deeplink("A1202611221200ABCID"), "gopay://merchanttransfer?tref=%00", "gopay://merchanttransfer?tref=%ff", "gopay://merchanttransfer/?tref=a&x", "gopay://x", "", ":", "%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ref, ok := Ref(text)
		if !ok {
			if ref != "" {
				t.Fatalf("%q is refused, with %q", text, ref)
			}
			return
		}
		for _, c := range []byte(ref) {
			if c <= ' ' || c > '~' { // PostgreSQL refuses a NUL and broken UTF-8 in a text
				t.Fatalf("%q names %q", text, ref)
			}
		}
		if again, ok := Ref(Deeplink(ref)); !ok || again != ref {
			t.Fatalf("%q has the reference %q, but its deeplink has %q", text, ref, again)
		}
	})
}
