package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selasar/selasar/internal/operator"
)

type keyCommand struct {
	List         keyListCommand         `cmd:"" help:"List the keys of the operator API."`
	Create       keyCreateCommand       `cmd:"" help:"Make a key, and print it once."`
	Rotate       keyRotateCommand       `cmd:"" help:"Replace a key, with both valid for a while."`
	Revoke       keyRevokeCommand       `cmd:"" help:"Make a key invalid at once."`
	RotateMaster keyRotateMasterCommand `cmd:"" help:"Change the master key while the platform runs."`
}

var (
	keyColumns = operator.Columns("id", "name", "role", "scopes", "state", "expires_at", "used_at=last use")
	keyFields  = operator.Columns("id", "name", "role", "scopes", "state", "expires_at", "key")
)

// sayOnce warns that a key is shown only now.
func (c connection) sayOnce(s streams, err error) error {
	if err == nil && !c.JSON {
		_, _ = fmt.Fprintln(s.err, "the key is shown only now; store it where only its program can read it")
	}
	return err
}

type keyListCommand struct {
	connection
	paging
}

// Run lists the keys.
func (c *keyListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("keys"), "keys", nil, keyColumns)
}

type keyCreateCommand struct {
	connection
	Name      string   `required:"" placeholder:"TEXT" help:"Name of the program or person."`
	Role      string   `required:"" enum:"viewer,reviewer,operator,owner" placeholder:"ROLE" help:"viewer, reviewer, operator or owner."`
	Scope     []string `placeholder:"SCOPE" help:"Limit the key to a scope, such as launches:create; may be repeated."`
	ExpiresIn period   `placeholder:"90d" help:"Lifetime, such as 90d (default: it does not expire)."`
}

// Run makes a key.
func (c *keyCreateCommand) Run(ctx context.Context, s streams) error {
	body := map[string]any{"name": c.Name, "role": c.Role, "scopes": append([]string{}, c.Scope...), "expires_in": c.ExpiresIn.seconds()}
	return c.sayOnce(s, c.do(ctx, s, post(body, "keys"), keyFields, ""))
}

type oneKey struct {
	connection
	ID string `arg:"" help:"Id of the key, as key list prints it."`
}

type keyRotateCommand struct {
	oneKey
	Overlap period `default:"24h" placeholder:"24h" help:"How long the earlier key stays valid, at most 30d (default: ${default})."`
}

// Run replaces a key.
func (c *keyRotateCommand) Run(ctx context.Context, s streams) error {
	return c.sayOnce(s, c.do(ctx, s, post(map[string]int64{"overlap": c.Overlap.seconds()}, "keys", c.ID, "rotate"), keyFields, ""))
}

type keyRotateMasterCommand struct{ connection }

// Run changes the master key.
func (c *keyRotateMasterCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, post(nil, "master-key", "rotate"), nil, "the master key is changed; keep the earlier one as long as you keep backups from before")
}

type keyRevokeCommand struct{ oneKey }

// Run revokes a key.
func (c *keyRevokeCommand) Run(ctx context.Context, s streams) error {
	return c.do(ctx, s, operator.Request{Method: http.MethodDelete, Path: at("keys", c.ID)}, nil, "revoked "+c.ID)
}
