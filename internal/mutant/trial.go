package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// result is what came of a package's mutants.
type result struct {
	Package   string
	Commit    string
	Mutants   int
	Killed    int
	Endless   int // of the killed: those with which the tests did not end
	Survivors []survivor
	Took      time.Duration
	Worked    time.Duration // processor time of the tests
}

// survivor is a mutant that no test noticed.
type survivor struct{ Name, Place string }

func (r result) percent() float64 {
	if r.Mutants == 0 {
		return 100
	}
	return 100 * float64(r.Killed) / float64(r.Mutants)
}

func (r result) String() string {
	return fmt.Sprintf("%s: %d of %d mutants killed, %.1f percent, in %s (%s of the processor)", r.Package, r.Killed, r.Mutants, r.percent(), r.Took.Round(time.Second), r.Worked.Round(time.Second))
}

// measure tries the mutants of a package.
func measure(path string, o options) (result, error) {
	began := time.Now()
	p, err := load(path)
	if err != nil {
		return result{}, err
	}
	folder, err := os.MkdirTemp("", "mutant-*")
	if err != nil {
		return result{}, err
	}
	defer os.RemoveAll(folder)
	var inFunctions, constants []*mutant
	for _, m := range p.mutants() {
		switch {
		case !strings.Contains(m.String(), o.only):
		case m.fn != nil:
			inFunctions = append(inFunctions, m)
		case o.constants:
			constants = append(constants, m)
		}
	}
	if inFunctions, err = p.sound(inFunctions); err != nil {
		return result{}, err
	}
	t := &trial{p: p, folder: folder, slots: o.slots, nice: o.nice}
	if err := t.calibrate(inFunctions, constants); err != nil {
		return result{}, err
	}
	all := append(inFunctions, constants...)
	killed, err := t.each(all)
	if err != nil {
		return result{}, err
	}
	r := result{Package: strings.TrimPrefix(p.path, "github.com/selasar/selasar/"), Took: time.Since(began), Worked: t.worked, Endless: t.endless}
	for _, m := range all {
		r.Mutants++
		if killed[m.id] {
			r.Killed++
		} else {
			r.Survivors = append(r.Survivors, survivor{m.String(), m.place})
		}
	}
	return r, nil
}

// trial runs a package's tests against mutants.
type trial struct {
	p       *pkg
	folder  string
	nice    int                 // of the tests
	slots   chan struct{}       // one for each test program that may run at once
	program string              // with the woven mutants
	woven   map[int]bool        // the mutants of the program, by id
	cost    map[string]cost     // of each test
	reach   map[string][]string // the tests that reach a function

	mu      sync.Mutex
	worked  time.Duration     // processor time of the tests
	endless int               // mutants with which the tests did not end
	killers map[string]string // the last test that killed a mutant of a function
}

// calibrate compiles the program, and traces its tests without a mutant. The
// constants of a package that another one needs as constants stay out of it.
func (t *trial) calibrate(inFunctions, constants []*mutant) (err error) {
	list := t.p.variable(inFunctions, constants)
	if t.program, err = t.compile("all", t.p.woven(list)); err != nil && len(list) > len(inFunctions) {
		list = inFunctions
		t.program, err = t.compile("all", t.p.woven(list))
	}
	if err != nil {
		return err
	}
	t.woven, t.cost, t.reach, t.killers = map[int]bool{}, map[string]cost{}, map[string][]string{}, map[string]string{}
	for _, m := range list {
		t.woven[m.id] = true
	}
	out, err := exec.Command(t.program, "-test.list", ".").Output()
	if err != nil {
		return fmt.Errorf("listing the tests: %w", err)
	}
	tests := strings.Fields(string(out))
	faults := make([]error, len(tests))
	var traces sync.WaitGroup
	for i, test := range tests {
		traces.Go(func() { faults[i] = t.trace(test) })
	}
	traces.Wait()
	return errors.Join(faults...)
}

// trace runs one test without a mutant, and notes its time and the functions
// that it reaches.
func (t *trial) trace(test string) error {
	defer t.slot()()
	place := filepath.Join(t.folder, "trace-"+test)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	began := time.Now()
	cmd := t.command(ctx, t.program, []string{test}, time.Minute)
	cmd.Env = append(os.Environ(), "MUTANT_TRACE="+place)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s fails without a mutant: %w\n%s", test, err, out)
	}
	took := time.Since(began)
	reached, err := os.ReadFile(place)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cost[test] = cost{took, worked(cmd)}
	for _, function := range strings.Split(string(reached), "\n") {
		t.reach[function] = append(t.reach[function], test)
	}
	return nil
}

// try reports whether a mutant is killed. Constants are in use before any test,
// so that all tests count for them.
func (t *trial) try(m *mutant) (bool, error) {
	switch tests := t.reach[m.function]; {
	case !t.woven[m.id]:
		return t.killsAlone(m)
	case m.fn == nil:
		killer, err := t.killer(t.program, m.id, nil)
		return killer != "", err
	default:
		return t.kills(m, tests)
	}
}

// kills reports whether some tests kill a mutant. The test that killed the last
// mutant of the same function comes first, because it often kills this one, too.
func (t *trial) kills(m *mutant, tests []string) (bool, error) {
	t.mu.Lock()
	first := t.killers[m.function]
	t.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(tests), func(test string) bool { return test == first })
	for _, some := range [][]string{{first}, rest} {
		if len(some) == 0 || some[0] == "" {
			continue
		}
		killer, err := t.killer(t.program, m.id, some)
		if err != nil {
			return false, err
		}
		if killer != "" {
			t.mu.Lock()
			defer t.mu.Unlock()
			if slices.Contains(tests, killer) {
				t.killers[m.function] = killer
			}
			return true, nil
		}
	}
	return false, nil
}

// each tries mutants, a few at once, and returns which of them are killed. It
// names a survivor at once, because a run takes long.
func (t *trial) each(list []*mutant) (killed map[int]bool, failed error) {
	killed = make(map[int]bool, len(list))
	var mu sync.Mutex
	var tries sync.WaitGroup
	next := make(chan *mutant)
	for range cap(t.slots) {
		tries.Go(func() {
			for m := range next {
				dead, err := t.try(m)
				mu.Lock()
				killed[m.id], failed = dead, cmp.Or(failed, err)
				mu.Unlock()
				if !dead && err == nil {
					fmt.Printf("  lives: %s (%s)\n", m, m.place)
				}
			}
		})
	}
	for _, m := range list {
		next <- m
	}
	close(next)
	tries.Wait()
	return killed, failed
}
