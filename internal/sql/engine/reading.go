package engine

import "context"

// reading runs statements on the connections that read. A reset replaces those, and
// waits for the running statements.
type reading struct{ s *file }

func (r reading) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.Exec(ctx, query, args...)
}

func (r reading) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.One(ctx, scan, query, args...)
}

func (r reading) All(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.All(ctx, scan, query, args...)
}

// Locked returns the query unchanged: no decision follows it.
func (r reading) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (r reading) SkipLocked(query string) string { return query }
