package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/request"
)

type requests struct{ run statements }

const requestColumns = `mini_app_id, space, request_id, operation, body_hash, subject, answer, at`

func (s requests) Get(ctx context.Context, of request.Request, since int64) (r request.Request, found bool, err error) {
	err = s.run.one(ctx, func(row scanner) error {
		return row.Scan(&r.MiniAppID, &r.Space, &r.ID, &r.Operation, &r.BodyHash, &r.Subject, &r.Answer, &r.At)
	}, `SELECT `+requestColumns+` FROM requests
		WHERE mini_app_id = $1 AND space = $2 AND request_id = $3 AND at > $4`, of.MiniAppID, of.Space, of.ID, since)
	if errors.Is(err, sql.ErrNoRows) {
		return request.Request{}, false, nil
	}
	return r, err == nil, err
}

func (s requests) Insert(ctx context.Context, r request.Request, since int64) error {
	if _, err := s.run.exec(ctx, `DELETE FROM requests WHERE mini_app_id = $1 AND space = $2 AND request_id = $3 AND at <= $4`,
		r.MiniAppID, r.Space, r.ID, since); err != nil {
		return err
	}
	_, err := s.run.exec(ctx, `INSERT INTO requests (`+requestColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, r.MiniAppID, r.Space, r.ID, r.Operation, r.BodyHash, r.Subject, append([]byte{}, r.Answer...), r.At)
	return err
}
