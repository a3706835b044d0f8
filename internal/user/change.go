package user

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// Change is a change of a user. A nil member stays unchanged.
type Change struct {
	Name     *string       `json:"name"`
	Username *string       `json:"username"`
	Phone    *string       `json:"phone_number"`
	Email    *string       `json:"email"`
	Balance  *money.Rupiah `json:"balance"`
	Coins    *money.Rupiah `json:"coins"`
	Gems     *money.Rupiah `json:"gems"`
	Bank     *BankChange   `json:"bank"`
}

// BankChange is a change of a bank account. An empty number unlinks the account.
type BankChange struct {
	Code   *string `json:"bank_code"`
	Name   *string `json:"account_name"`
	Number *string `json:"account_number"`
}

var (
	phone  = regexp.MustCompile(`^\+[0-9]{8,15}$`)
	number = regexp.MustCompile(`^[0-9]{5,20}$`)
)

// Apply applies the change to u, and returns a problem when the result is not
// valid. It does not change the balance; package wallet does that.
func (c Change) Apply(u *User) error {
	set(&u.Name, c.Name)
	set(&u.Username, c.Username)
	set(&u.Phone, c.Phone)
	set(&u.Email, c.Email)
	if c.Bank != nil {
		set(&u.Bank.Code, c.Bank.Code)
		set(&u.Bank.Name, c.Bank.Name)
		set(&u.Bank.Number, c.Bank.Number)
	}
	return u.validate()
}

// Names returns the members that the change sets, as spelled in the control API. The journal records names without values.
func (c Change) Names() []string {
	names := []string{}
	for _, one := range []struct {
		name string
		set  bool
	}{
		{"name", c.Name != nil}, {"username", c.Username != nil}, {"phone_number", c.Phone != nil}, {"email", c.Email != nil},
		{"balance", c.Balance != nil}, {"coins", c.Coins != nil}, {"gems", c.Gems != nil}, {"bank", c.Bank != nil},
	} {
		if one.set {
			names = append(names, one.name)
		}
	}
	return names
}

func set(to, from *string) {
	if from != nil {
		*to = strings.TrimSpace(*from)
	}
}

func (u User) validate() error {
	switch {
	case u.Name == "" || len(u.Name) > 100:
		return problem.New(problem.BadRequest, "a user has a name of 1 to 100 characters")
	case len(u.Username) > 100 || len(u.Email) > 200:
		return problem.New(problem.BadRequest, "username takes at most 100 characters, email at most 200")
	case !strict.Line(u.Name) || !strict.Line(u.Username) || !strict.Line(u.Email) || !strict.Line(u.Bank.Code) || !strict.Line(u.Bank.Name):
		return problem.New(problem.BadRequest, "a user's texts have one line each, without control characters and characters that change the direction of text")
	case u.Phone != "" && !phone.MatchString(u.Phone):
		return problem.New(problem.BadRequest, "phone_number is written +62 and digits, such as +628123456789")
	case u.Email != "" && !strings.Contains(u.Email, "@"):
		return problem.New(problem.BadRequest, "email has no @")
	case u.Bank.Linked() && !number.MatchString(u.Bank.Number):
		return problem.New(problem.BadRequest, "account_number takes 5 to 20 digits")
	}
	return nil
}

// NewAccountID returns a new gopay_account_id in the documented form
// (seamless-login-v2): 01-, 32 hex digits, -26.
func NewAccountID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return "01-" + hex.EncodeToString(b[:]) + "-26"
}
