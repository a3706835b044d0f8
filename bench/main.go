// Bench measures Selasar, each figure beside its floor in the same run. It
// runs the real program in a process of its own, on loopback, and stops by
// itself. scripts/bench builds what it needs and starts it.
//
// Each measurement is repeated in rounds that interleave ours and the floor;
// what is printed is the median of the rounds.
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
	programs string // the folder with the built programs
	scratch  string // a folder for everything that is written
	// appAddress is where Selasar serves the mini app: always the same, as a
	// person's would be.
	appAddress string
	short      bool
	load       string // of the machine before the run
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
	{"notify", measureNotify},
	{"postgres", measurePostgres},
	{"restart", measureRestart},
	{"bridge", measureBridge},
}

func main() {
	b := &bench{}
	var markdown string
	var only string
	flag.StringVar(&b.programs, "programs", "", "folder with the programs that scripts/bench has built")
	flag.BoolVar(&b.short, "short", false, "fewer and shorter rounds: about a minute")
	flag.StringVar(&markdown, "markdown", "", "also write the table to this file, in Markdown")
	flag.StringVar(&only, "only", "", "groups to measure, by comma: start,size,calls,login,snap,notify,restart,bridge,postgres")
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

// rounds gives how many rounds to run: fewer when the run is short.
func (b *bench) rounds(full int) int {
	if b.short {
		return max(full/3, 1)
	}
	return full
}

// span gives how long a load lasts.
func (b *bench) span(full time.Duration) time.Duration {
	if b.short {
		return full / 2
	}
	return full
}
