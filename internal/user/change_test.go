package user_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/user"
)

func some(text string) *string { return &text }

var sari = user.User{Name: "Sari", Username: "sari", Phone: "+628123456789", Email: "sari@example.com"}

func TestApply_sets_what_the_change_names(t *testing.T) {
	amount := money.Rupiah(7)
	for _, one := range []struct {
		name   string
		change user.Change
		want   user.User
		names  string
	}{
		{"nothing", user.Change{}, sari, ""},
		{"a name", user.Change{Name: some(" Budi ")}, user.User{Name: "Budi", Username: "sari", Phone: "+628123456789", Email: "sari@example.com"}, "name"},
		{"a username", user.Change{Username: some("")}, user.User{Name: "Sari", Phone: "+628123456789", Email: "sari@example.com"}, "username"},
		{"a phone", user.Change{Phone: some("")}, user.User{Name: "Sari", Username: "sari", Email: "sari@example.com"}, "phone_number"},
		{"an email", user.Change{Email: some("")}, user.User{Name: "Sari", Username: "sari", Phone: "+628123456789"}, "email"},
		{"money, which the wallet moves", user.Change{Balance: &amount, Coins: &amount, Gems: &amount}, sari, "balance coins gems"},
		{"an account", user.Change{Bank: &user.BankChange{Code: some("jago"), Name: some("S"), Number: some("12345")}},
			user.User{Name: "Sari", Username: "sari", Phone: "+628123456789", Email: "sari@example.com", Bank: user.BankAccount{Code: "jago", Name: "S", Number: "12345"}}, "bank"},
		{"a part of an account", user.Change{Bank: &user.BankChange{}}, sari, "bank"},
	} {
		u := sari
		stage.Is(t, one.name, stage.Code(one.change.Apply(&u)), "none")
		stage.Is(t, one.name, u, one.want)
		stage.Is(t, one.name, strings.Join(one.change.Names(), " "), one.names)
	}
}

func TestApply_refuses_what_cannot_be_a_users(t *testing.T) {
	long := func(n int) *string { return some(strings.Repeat("a", n)) }
	for _, one := range []struct {
		name   string
		change user.Change
		code   string
	}{
		{"no name", user.Change{Name: some(" ")}, "bad_request"},
		{"the longest name", user.Change{Name: long(100)}, "none"},
		{"a longer name", user.Change{Name: long(101)}, "bad_request"},
		{"the longest username", user.Change{Username: long(100)}, "none"},
		{"a longer username", user.Change{Username: long(101)}, "bad_request"},
		{"the longest email", user.Change{Email: some("@" + *long(199))}, "none"},
		{"a longer email", user.Change{Email: some("@" + *long(200))}, "bad_request"},
		{"an email without @", user.Change{Email: some("sari")}, "bad_request"},
		{"a name of two lines", user.Change{Name: some("Sari\nBudi")}, "bad_request"},
		{"a username with a control character", user.Change{Username: some("sa\x00ri")}, "bad_request"},
		{"an email that changes the direction of text", user.Change{Email: some("a\u202e@example.com")}, "bad_request"},
		{"a bank code of two lines", user.Change{Bank: &user.BankChange{Code: some("ja\ngo")}}, "bad_request"},
		{"an account holder of two lines", user.Change{Bank: &user.BankChange{Name: some("S\u2028B")}}, "bad_request"},
		{"a phone without +", user.Change{Phone: some("08123456789")}, "bad_request"},
		{"the shortest phone", user.Change{Phone: some("+12345678")}, "none"},
		{"a shorter phone", user.Change{Phone: some("+1234567")}, "bad_request"},
		{"a longer phone", user.Change{Phone: some("+1234567890123456")}, "bad_request"},
		{"the shortest account", user.Change{Bank: &user.BankChange{Number: some("12345")}}, "none"},
		{"a shorter account", user.Change{Bank: &user.BankChange{Number: some("1234")}}, "bad_request"},
		{"an account of letters", user.Change{Bank: &user.BankChange{Number: some("12345a")}}, "bad_request"},
		{"an account that is unlinked", user.Change{Bank: &user.BankChange{Number: some("")}}, "none"},
	} {
		u := sari
		stage.Is(t, one.name, stage.Code(one.change.Apply(&u)), one.code)
	}
}

func TestMasked_shows_the_last_four_digits(t *testing.T) {
	for number, want := range map[string]string{"": "", "1": "•", "1234": "••••", "12345": "••••2345", "5200130014001": "••••4001"} {
		b := user.BankAccount{Number: number}
		stage.Is(t, number, b.Masked(), want)
		stage.Is(t, number, b.Linked(), number != "")
	}
}

func TestNewAccountID_is_new_each_time(t *testing.T) {
	a, b := user.NewAccountID(), user.NewAccountID()
	if a == b || len(a) != 38 || a[:3] != "01-" || a[35:] != "-26" {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestUnknown(t *testing.T) {
	stage.Is(t, "the code", stage.Code(user.Unknown("sari")), "user_unknown")
}
