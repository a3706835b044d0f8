package store

import "context"

// view shows a database to rules whose transactions need less than it has.
type view[T, Tx any] struct{ db Database[Tx] }

// View returns a database for a rule whose transactions are a T. Every Tx of the
// database must be one.
func View[T, Tx any](db Database[Tx]) Database[T] { return view[T, Tx]{db} }

func (v view[T, Tx]) Write(ctx context.Context, fn func(T) error) error {
	return v.db.Write(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}

func (v view[T, Tx]) Read(ctx context.Context, fn func(T) error) error {
	return v.db.Read(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}
