package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// result is what came of a package's mutants.
type result struct {
	Package   string
	Mutants   int
	Killed    int
	Survivors []survivor
	Took      time.Duration
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
	return fmt.Sprintf("%s: %d of %d mutants killed, %.1f percent, in %s", r.Package, r.Killed, r.Mutants, r.percent(), r.Took.Round(time.Second))
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
	var inFunctions, others []*mutant
	for _, m := range p.mutants() {
		switch {
		case !strings.Contains(m.String(), o.only):
		case m.fn != nil:
			inFunctions = append(inFunctions, m)
		case o.constants:
			others = append(others, m)
		}
	}
	if inFunctions, err = p.sound(inFunctions); err != nil {
		return result{}, err
	}
	t := &trial{p: p, folder: folder, atOnce: o.atOnce}
	if err := t.calibrate(inFunctions); err != nil {
		return result{}, err
	}
	killed := t.each(inFunctions, func(m *mutant) bool {
		return len(t.reach[m.function]) > 0 && t.kills(t.program, m.id, t.reach[m.function])
	})
	for id, dead := range t.each(others, t.killsAlone) {
		killed[id] = dead
	}
	r := result{Package: strings.TrimPrefix(p.path, "github.com/selasar/selasar/"), Took: time.Since(began)}
	for _, m := range append(inFunctions, others...) {
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
	atOnce  int                 // mutants
	program string              // with the mutants of the functions
	bound   time.Duration       // of one run of the tests
	reach   map[string][]string // the tests that reach a function
}

// calibrate compiles the program, and times its tests without a mutant.
func (t *trial) calibrate(list []*mutant) (err error) {
	if t.program, err = t.compile("all", t.p.woven(list)); err != nil {
		return err
	}
	t.bound, t.reach = time.Minute, map[string][]string{}
	out, err := exec.Command(t.program, "-test.list", ".").Output()
	if err != nil {
		return fmt.Errorf("listing the tests: %w", err)
	}
	var longest time.Duration
	for _, test := range strings.Fields(string(out)) {
		began := time.Now()
		if err := t.trace(test); err != nil {
			return err
		}
		longest += time.Since(began)
	}
	t.bound = 5*time.Second + 5*longest
	return nil
}

// trace runs one test without a mutant, and notes which functions it reaches.
func (t *trial) trace(test string) error {
	place := filepath.Join(t.folder, "trace-"+test)
	ctx, cancel := context.WithTimeout(context.Background(), t.bound)
	defer cancel()
	cmd := t.command(ctx, t.program, []string{test})
	cmd.Env = append(os.Environ(), "MUTANT_TRACE="+place)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s fails without a mutant: %w\n%s", test, err, out)
	}
	reached, err := os.ReadFile(place)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, function := range strings.Split(string(reached), "\n") {
		t.reach[function] = append(t.reach[function], test)
	}
	return nil
}

// command runs some tests, one after the other, up to the first that fails.
// No test stands for all.
func (t *trial) command(ctx context.Context, program string, tests []string) *exec.Cmd {
	pattern := "^(" + strings.Join(tests, "|") + ")$"
	if tests == nil {
		pattern = "."
	}
	cmd := exec.CommandContext(ctx, program, "-test.failfast", "-test.parallel=1", "-test.run", pattern)
	cmd.Dir = t.p.dir
	return cmd
}

// compile makes a test program in which some files have other texts.
func (t *trial) compile(name string, texts map[string]string) (program string, err error) {
	replace := map[string]string{}
	for path, text := range texts {
		replace[path] = filepath.Join(t.folder, name+"-"+filepath.Base(path))
		if err := os.WriteFile(replace[path], []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	place := filepath.Join(t.folder, name+".json")
	if err := os.WriteFile(place, overlay, 0o600); err != nil {
		return "", err
	}
	program = filepath.Join(t.folder, name+".test")
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", place, "-o", program, t.p.path).CombinedOutput(); err != nil {
		return "", fmt.Errorf("compiling: %w\n%s", err, out)
	}
	return program, nil
}

// kills reports whether tests fail with a mutant.
func (t *trial) kills(program string, id int, tests []string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), t.bound)
	defer cancel()
	cmd := t.command(ctx, program, tests)
	cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(id))
	return cmd.Run() != nil
}

// killsAlone compiles one mutant by itself. One that does not compile is
// killed: so small a change is wrong for the compiler already.
func (t *trial) killsAlone(m *mutant) bool {
	program, err := t.compile(strconv.Itoa(m.id), map[string]string{m.file.path: m.whole})
	if err != nil {
		return true
	}
	defer os.Remove(program)
	return t.kills(program, 0, nil)
}

// each tries mutants, a few at once.
func (t *trial) each(list []*mutant, try func(*mutant) bool) map[int]bool {
	killed := make(map[int]bool, len(list))
	var mu sync.Mutex
	var tries sync.WaitGroup
	next := make(chan *mutant)
	for range t.atOnce {
		tries.Go(func() {
			for m := range next {
				dead := try(m)
				mu.Lock()
				killed[m.id] = dead
				mu.Unlock()
			}
		})
	}
	for _, m := range list {
		next <- m
	}
	close(next)
	tries.Wait()
	return killed
}
