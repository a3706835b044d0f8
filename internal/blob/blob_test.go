package blob_test

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
)

// shelf is a database of two launches, in memory.
type shelf struct {
	states map[string]launch.State
	blobs  map[string]blob.Blob
}

type (
	launches struct {
		launch.Store
		shelf *shelf
	}
	blobs struct{ shelf *shelf }
	tx    struct{ shelf *shelf }
)

func (t tx) Launches() launch.Store { return launches{shelf: t.shelf} }
func (t tx) Blobs() blob.Store      { return blobs(t) }

func (l launches) Get(_ context.Context, id string) (launch.Launch, error) {
	return launch.Launch{ID: id, State: l.shelf.states[id]}, nil
}

func (b blobs) Insert(_ context.Context, one blob.Blob) error {
	b.shelf.blobs[one.ID] = one
	return nil
}

func (b blobs) Get(_ context.Context, id string) (blob.Blob, error) {
	one, ok := b.shelf.blobs[id]
	if !ok {
		return one, blob.Unknown(id)
	}
	return one, nil
}

func (b blobs) Live(_ context.Context, launchID string, now int64) (n int, _ error) {
	for _, one := range b.shelf.blobs {
		if one.LaunchID == launchID && one.ExpiresAt > now {
			n++
		}
	}
	return n, nil
}

type database struct{ shelf *shelf }

func (d database) Read(_ context.Context, fn func(blob.Tx) error) error  { return fn(tx(d)) }
func (d database) Write(_ context.Context, fn func(blob.Tx) error) error { return fn(tx(d)) }

func opened() (*blob.Service, *shelf, *clock.Movable) {
	s := &shelf{states: map[string]launch.State{"a": launch.Open, "b": launch.Open}, blobs: map[string]blob.Blob{}}
	c := clock.NewMovable(clock.NewFixed(time.UnixMilli(1_795_000_000_000)), 0)
	return &blob.Service{DB: database{s}, Clock: c, IDs: id.NewSource(c, nil)}, s, c
}

func TestPut_refuses_what_it_does_not_keep(t *testing.T) {
	for name, c := range map[string]struct {
		mediaType string
		size      int
		code      problem.Code
	}{
		"a script":    {"text/html", 10, problem.BadRequest},
		"no type":     {"", 10, problem.BadRequest},
		"no bytes":    {"image/png", 0, problem.BadRequest},
		"too many":    {"image/png", blob.Most + 1, problem.TooLarge},
		"a picture":   {"image/png", 10, ""},
		"the largest": {"image/jpeg", blob.Most, ""},
	} {
		s, _, _ := opened()
		_, err := s.Put(t.Context(), "a", c.mediaType, make([]byte, c.size))
		if c.code == "" && err != nil || c.code != "" && !problem.Is(err, c.code) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

func TestBlob_is_read_by_its_launch_until_it_expires(t *testing.T) {
	s, shelf, c := opened()
	made, err := s.Put(t.Context(), "a", "image/png", []byte("bytes"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context(), "a", made.ID); err != nil || string(got.Bytes) != "bytes" || got.Type != "image/png" {
		t.Errorf("read %+v, %v", got, err)
	}
	if got, err := s.Get(t.Context(), "b", made.ID); !problem.Is(err, problem.NotFound) || got.Bytes != nil {
		t.Errorf("another launch read %+v, %v", got, err)
	}
	if _, err := s.Get(t.Context(), "a", "none"); !problem.Is(err, problem.NotFound) {
		t.Errorf("a blob that never was: %v", err)
	}
	shelf.states["a"] = launch.Ended
	if got, err := s.Get(t.Context(), "a", made.ID); !problem.Is(err, problem.LaunchEnded) || got.Bytes != nil {
		t.Errorf("an ended launch read %+v, %v", got, err)
	}
	if _, err := s.Put(t.Context(), "a", "image/png", []byte("x")); !problem.Is(err, problem.LaunchEnded) {
		t.Errorf("an ended launch kept one: %v", err)
	}
	shelf.states["a"] = launch.Open
	advance(t, c, blob.Life-time.Millisecond)
	if _, err := s.Get(t.Context(), "a", made.ID); err != nil {
		t.Errorf("it expired early: %v", err)
	}
	advance(t, c, time.Millisecond)
	if _, err := s.Get(t.Context(), "a", made.ID); !problem.Is(err, problem.NotFound) {
		t.Errorf("it did not expire: %v", err)
	}
}

func TestPut_bounds_the_blobs_of_a_launch(t *testing.T) {
	s, _, c := opened()
	put := func(launchID string) error {
		_, err := s.Put(t.Context(), launchID, "image/png", []byte("x"))
		return err
	}
	for range blob.PerLaunch {
		if err := put("a"); err != nil {
			t.Fatal(err)
		}
	}
	if err := put("a"); !problem.Is(err, problem.Conflict) {
		t.Errorf("one more was kept: %v", err)
	}
	if err := put("b"); err != nil {
		t.Errorf("another launch was refused: %v", err)
	}
	advance(t, c, blob.Life)
	if err := put("a"); err != nil {
		t.Errorf("refused once the others had expired: %v", err)
	}
}

func advance(t *testing.T, c *clock.Movable, by time.Duration) {
	t.Helper()
	if err := c.Advance(by); err != nil {
		t.Fatal(err)
	}
}
