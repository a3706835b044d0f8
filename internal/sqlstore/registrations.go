package sqlstore

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type registrations struct{ tx *Tx }

func (registrations) tables() []string { return []string{"versions", "registrations"} }

const registrationColumns = `id, name, status, reason, live, versions, revision, permissions, created_at, changed_at, next_expiry`

func (s registrations) Insert(ctx context.Context, r registry.Registration) (bool, error) {
	permissions, err := json.Marshal(r.Permissions)
	if err != nil {
		return false, err
	}
	n, err := s.tx.run.Exec(ctx, `INSERT INTO registrations (`+registrationColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
		r.ID, r.Name, r.Status, r.Reason, r.Live, r.Versions, r.Revision, string(permissions), r.CreatedAt, r.ChangedAt, r.NextExpiry)
	return n == 1, err
}

func (s registrations) Get(ctx context.Context, id string) (r registry.Registration, err error) {
	err = s.tx.run.One(ctx, readRegistration(&r), s.tx.run.Locked(`SELECT `+registrationColumns+` FROM registrations WHERE id = $1`), id)
	return r, orElse(err, func() error { return registry.Unknown(id) })
}

func (s registrations) List(ctx context.Context, p store.Page) (list []registry.Registration, err error) {
	query, args := oldest(p, `SELECT `+registrationColumns+` FROM registrations WHERE status NOT IN ('deleting', 'deleted')`)
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var r registry.Registration
		err := readRegistration(&r)(row)
		list = append(list, r)
		return err
	}, query, args...)
	return list, err
}

func (s registrations) Change(ctx context.Context, id string, fn func(*registry.Registration) error) error {
	r, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := fn(&r); err != nil {
		return err
	}
	permissions, err := json.Marshal(r.Permissions)
	if err != nil {
		return err
	}
	_, err = s.tx.run.Exec(ctx, `UPDATE registrations SET name = $1, status = $2, reason = $3, live = $4, versions = $5, revision = $6,
		permissions = $7, changed_at = $8, next_expiry = $9 WHERE id = $10`,
		r.Name, r.Status, r.Reason, r.Live, r.Versions, r.Revision, string(permissions), r.ChangedAt, r.NextExpiry, id)
	return err
}

func (s registrations) Deleting(ctx context.Context, limit int) ([]string, error) {
	return s.ids(ctx, `SELECT id FROM registrations WHERE status = 'deleting' ORDER BY id LIMIT $1`, limit)
}

func (s registrations) Expiring(ctx context.Context, now int64, limit int) ([]string, error) {
	return s.ids(ctx, `SELECT id FROM registrations WHERE next_expiry > 0 AND next_expiry <= $1 AND status NOT IN ('deleting', 'deleted')
		ORDER BY next_expiry LIMIT $2`, now, limit)
}

func (s registrations) ids(ctx context.Context, query string, args ...any) (ids []string, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var id string
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

func readRegistration(r *registry.Registration) func(engine.Row) error {
	return func(row engine.Row) error {
		var permissions string
		err := row.Scan(&r.ID, &r.Name, &r.Status, &r.Reason, &r.Live, &r.Versions, &r.Revision, &permissions, &r.CreatedAt, &r.ChangedAt, &r.NextExpiry)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(permissions), &r.Permissions)
	}
}

const versionColumns = `mini_app_id, number, state, origin, manifest, submitted_at, submitted_by, decided_at, decided_by, reason`

func (s registrations) InsertVersion(ctx context.Context, v registry.Version) error {
	_, err := s.tx.run.Exec(ctx, `INSERT INTO versions (`+versionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		v.MiniAppID, v.Number, v.State, v.Origin, string(v.Manifest), v.SubmittedAt, v.SubmittedBy, v.DecidedAt, v.DecidedBy, v.Reason)
	return err
}

func (s registrations) GetVersion(ctx context.Context, id string, number int64) (v registry.Version, err error) {
	err = s.tx.run.One(ctx, readVersion(&v), s.tx.run.Locked(`SELECT `+versionColumns+` FROM versions WHERE mini_app_id = $1 AND number = $2`), id, number)
	return v, orElse(err, func() error {
		return problem.New(problem.VersionUnknown, "mini app %q has no version %d", id, number)
	})
}

// ListVersions has the number of the last version of a page as its cursor.
func (s registrations) ListVersions(ctx context.Context, id string, p store.Page) (list []registry.Version, err error) {
	before := int64(1) << 62
	if p.Cursor != "" {
		if before, err = strconv.ParseInt(p.Cursor, 10, 64); err != nil {
			return nil, problem.New(problem.BadRequest, "no list of versions has returned this cursor; leave it out to begin at the newest")
		}
	}
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var v registry.Version
		err := readVersion(&v)(row)
		list = append(list, v)
		return err
	}, `SELECT `+versionColumns+` FROM versions WHERE mini_app_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3`, id, before, p.Limit)
	return list, err
}

func (s registrations) DecideVersion(ctx context.Context, v registry.Version) error {
	_, err := s.tx.run.Exec(ctx, `UPDATE versions SET state = $1, decided_at = $2, decided_by = $3, reason = $4 WHERE mini_app_id = $5 AND number = $6`,
		v.State, v.DecidedAt, v.DecidedBy, v.Reason, v.MiniAppID, v.Number)
	return err
}

func readVersion(v *registry.Version) func(engine.Row) error {
	return func(row engine.Row) error {
		var manifest string
		err := row.Scan(&v.MiniAppID, &v.Number, &v.State, &v.Origin, &manifest, &v.SubmittedAt, &v.SubmittedBy, &v.DecidedAt, &v.DecidedBy, &v.Reason)
		v.Manifest = json.RawMessage(manifest)
		return err
	}
}
