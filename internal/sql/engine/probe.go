package engine

import "context"

// probe writes the only row of the database that always exists, without changing it.
func probe(ctx context.Context, e Engine) error {
	return e.Write(ctx, func(run Statements) error {
		_, err := run.Exec(ctx, "UPDATE master_key SET id = id")
		return err
	}, func() {})
}

// Probe writes a row.
func (s *file) Probe(ctx context.Context) error { return probe(ctx, s) }

// Probe writes a row.
func (p *postgres) Probe(ctx context.Context) error { return probe(ctx, p) }
