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

// transactions checks that a write is atomic, regardless of the result of the other
// writes in its group.
func transactions(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(w *World)
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
			one.run(NewWorld(t, open))
		})
	}
}

var errNo = errors.New("no")

func (w *World) put(ctx context.Context, name string, then error) error {
	return w.DB.Write(ctx, func(tx Tx) error {
		if err := tx.Settings().Put(ctx, name, "v"); err != nil {
			return err
		}
		return then
	})
}

// kept reports which of the settings prefix-0 to prefix-n exist.
func (w *World) kept(prefix string, n int) (list []bool) {
	w.T.Helper()
	w.Read(func(tx Tx) error {
		for i := range n {
			_, found, err := tx.Settings().Get(w.Ctx, fmt.Sprintf("%s-%d", prefix, i))
			if err != nil {
				return err
			}
			list = append(list, found)
		}
		return nil
	})
	return list
}

// crowded runs jobs concurrently while another job occupies the writer, so that they
// form one group if the database makes groups.
func (w *World) crowded(n int, job func(i int) error) []error {
	errs := make([]error, n)
	began, release := make(chan struct{}), make(chan struct{})
	holder := make(chan error, 1)
	go func() {
		holder <- w.DB.Write(w.Ctx, func(Tx) error {
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
	Together(n, func(i int) {
		sent.Add(1)
		errs[i] = job(i)
	})
	w.Must(<-holder)
	return errs
}

func failingPart(w *World) {
	for round := range 20 {
		prefix := fmt.Sprint("part ", round)
		errs := w.crowded(32, func(i int) error {
			var then error
			if i%3 == 1 {
				then = errNo
			}
			return w.put(w.Ctx, fmt.Sprintf("%s-%d", prefix, i), then)
		})
		for i, found := range w.kept(prefix, 32) {
			failing := i%3 == 1
			if errors.Is(errs[i], errNo) != failing || (errs[i] == nil) == failing || found == failing {
				w.T.Fatalf("part %d: error %v, kept %v", i, errs[i], found)
			}
		}
	}
}

func panickingPart(w *World) {
	errs := w.crowded(16, func(i int) error {
		return w.DB.Write(w.Ctx, func(tx Tx) error {
			if err := tx.Settings().Put(w.Ctx, fmt.Sprintf("panic-%d", i), "v"); err != nil {
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
			w.T.Errorf("part %d: error %v, kept %v", i, errs[i], found)
		}
	}
	w.Must(w.put(w.Ctx, "after", nil))
}

func isolation(w *World) {
	w.Write(func(tx Tx) error {
		if err := tx.Settings().Put(w.Ctx, "new", "v"); err != nil {
			return err
		}
		_, inside, err := tx.Settings().Get(w.Ctx, "new")
		w.Same("seen inside", inside, true)
		w.Read(func(tx Tx) error {
			_, outside, err := tx.Settings().Get(w.Ctx, "new")
			w.Same("seen outside before the commit", outside, false)
			return err
		})
		return err
	})
}

func goneBefore(w *World) {
	gone, cancel := context.WithCancel(w.Ctx)
	cancel()
	errs := w.crowded(8, func(i int) error {
		if i%2 == 0 {
			return w.put(w.Ctx, fmt.Sprintf("gone-%d", i), nil)
		}
		return w.put(gone, fmt.Sprintf("gone-%d", i), nil)
	})
	for i, found := range w.kept("gone", 8) {
		if found != (i%2 == 0) || found != (errs[i] == nil) {
			w.T.Errorf("caller %d: error %v, kept %v", i, errs[i], found)
		}
	}
}

// goneWithin cancels callers at any moment of their part. The result of each write
// must be true, and the other callers must not be affected.
func goneWithin(w *World) {
	const callers, each = 32, 40
	told := make([][each]error, callers)
	Together(callers, func(c int) {
		random := rand.New(rand.NewPCG(uint64(c), 1))
		for i := range each {
			ctx, cancel := context.WithCancel(w.Ctx)
			leaves := c%2 == 1
			told[c][i] = w.DB.Write(ctx, func(tx Tx) error {
				if leaves && random.IntN(2) == 0 {
					go cancel() // in the middle of a statement
				}
				for part := range 3 {
					if err := tx.Settings().Put(ctx, fmt.Sprintf("caller %d/%d-%d", c, i, part), strings.Repeat("x", 3000)); err != nil {
						return err
					}
				}
				if leaves {
					cancel() // and between two statements
				}
				return tx.Settings().Put(ctx, fmt.Sprintf("caller %d/%d-3", c, i), "v")
			})
			cancel()
		}
	})
	for c := range told {
		for i, err := range told[c] {
			if err != nil && (c%2 == 0 || !errors.Is(err, context.Canceled)) {
				w.T.Fatalf("caller %d, not cancelled: %v, write %d: %v", c, c%2 == 0, i, err)
			}
			for part, found := range w.kept(fmt.Sprintf("caller %d/%d", c, i), 4) {
				if found != (err == nil) {
					w.T.Fatalf("caller %d got %v for write %d, but part %d is stored: %v", c, err, i, part, found)
				}
			}
		}
	}
}

// goneUnheard runs a rule that ignores the cancellation of its caller: the result of
// the write is still true.
func goneUnheard(w *World) {
	ctx, cancel := context.WithCancel(w.Ctx)
	told := w.DB.Write(ctx, func(tx Tx) error {
		if err := tx.Settings().Put(ctx, "unheard-0", "v"); err != nil {
			return err
		}
		cancel()
		_ = tx.Settings().Put(ctx, "unheard-1", "v")
		return nil
	})
	for part, found := range w.kept("unheard", 2) {
		if found != (told == nil) {
			w.T.Errorf("the write returned %v, but part %d is stored: %v", told, part, found)
		}
	}
}
