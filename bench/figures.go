package main

import (
	"fmt"
	"slices"
	"time"
)

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
