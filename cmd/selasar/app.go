package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/operator"
	"github.com/selasar/selasar/internal/registry"
)

type appCommand struct {
	List        appListCommand        `cmd:"" help:"List mini apps."`
	Show        appShowCommand        `cmd:"" help:"Show a mini app and its versions."`
	Register    appRegisterCommand    `cmd:"" help:"Register a mini app with its first version."`
	Submit      appSubmitCommand      `cmd:"" help:"Submit a version of a mini app."`
	Approve     appApproveCommand     `cmd:"" help:"Approve a version, which is then live."`
	Reject      appRejectCommand      `cmd:"" help:"Reject a version."`
	Permit      appPermitCommand      `cmd:"" help:"Replace the permissions of a mini app."`
	Suspend     appSuspendCommand     `cmd:"" help:"Suspend a mini app at once."`
	Resume      appResumeCommand      `cmd:"" help:"End a suspension."`
	Delete      appDeleteCommand      `cmd:"" help:"Delete a mini app forever."`
	Credentials appCredentialsCommand `cmd:"" help:"Show the credentials of a mini app's backend."`
	Rotate      appRotateCommand      `cmd:"" help:"Make new credentials for a mini app's backend."`
}

var (
	appColumns     = operator.Columns("id", "name", "status", "live_version", "newest_version", "changed_at")
	appFields      = operator.Columns("id", "name", "status", "reason", "live_version", "newest_version", "permissions.consents=consents", "permissions.jsapis=jsapis", "permissions.deeplinks=deeplinks", "permissions.domains=domains", "permissions.notification_url=notifications", "permissions.rewards.types=rewards", "created_at", "changed_at")
	versionColumns = operator.Columns("number=version", "state", "origin", "submitted_at", "decided_at", "reason")
)

type appListCommand struct {
	connection
	paging
}

// Run lists the mini apps.
func (c *appListCommand) Run(ctx context.Context, s streams) error {
	return c.list(ctx, s, c.paging, at("mini-apps"), "mini_apps", nil, appColumns)
}

type oneApp struct {
	connection
	ID string `arg:"" help:"Id of the mini app."`
}

type appShowCommand struct{ oneApp }

// Run shows a mini app. As JSON, the versions are the member versions.
func (c *appShowCommand) Run(ctx context.Context, s streams) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	app, err := client.Do(ctx, lookup("mini-apps", c.ID))
	if err != nil {
		return err
	}
	if c.JSON {
		return c.print(s, app, nil, "")
	}
	if err := c.print(s, app, appFields, ""); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(s.out)
	return c.list(ctx, s, paging{Limit: 20}, at("mini-apps", c.ID, "versions"), "versions", nil, versionColumns)
}

// submission has the flags of a version.
type submission struct {
	connection
	Dir    string `arg:"" help:"Folder with miniapp.json."`
	Origin string `required:"" placeholder:"ORIGIN" help:"Origin of the pages, such as https://kopi.example."`
}

// read returns the body of the request, and the id in the manifest.
func (c submission) read() (body map[string]any, id string, err error) {
	path := filepath.Join(c.Dir, manifest.File)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", fmt.Errorf("there is no %s; name the folder of the mini app, or make the file with selasar init", path)
	}
	if err != nil {
		return nil, "", err
	}
	m, err := manifest.Parse(data)
	if err != nil {
		return nil, "", fmt.Errorf("in %s: %w", c.Dir, err)
	}
	return map[string]any{"origin": c.Origin, "manifest": json.RawMessage(data)}, m.ID, nil
}

type appRegisterCommand struct{ submission }

// Run registers a mini app.
func (c *appRegisterCommand) Run(ctx context.Context, s streams) error {
	body, _, err := c.read()
	if err != nil {
		return err
	}
	return c.do(ctx, s, post(body, "mini-apps"), appFields, "")
}

type appSubmitCommand struct{ submission }

// Run submits a version.
func (c *appSubmitCommand) Run(ctx context.Context, s streams) error {
	body, id, err := c.read()
	if err != nil {
		return err
	}
	return c.do(ctx, s, post(body, "mini-apps", id, "versions"), versionColumns, "")
}

// decision has the flags of a decision about a version.
type decision struct {
	oneApp
	Number int64  `arg:"" help:"Number of the version."`
	Reason string `placeholder:"TEXT" help:"Why, in one line."`
}

func (c decision) decide(ctx context.Context, s streams, what string) error {
	body := map[string]string{"reason": c.Reason}
	return c.do(ctx, s, post(body, "mini-apps", c.ID, "versions", strconv.FormatInt(c.Number, 10), what), versionColumns, "")
}

type appApproveCommand struct{ decision }

// Run approves a version.
func (c *appApproveCommand) Run(ctx context.Context, s streams) error {
	return c.decide(ctx, s, "approve")
}

type appRejectCommand struct{ decision }

// Run rejects a version.
func (c *appRejectCommand) Run(ctx context.Context, s streams) error {
	return c.decide(ctx, s, "reject")
}

type appPermitCommand struct {
	oneApp
	AsRequested bool   `xor:"what" required:"" help:"Grant what the manifest of the newest version asks for."`
	File        string `xor:"what" required:"" placeholder:"FILE" help:"JSON file with the permissions, in the form of the operator API; - for standard input."`
}

// Run replaces the permissions. It refuses to overwrite a change that happened meanwhile.
func (c *appPermitCommand) Run(ctx context.Context, s streams) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	before, err := client.Do(ctx, lookup("mini-apps", c.ID))
	if err != nil {
		return err
	}
	permissions, err := c.permissions(ctx, client, before)
	if err != nil {
		return err
	}
	return c.do(ctx, s, operator.Request{Method: http.MethodPut, Path: at("mini-apps", c.ID, "permissions"), Body: permissions, Match: before.ETag}, appFields, "")
}

func (c *appPermitCommand) permissions(ctx context.Context, client *operator.Client, app operator.Answer) (any, error) {
	if !c.AsRequested {
		return readJSON(c.File)
	}
	var known struct {
		Newest int64 `json:"newest_version"`
	}
	if err := json.Unmarshal(app.Body, &known); err != nil {
		return nil, err
	}
	newest, err := client.Do(ctx, lookup("mini-apps", c.ID, "versions", strconv.FormatInt(known.Newest, 10)))
	if err != nil {
		return nil, err
	}
	var v struct {
		Origin   string
		Manifest json.RawMessage
	}
	if err := json.Unmarshal(newest.Body, &v); err != nil {
		return nil, err
	}
	return registry.Version{Origin: v.Origin, Manifest: v.Manifest}.Requested()
}

// readJSON reads a file with one JSON value; - is the standard input.
func readJSON(path string) (json.RawMessage, error) {
	var data []byte
	var err error
	if path == "-" {
		data, err = io.ReadAll(os.Stdin)
	} else {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("--file: %w", err)
	}
	if !json.Valid(data) {
		return nil, fmt.Errorf("--file %s: it must be JSON", path)
	}
	return data, nil
}
