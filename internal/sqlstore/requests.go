package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/sql/engine"
)

type requests struct{ run engine.Statements }

func (requests) tables() []string { return []string{"requests"} }

const requestColumns = `mini_app_id, space, request_id, operation, body_hash, subject, answer, at`

func (s requests) Get(ctx context.Context, of request.Request, since int64) (r request.Request, found bool, err error) {
	r.MiniAppID, r.Space, r.ID = of.MiniAppID, of.Space, of.ID
	err = s.run.One(ctx, func(row engine.Row) error {
		return row.Scan(&r.Operation, &r.BodyHash, &r.Subject, &r.Answer, &r.At)
	}, `SELECT operation, body_hash, subject, answer, at FROM requests
		WHERE mini_app_id = $1 AND space = $2 AND request_id = $3 AND at > $4`, of.MiniAppID, of.Space, of.ID, since)
	if errors.Is(err, sql.ErrNoRows) {
		return request.Request{}, false, nil
	}
	return r, err == nil, err
}

func (s requests) Insert(ctx context.Context, r request.Request, since int64) error {
	n, err := s.run.Exec(ctx, `INSERT INTO requests (`+requestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (mini_app_id, space, request_id) DO UPDATE SET operation = excluded.operation, body_hash = excluded.body_hash,
			subject = excluded.subject, answer = excluded.answer, at = excluded.at WHERE requests.at <= $9`,
		r.MiniAppID, r.Space, r.ID, r.Operation, r.BodyHash, r.Subject, append([]byte{}, r.Answer...), r.At, since)
	if err == nil && n == 0 {
		err = fmt.Errorf("%s %q: %w", r.Space, r.ID, engine.ErrTaken)
	}
	return err
}
