package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/store"
)

type versionView struct {
	Number      int64                 `json:"number"`
	State       registry.VersionState `json:"state"`
	Origin      string                `json:"origin"`
	Manifest    json.RawMessage       `json:"manifest"`
	SubmittedAt int64                 `json:"submitted_at"`
	SubmittedBy string                `json:"submitted_by"`
	DecidedAt   int64                 `json:"decided_at,omitempty"`
	DecidedBy   string                `json:"decided_by,omitempty"`
	Reason      string                `json:"reason"`
}

func viewVersion(v registry.Version) versionView {
	return versionView{v.Number, v.State, v.Origin, v.Manifest, v.SubmittedAt, v.SubmittedBy, v.DecidedAt, v.DecidedBy, v.Reason}
}

func (d *door) listVersions(ctx context.Context, c *call) (any, error) {
	cursor := func(v registry.Version) string { return strconv.FormatInt(v.Number, 10) }
	return list(ctx, d, c, "versions", cursor, viewVersion, func(tx Tx, p store.Page) ([]registry.Version, error) {
		if _, err := tx.Registrations().Get(ctx, c.PathValue("id")); err != nil {
			return nil, err
		}
		return tx.Registrations().ListVersions(ctx, c.PathValue("id"), p)
	})
}

func (d *door) showVersion(ctx context.Context, c *call) (any, error) {
	number, err := c.number()
	if err != nil {
		return nil, err
	}
	var v registry.Version
	err = d.DB.Read(ctx, func(tx Tx) error {
		if _, err := tx.Registrations().Get(ctx, c.PathValue("id")); err != nil {
			return err
		}
		v, err = tx.Registrations().GetVersion(ctx, c.PathValue("id"), number)
		return err
	})
	return viewVersion(v), err
}

// number returns the number of the version in the path.
func (c *call) number() (int64, error) {
	n, err := strconv.ParseInt(c.PathValue("number"), 10, 64)
	if err != nil || n < 1 {
		return 0, problem.New(problem.VersionUnknown, "the number of a version is 1 or more, not %q", c.PathValue("number"))
	}
	return n, nil
}

func (d *door) submit(ctx context.Context, tx Tx, c *call) (done, error) {
	var in submission
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	v, err := d.Registry.Submit(ctx, tx, c.PathValue("id"), registry.Submission(in), c.key.ID)
	return done{
		Status: http.StatusCreated, Body: viewVersion(v), Target: versionName(v), MiniAppID: v.MiniAppID, Detail: map[string]any{"origin": in.Origin},
	}, err
}

func (d *door) approve(ctx context.Context, tx Tx, c *call) (done, error) {
	return d.decide(ctx, tx, c, true)
}

func (d *door) reject(ctx context.Context, tx Tx, c *call) (done, error) {
	return d.decide(ctx, tx, c, false)
}

func (d *door) decide(ctx context.Context, tx Tx, c *call, approve bool) (done, error) {
	var in because
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	number, err := c.number()
	if err != nil {
		return done{}, err
	}
	v, err := d.Registry.Decide(ctx, tx, c.PathValue("id"), registry.Decision{Number: number, Approve: approve, Reason: in.Reason, By: c.key.ID})
	return done{
		Body: viewVersion(v), Target: versionName(v), MiniAppID: v.MiniAppID, Detail: in,
		after: func(ctx context.Context) error { return d.Engine.Review(ctx, "", v.MiniAppID) },
	}, err
}

// versionName is the name of a version in the audit log.
func versionName(v registry.Version) string {
	return v.MiniAppID + "/" + strconv.FormatInt(v.Number, 10)
}
