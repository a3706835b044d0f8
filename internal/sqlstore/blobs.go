package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/sql/engine"
)

type blobs struct{ run engine.Statements }

func (blobs) tables() []string { return []string{"blobs"} }

func (s blobs) Insert(ctx context.Context, b blob.Blob) error {
	_, err := s.run.Exec(ctx, `INSERT INTO blobs (id, launch_id, type, bytes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		b.ID, b.LaunchID, b.Type, append([]byte{}, b.Bytes...), b.CreatedAt, b.ExpiresAt)
	return err
}

func (s blobs) Get(ctx context.Context, id string) (b blob.Blob, err error) {
	err = s.run.One(ctx, func(row engine.Row) error {
		return row.Scan(&b.ID, &b.LaunchID, &b.Type, &b.Bytes, &b.CreatedAt, &b.ExpiresAt)
	}, `SELECT id, launch_id, type, bytes, created_at, expires_at FROM blobs WHERE id = $1`, id)
	return b, orElse(err, func() error { return blob.Unknown(id) })
}

func (s blobs) Live(ctx context.Context, launchID string, now int64) (n int, err error) {
	err = s.run.One(ctx, func(row engine.Row) error { return row.Scan(&n) },
		`SELECT count(*) FROM blobs WHERE launch_id = $1 AND expires_at > $2`, launchID, now)
	return n, err
}
