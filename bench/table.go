package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one line of the table. Every figure is a text with its unit.
type row struct {
	what    string
	ours    string
	floor   string // the floor, measured in the same run
	ratio   string // ours over the floor, or the floor over ours; larger is worse
	atLeast string // the required figure
	goal    string
	holds   verdict // whether ours reaches atLeast
}

type verdict string

const (
	yes     verdict = "yes"
	no      verdict = "NO"
	unasked verdict = "" // there is no required figure
)

func holds(ok bool) verdict {
	if ok {
		return yes
	}
	return no
}

var heads = []string{"", "Selasar", "floor", "ratio", "at least", "goal", "reached"}

func (r row) cells() []string {
	return []string{r.what, r.ours, r.floor, r.ratio, r.atLeast, r.goal, string(r.holds)}
}

func aligned(rows []row) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(heads, "\t"))
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r.cells(), "\t"))
	}
	_ = w.Flush() // to memory
	return out.String()
}

func (b *bench) inMarkdown(rows []row) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n", b.describeMachine())
	line := func(cells []string) { fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | ")) }
	line(heads)
	line(strings.Split(strings.Repeat("---,", len(heads)-1)+"---", ","))
	for _, r := range rows {
		line(r.cells())
	}
	return out.String()
}

// describeMachine describes the machine and the time of the run.
func (b *bench) describeMachine() string {
	return fmt.Sprintf("%s, %d cores (%s), load average before the run %s, %s/%s, %s, commit %s", time.Now().UTC().Format("2006-01-02 15:04 MST"),
		runtime.NumCPU(), processor(), b.load, runtime.GOOS, runtime.GOARCH, runtime.Version(), commit())
}

// loadAverage returns the load average of the last minute. Above the number of cores,
// times are unreliable, and ratios less so.
func loadAverage() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	minute, _, _ := strings.Cut(string(data), " ")
	return minute
}

func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func commit() string {
	out, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// median returns the median of the figures, or 0 when there are none.
func median(figures []float64) float64 { return quantile(figures, 0.5) }

func quantile(figures []float64, q float64) float64 {
	if len(figures) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func inMillis(ms float64) string { return fmt.Sprintf("%.2f ms", ms) }

func perSecond(rate float64) string { return fmt.Sprintf("%.0f/s", rate) }

func times(ratio float64) string { return fmt.Sprintf("%.1fx", ratio) }

func mebibytes(bytes float64) string { return fmt.Sprintf("%.1f MiB", bytes/(1<<20)) }
