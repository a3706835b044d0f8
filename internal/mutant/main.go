// Command mutant measures the tests of packages: it breaks one place of the
// code at a time, runs the package's own tests, and counts how many of these
// mutants the tests kill.
//
//	go run ./internal/mutant [FLAG...] PACKAGE...
//
// All mutants of a package's functions are woven into one test program, which
// an environment variable sends into one of them (mutant schemata): a package
// is compiled once, and a mutant costs one run of its tests, up to the first
// that fails. Constants become variables for that. One that must stay constant,
// such as the length of an array, is compiled by itself for each of its mutants.
// The overlay of the go command takes the broken files; the tree is not touched.
//
// It exits with 1 when a package stays below -least, or when a survivor has no
// reason in reasons.txt.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// options are the flags.
type options struct {
	report    string
	resume    string
	least     float64
	only      string
	constants bool
	atOnce    int
	nice      int
	slots     chan struct{} // one for each test program that may run at once
}

func main() {
	var o options
	flag.StringVar(&o.report, "report", "", "write the figures and the survivors to this Markdown file")
	flag.StringVar(&o.resume, "resume", "", "keep each package's result in this file, and do not measure a package again that has one on the same commit")
	flag.Float64Var(&o.least, "least", 85, "percent of the mutants that each package's tests must kill")
	flag.StringVar(&o.only, "only", "", "try only mutants whose description contains this text")
	flag.BoolVar(&o.constants, "constants", true, "try the mutants of constants, too")
	flag.IntVar(&o.nice, "nice", 19, "how far the tests stay behind other work of the machine, from 0 to 19")
	flag.IntVar(&o.atOnce, "at-once", 2, "how many test programs to run at once")
	flag.Parse()
	if err := run(flag.Args(), o); err != nil {
		fmt.Fprintln(os.Stderr, "mutant:", err)
		os.Exit(1)
	}
}

func run(paths []string, o options) error {
	reasons, err := readReasons()
	if err != nil {
		return err
	}
	at, err := commit()
	if err != nil {
		return err
	}
	known := map[string]result{}
	if data, err := os.ReadFile(o.resume); err == nil {
		if err := json.Unmarshal(data, &known); err != nil {
			return fmt.Errorf("reading %s: %w", o.resume, err)
		}
	}
	results, err := all(paths, o, at, known)
	if err != nil {
		return err
	}
	if o.report != "" {
		if err := os.WriteFile(o.report, []byte(markdown(results, reasons)), 0o644); err != nil {
			return err
		}
	}
	if o.only == "" && o.constants {
		for _, name := range spare(results, reasons) {
			fmt.Printf("reasons.txt has a reason for a mutant that is killed or gone: %s\n", name)
		}
	}
	return judge(results, reasons, o.least)
}

// all measures packages on a commit, two at once: one compiles while the other's
// tests run. It leaves out packages whose results on the commit are known.
func all(paths []string, o options, at string, known map[string]result) ([]result, error) {
	o.slots = make(chan struct{}, o.atOnce)
	results := make([]result, len(paths))
	faults := make([]error, len(paths))
	var mu sync.Mutex
	var measures sync.WaitGroup
	two := make(chan struct{}, 2)
	for i, path := range paths {
		two <- struct{}{}
		measures.Go(func() {
			defer func() { <-two }()
			mu.Lock()
			one := known[path]
			mu.Unlock()
			if one.Commit != at {
				if one, faults[i] = measureAt(path, o, at); faults[i] != nil {
					return
				}
			}
			fmt.Println(one)
			mu.Lock()
			defer mu.Unlock()
			known[path], results[i] = one, one
			faults[i] = keep(o.resume, known)
		})
	}
	measures.Wait()
	return results, errors.Join(faults...)
}

// measureAt measures a package on a commit, which must not change in the meantime.
func measureAt(path string, o options, at string) (result, error) {
	one, err := measure(path, o)
	if err != nil {
		return one, fmt.Errorf("measuring %s: %w", path, err)
	}
	one.Commit = at
	if now, err := commit(); err != nil || now != at {
		return one, fmt.Errorf("the tree changed from %s to %s during the run (%v); run it again", at, now, err)
	}
	return one, nil
}

// keep writes results to a file; with an empty path it does nothing.
func keep(path string, results map[string]result) error {
	if path == "" {
		return nil
	}
	data, err := json.Marshal(results)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// spare returns the mutants of measured packages that have a reason and do not
// survive.
func spare(results []result, reasons map[string]string) (names []string) {
	known := map[string]bool{} // packages and survivors
	for _, one := range results {
		known[path.Base(one.Package)] = true
		for _, m := range one.Survivors {
			known[m.Name] = true
		}
	}
	for name := range reasons {
		if measured, _, _ := strings.Cut(name, "/"); known[measured] && !known[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// judge returns an error when a package's tests are too weak.
func judge(results []result, reasons map[string]string, least float64) error {
	var wrong []string
	for _, one := range results {
		if one.percent() < least {
			wrong = append(wrong, fmt.Sprintf("%s: %.1f percent are killed, fewer than %.0f", one.Package, one.percent(), least))
		}
		for _, m := range one.Survivors {
			if reasons[m.Name] == "" {
				wrong = append(wrong, fmt.Sprintf("no reason in internal/mutant/reasons.txt: %s", m.Name))
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d complaints\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	return nil
}
