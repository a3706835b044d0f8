// Command mutant measures the tests of packages: it breaks one place of the
// code at a time, runs the package's own tests, and counts how many of these
// mutants the tests kill.
//
//	go run ./internal/mutant [-report FILE] [-least PERCENT] [-only TEXT] [-constants=false] PACKAGE...
//
// All mutants of a package's functions are woven into one test program, which
// an environment variable sends into one of them (mutant schemata): a package
// is compiled once, and a mutant costs one run of its tests. A constant cannot
// be chosen at run time, so each of its mutants is compiled by itself. The
// overlay of the go command takes the broken files; the tree is not touched.
//
// It exits with 1 when a package stays below -least, or when a survivor has no
// reason in reasons.txt.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	report := flag.String("report", "", "write the figures and the survivors to this Markdown file")
	least := flag.Float64("least", 85, "percent of the mutants that each package's tests must kill")
	constants := flag.Bool("constants", true, "try the mutants of constants, too, each of which is compiled by itself")
	only := flag.String("only", "", "try only mutants whose description contains this text")
	flag.Parse()
	if err := run(flag.Args(), *report, *least, *only, *constants); err != nil {
		fmt.Fprintln(os.Stderr, "mutant:", err)
		os.Exit(1)
	}
}

func run(paths []string, report string, least float64, only string, constants bool) error {
	reasons, err := readReasons()
	if err != nil {
		return err
	}
	var results []result
	for _, path := range paths {
		one, err := measure(path, only, constants)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", path, err)
		}
		fmt.Println(one)
		for _, m := range one.survivors {
			fmt.Printf("  lives: %s (%s)\n", m, m.place)
		}
		results = append(results, one)
	}
	if report != "" {
		if err := os.WriteFile(report, []byte(markdown(results, reasons)), 0o644); err != nil {
			return err
		}
	}
	return judge(results, reasons, least)
}

// judge returns an error when a package's tests are too weak.
func judge(results []result, reasons map[string]string, least float64) error {
	var wrong []string
	for _, one := range results {
		if one.percent() < least {
			wrong = append(wrong, fmt.Sprintf("%s: %.1f percent are killed, fewer than %.0f", one.name, one.percent(), least))
		}
		for _, m := range one.survivors {
			if reasons[m.String()] == "" {
				wrong = append(wrong, fmt.Sprintf("no reason in internal/mutant/reasons.txt: %s", m))
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d complaints\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	return nil
}
