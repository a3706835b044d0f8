package admin

import (
	"context"

	"github.com/selasar/selasar/internal/credential"
)

// revealCredentials shows a mini app's credentials. It is an act, because the audit log
// must name each reader of a secret.
func (d *door) revealCredentials(ctx context.Context, c *call) (act, error) {
	id := c.PathValue("id")
	if err := d.registered(ctx, id); err != nil {
		return nil, err
	}
	set, err := d.Credentials.Of(ctx, id) // makes the first ones
	return func(context.Context, Tx, *call) (done, error) {
		return done{Body: set, Target: id, MiniAppID: id}, nil
	}, err
}

// rotateCredentials makes a new generation. Its RSA keys take a moment, so that they are
// made before the transaction.
func (d *door) rotateCredentials(ctx context.Context, c *call) (act, error) {
	var in struct {
		Revoke bool `json:"revoke"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	id := c.PathValue("id")
	if err := d.registered(ctx, id); err != nil {
		return nil, err
	}
	next, err := d.Credentials.Prepare(ctx, id, in.Revoke)
	return func(ctx context.Context, tx Tx, _ *call) (done, error) {
		r, err := d.Credentials.RotateIn(ctx, tx, next)
		return done{Body: viewGeneration(r), Target: id, MiniAppID: id, Detail: in}, err
	}, err
}

type generationView struct {
	Generation    int   `json:"generation"`
	MadeAt        int64 `json:"made_at"`
	PreviousUntil int64 `json:"previous_until"` // 0: the generation before is invalid
}

func viewGeneration(r credential.Record) generationView {
	return generationView{Generation: r.Generation, MadeAt: r.MadeAt, PreviousUntil: r.PreviousUntil}
}

func (d *door) registered(ctx context.Context, id string) error {
	return d.DB.Read(ctx, func(tx Tx) error {
		_, err := tx.Registrations().Get(ctx, id)
		return err
	})
}
