package sqlstore

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sql/engine"
)

type asks struct{ run engine.Statements }

func (asks) tables() []string { return []string{"asks"} }

const askColumns = `id, launch_id, call_id, dialect, method, params, kind, state, show, subject, created_at, expires_at, answered_at, sheet`

func (s asks) Insert(ctx context.Context, a ask.Ask) error {
	_, err := s.run.Exec(ctx, `INSERT INTO asks (`+askColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		a.ID, a.LaunchID, a.CallID, a.Dialect, a.Method, string(a.Params), a.Kind, a.State, string(a.Show), a.Subject,
		a.CreatedAt, a.ExpiresAt, a.AnsweredAt, a.Sheet)
	return err
}

func (s asks) Get(ctx context.Context, id string) (a ask.Ask, err error) {
	err = s.run.One(ctx, readAsk(&a), `SELECT `+askColumns+` FROM asks WHERE id = $1`, id)
	return a, orElse(err, func() error { return problem.New(problem.AskUnknown, "there is no ask %q", id) })
}

func (s asks) Open(ctx context.Context, launchID string) ([]ask.Ask, error) {
	return s.list(ctx, `SELECT `+askColumns+` FROM asks WHERE launch_id = $1 AND state = 'open' AND sheet = '' ORDER BY id`, launchID)
}

func (s asks) Sharing(ctx context.Context, id string) ([]ask.Ask, error) {
	return s.list(ctx, `SELECT `+askColumns+` FROM asks WHERE sheet = $1 AND sheet <> '' AND state = 'open' ORDER BY id`, id)
}

func (s asks) Waiting(ctx context.Context, userID, miniAppID string) ([]ask.Ask, error) {
	return s.list(ctx, `SELECT `+askColumns+` FROM asks WHERE state = 'open' AND sheet = '' AND EXISTS (SELECT 1 FROM launches
		WHERE launches.id = asks.launch_id AND ($1 = '' OR user_id = $1) AND ($2 = '' OR mini_app_id = $2)) ORDER BY id`, userID, miniAppID)
}

func (s asks) Due(ctx context.Context, now int64, limit int) ([]ask.Ask, error) {
	return s.list(ctx, `SELECT `+askColumns+` FROM asks WHERE state = 'open' AND expires_at <= $1 AND sheet = ''
		ORDER BY expires_at LIMIT $2`, now, limit)
}

func (s asks) list(ctx context.Context, query string, args ...any) (list []ask.Ask, err error) {
	err = s.run.All(ctx, func(row engine.Row) error {
		var a ask.Ask
		err := readAsk(&a)(row)
		list = append(list, a)
		return err
	}, query, args...)
	return list, err
}

func (s asks) Take(ctx context.Context, id string, to ask.State, now int64) (bool, error) {
	n, err := s.run.Exec(ctx, `UPDATE asks SET state = $1, answered_at = $2, params = '{}', show = '{}',
		subject = CASE WHEN kind = $3 THEN '' ELSE subject END WHERE id = $4 AND state = 'open'`, to, now, ask.Deeplink, id)
	return n == 1, err
}

func readAsk(a *ask.Ask) func(engine.Row) error {
	return func(row engine.Row) error {
		var params, show string
		err := row.Scan(&a.ID, &a.LaunchID, &a.CallID, &a.Dialect, &a.Method, &params, &a.Kind, &a.State, &show, &a.Subject,
			&a.CreatedAt, &a.ExpiresAt, &a.AnsweredAt, &a.Sheet)
		a.Params, a.Show = json.RawMessage(params), json.RawMessage(show)
		return err
	}
}
