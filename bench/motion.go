package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// sensed is the output of test/bench/motion.mjs.
type sensed struct {
	Readings struct {
		Ours  rhythm `json:"ours"`
		Floor rhythm `json:"floor"`
	} `json:"readings"`
	Calls struct {
		Quiet float64 `json:"quiet_p99_ms"`
		Busy  float64 `json:"busy_p99_ms"`
		Ratio float64 `json:"ratio"`
		Rate  float64 `json:"readings_per_second"`
	} `json:"calls"`
}

// rhythm is how regularly something happens that should happen every 20 ms.
type rhythm struct {
	Rate float64 `json:"per_second"`
	P50  float64 `json:"jitter_p50_ms"`
	P99  float64 `json:"jitter_p99_ms"`
}

// measureMotion measures a subscription of 20 ms in a page of Chromium, beside
// setInterval there, and the p99 of a call beside a thousand readings a second of other
// launches.
func measureMotion(ctx context.Context, b *bench) ([]row, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "test/bench/motion.mjs",
		"--selasar", filepath.Join(b.programs, "selasar"), "--rounds", strconv.Itoa(b.rounds(5)))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("test/bench/motion.mjs: %w", err)
	}
	var got sensed
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &got); err != nil {
		return nil, fmt.Errorf("reading the output of test/bench/motion.mjs: %w", err)
	}
	return got.rows(), nil
}

func (g sensed) rows() []row {
	ours, floor := g.Readings.Ours, g.Readings.Floor
	return []row{
		{what: "readings of a sensor every 20 ms, in a page", ours: perSecond(ours.Rate), floor: perSecond(floor.Rate), ratio: times(floor.Rate / ours.Rate)},
		{what: "their jitter, p50", ours: inMillis(ours.P50), floor: inMillis(floor.P50)},
		{what: "their jitter, p99", ours: inMillis(ours.P99), floor: inMillis(floor.P99)},
		{what: fmt.Sprintf("a call beside %.0f readings a second, p99", g.Calls.Rate), ours: inMillis(g.Calls.Busy), floor: inMillis(g.Calls.Quiet),
			ratio: fmt.Sprintf("%.2fx", g.Calls.Ratio), atLeast: "1.20x", holds: reaches(g.Calls.Ratio, 1.2)},
	}
}
