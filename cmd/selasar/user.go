package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/selasar/selasar/internal/operator"
)

type userCommand struct {
	List  userListCommand  `cmd:"" help:"List users."`
	Show  userShowCommand  `cmd:"" help:"Show a user."`
	Put   userPutCommand   `cmd:"" help:"Make a user, or change one."`
	Erase userEraseCommand `cmd:"" help:"Erase a user's personal data."`
}

var (
	userColumns = operator.Columns("id", "name", "phone_number=phone", "email", "balance", "created_at")
	userFields  = operator.Columns("id", "name", "username", "phone_number=phone", "email", "gopay_account_id=account", "balance", "coins.value=coins", "gems.value=gems", "bank.bank_code=bank", "bank.account_name=account name", "bank.account_number_masked=account number", "created_at")
)

type userListCommand struct {
	connection
	paging
}

// Run lists the users.
func (c *userListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("users"), "users", nil, userColumns)
}

type oneUser struct {
	connection
	ID string `arg:"" help:"Id of the user in your own system."`
}

type userShowCommand struct{ oneUser }

// Run shows a user.
func (c *userShowCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, lookup("users", c.ID), userFields, "")
}

type userEraseCommand struct {
	oneUser
	Yes bool `help:"Confirm that the data cannot be restored."`
}

// Run erases a user's personal data.
func (c *userEraseCommand) Run(ctx context.Context, s streams) error {
	if !c.Yes {
		return fmt.Errorf("the data of %q cannot be restored; to erase it, repeat with --yes", c.ID)
	}
	return c.do(ctx, s, post(nil, "users", c.ID, "erase"), nil, "erased "+c.ID)
}

type userPutCommand struct {
	oneUser
	Name     *string `placeholder:"TEXT" help:"Name; a new user needs one."`
	Username *string `placeholder:"TEXT" help:"Username."`
	Phone    *string `placeholder:"NUMBER" help:"Phone number, such as +628123456789."`
	Email    *string `placeholder:"ADDRESS" help:"E-mail address."`
	Balance  *int64  `placeholder:"RUPIAH" help:"Balance in whole rupiah."`
	Coins    *int64  `placeholder:"N" help:"GoPay Coins."`
	Gems     *int64  `placeholder:"N" help:"Gems."`
	File     string  `placeholder:"FILE" help:"JSON file with the members instead of flags, such as the bank account; - for standard input."`
}

// Run makes or changes a user.
func (c *userPutCommand) Run(ctx context.Context, s streams) error {
	body := map[string]any{}
	for name, value := range map[string]*string{"name": c.Name, "username": c.Username, "phone_number": c.Phone, "email": c.Email} {
		if value != nil {
			body[name] = *value
		}
	}
	for name, value := range map[string]*int64{"balance": c.Balance, "coins": c.Coins, "gems": c.Gems} {
		if value != nil {
			body[name] = *value
		}
	}
	r := operator.Request{Method: http.MethodPut, Path: at("users", c.ID), Body: body}
	switch {
	case c.File != "" && len(body) > 0:
		return errors.New("--file has all members; leave the other flags out")
	case c.File != "":
		data, err := readJSON(c.File)
		if err != nil {
			return err
		}
		r.Body = data
	}
	return c.do(ctx, s, r, userFields, "")
}
