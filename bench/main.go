// Bench measures Selasar; each figure stands beside its floor from the same run. It
// runs the real program in its own process, on loopback. scripts/bench builds the
// programs and starts it.
//
// Each measurement is repeated in rounds that alternate between ours and the floor.
// The output is the median of the rounds.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// bench is one run.
type bench struct {
	programs string // the folder of the built programs
	scratch  string // the folder for all written files
	// appAddress is the address of the mini app. It is always the same, as for
	// a developer.
	appAddress string
	short      bool
	load       string // the load of the machine before the run
}

// group is a set of rows that are measured together.
type group struct {
	name    string
	measure func(context.Context, *bench) ([]row, error)
}

var groups = []group{
	{"start", measureStart},
	{"size", measureSize},
	{"calls", measureCalls},
	{"login", measureLogin},
	{"snap", measureSnap},
	{"peer", measurePeer},
	{"notify", measureNotify},
	{"postgres", measurePostgres},
	{"serve", measureServe},
	{"growth", measureGrowth},
	{"restart", measureRestart},
	{"bridge", measureBridge},
	{"motion", measureMotion},
}

func main() {
	b := &bench{}
	var markdown string
	var only string
	flag.StringVar(&b.programs, "programs", "", "folder of the programs that scripts/bench has built")
	flag.BoolVar(&b.short, "short", false, "fewer and shorter rounds: about a minute")
	flag.StringVar(&markdown, "markdown", "", "also write the table to this file, in Markdown")
	flag.StringVar(&only, "only", "", "groups to measure, by comma: start,size,calls,login,snap,peer,notify,postgres,serve,growth,restart,bridge,motion")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := b.run(ctx, only, markdown); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context, only, markdown string) (err error) {
	if b.scratch, err = os.MkdirTemp("", "selasar-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.scratch)
	if b.appAddress, err = freeAddress(); err != nil {
		return err
	}
	b.load = loadAverage()
	began := time.Now()
	var rows []row
	for _, g := range groups {
		if only != "" && !strings.Contains(","+only+",", ","+g.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "bench: %s\n", g.name)
		more, err := g.measure(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
		rows = append(rows, more...)
	}
	fmt.Println(b.describeMachine())
	fmt.Print(aligned(rows))
	fmt.Printf("took %s\n", time.Since(began).Round(time.Second))
	if markdown == "" {
		return nil
	}
	return os.WriteFile(markdown, []byte(b.inMarkdown(rows)), 0o600)
}

// rounds returns the number of rounds, which is lower for a short run.
func (b *bench) rounds(full int) int {
	if b.short {
		return max(full/3, 1)
	}
	return full
}

// span returns the duration of a load.
func (b *bench) span(full time.Duration) time.Duration {
	if b.short {
		return full / 2
	}
	return full
}
