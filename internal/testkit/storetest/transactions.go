package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// transactions holds a database to what it promises of a write: all of it or
// none, whatever becomes of the writes that are folded in with it.
func transactions(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(w *world)
	}{
		{"a failing part undoes only itself", failingPart},
		{"a panic undoes only its own part", panickingPart},
		{"a write sees what it has written, and others do not", isolation},
		{"a caller that has gone before its turn changes nothing", goneBefore},
		{"a caller that goes away harms nobody else", goneWithin},
		{"a caller that goes away keeps no half, whatever the rule makes of it", goneUnheard},
		{"every change of one balance counts", sums},
		{"the journal has what was committed and nothing else", journalOfCommits},
		{"a write that returns is there for the next read", readYourWrites},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(newWorld(t, open))
		})
	}
}

var errNo = errors.New("no")

func (w *world) put(ctx context.Context, name string, then error) error {
	return w.db.Write(ctx, func(tx Tx) error {
		if err := tx.Settings().Put(ctx, name, "v"); err != nil {
			return err
		}
		return then
	})
}

// kept says which of the settings named prefix-0 to prefix-n are there.
func (w *world) kept(prefix string, n int) (list []bool) {
	w.t.Helper()
	w.read(func(tx Tx) error {
		for i := range n {
			_, found, err := tx.Settings().Get(w.ctx, fmt.Sprintf("%s-%d", prefix, i))
			if err != nil {
				return err
			}
			list = append(list, found)
		}
		return nil
	})
	return list
}

// crowded runs jobs together, while another holds the writer, so that they end
// up in one group wherever groups are made.
func (w *world) crowded(n int, job func(i int) error) []error {
	errs := make([]error, n)
	began, release := make(chan struct{}), make(chan struct{})
	holder := make(chan error, 1)
	go func() {
		holder <- w.db.Write(w.ctx, func(Tx) error {
			close(began)
			<-release
			return nil
		})
	}()
	<-began
	var sent atomic.Int32
	go func() {
		for sent.Load() < int32(n) {
			time.Sleep(time.Millisecond) // lets the jobs reach the queue
		}
		time.Sleep(5 * time.Millisecond)
		close(release)
	}()
	together(n, func(i int) {
		sent.Add(1)
		errs[i] = job(i)
	})
	w.must(<-holder)
	return errs
}

func failingPart(w *world) {
	for round := range 20 {
		prefix := fmt.Sprint("part ", round)
		errs := w.crowded(32, func(i int) error {
			var then error
			if i%3 == 1 {
				then = errNo
			}
			return w.put(w.ctx, fmt.Sprintf("%s-%d", prefix, i), then)
		})
		for i, found := range w.kept(prefix, 32) {
			failing := i%3 == 1
			if errors.Is(errs[i], errNo) != failing || (errs[i] == nil) == failing || found == failing {
				w.t.Fatalf("part %d: error %v, kept %v", i, errs[i], found)
			}
		}
	}
}

func panickingPart(w *world) {
	errs := w.crowded(16, func(i int) error {
		return w.db.Write(w.ctx, func(tx Tx) error {
			if err := tx.Settings().Put(w.ctx, fmt.Sprintf("panic-%d", i), "v"); err != nil {
				return err
			}
			if i == 7 {
				panic("out of the blue")
			}
			return nil
		})
	})
	for i, found := range w.kept("panic", 16) {
		if (errs[i] != nil) != (i == 7) || found != (i != 7) {
			w.t.Errorf("part %d: error %v, kept %v", i, errs[i], found)
		}
	}
	w.must(w.put(w.ctx, "after", nil))
}

func isolation(w *world) {
	w.write(func(tx Tx) error {
		if err := tx.Settings().Put(w.ctx, "new", "v"); err != nil {
			return err
		}
		_, inside, err := tx.Settings().Get(w.ctx, "new")
		w.same("seen inside", inside, true)
		w.read(func(tx Tx) error {
			_, outside, err := tx.Settings().Get(w.ctx, "new")
			w.same("seen outside before the commit", outside, false)
			return err
		})
		return err
	})
}

func goneBefore(w *world) {
	gone, cancel := context.WithCancel(w.ctx)
	cancel()
	errs := w.crowded(8, func(i int) error {
		if i%2 == 0 {
			return w.put(w.ctx, fmt.Sprintf("gone-%d", i), nil)
		}
		return w.put(gone, fmt.Sprintf("gone-%d", i), nil)
	})
	for i, found := range w.kept("gone", 8) {
		if found != (i%2 == 0) || found != (errs[i] == nil) {
			w.t.Errorf("caller %d: error %v, kept %v", i, errs[i], found)
		}
	}
}

// goneWithin has callers go away at any moment of their part. What a write
// told its caller must be true, and whoever stays must not notice.
func goneWithin(w *world) {
	const callers, each = 32, 40
	told := make([][each]error, callers)
	together(callers, func(c int) {
		random := rand.New(rand.NewPCG(uint64(c), 1))
		for i := range each {
			ctx, cancel := context.WithCancel(w.ctx)
			leaves := c%2 == 1
			told[c][i] = w.db.Write(ctx, func(tx Tx) error {
				if leaves && random.IntN(2) == 0 {
					go cancel() // in the middle of a statement
				}
				for part := range 3 {
					if err := tx.Settings().Put(ctx, fmt.Sprintf("caller %d/%d-%d", c, i, part), strings.Repeat("x", 3000)); err != nil {
						return err
					}
				}
				if leaves {
					cancel() // and between two
				}
				return tx.Settings().Put(ctx, fmt.Sprintf("caller %d/%d-3", c, i), "v")
			})
			cancel()
		}
	})
	for c := range told {
		for i, err := range told[c] {
			if err != nil && (c%2 == 0 || !errors.Is(err, context.Canceled)) {
				w.t.Fatalf("caller %d, who stayed: %v, write %d: %v", c, c%2 == 0, i, err)
			}
			for part, found := range w.kept(fmt.Sprintf("caller %d/%d", c, i), 4) {
				if found != (err == nil) {
					w.t.Fatalf("caller %d was told %v of write %d, yet part %d is kept: %v", c, err, i, part, found)
				}
			}
		}
	}
}

// goneUnheard has a rule not hear that its caller has gone: what the write
// told is true all the same.
func goneUnheard(w *world) {
	ctx, cancel := context.WithCancel(w.ctx)
	told := w.db.Write(ctx, func(tx Tx) error {
		if err := tx.Settings().Put(ctx, "unheard-0", "v"); err != nil {
			return err
		}
		cancel()
		_ = tx.Settings().Put(ctx, "unheard-1", "v")
		return nil
	})
	for part, found := range w.kept("unheard", 2) {
		if found != (told == nil) {
			w.t.Errorf("it was told %v, yet part %d is kept: %v", told, part, found)
		}
	}
}
