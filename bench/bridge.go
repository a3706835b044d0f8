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

// pace is the result of one kind of sequential calls in the browser.
type pace struct {
	P50  float64 `json:"p50_ms"`
	Rate float64 `json:"per_second"`
}

// bridged is the output of test/bench/bridge.mjs.
type bridged struct {
	Same      bridgeAlone `json:"same site"`
	Other     bridgeAlone `json:"other site"`
	FirstCall firstCall   `json:"first call"`
	Real      struct {
		Same  realCalls `json:"same site"`
		Other realCalls `json:"other site"`
	} `json:"real call"`
	Ready ready `json:"ready"`
}

// realCalls are the paces of the methods and of their floor.
type realCalls map[string]pace

// ready is the time until the script of gpContainer is ready, and until an empty one is.
type ready struct {
	Ours  float64 `json:"ready_ms"`
	Empty float64 `json:"empty_ms"`
}

type bridgeAlone struct {
	Channel pace    `json:"MessageChannel"`
	Bridge  pace    `json:"bridge"`
	Share   float64 `json:"share"`
}

type firstCall struct {
	Raw   float64 `json:"raw_ms"`
	Ours  float64 `json:"bridge_ms"`
	Ratio float64 `json:"ratio"`
}

// measureBridge measures in Chromium. The floor of the bridge alone is a bare
// MessageChannel; the floor of real calls is a channel and a WebSocket.
func measureBridge(ctx context.Context, b *bench) ([]row, error) {
	var got bridged
	if err := b.inChromium(ctx, "test/bench/bridge.mjs", b.rounds(9), &got); err != nil {
		return nil, err
	}
	return got.rows(), nil
}

// inChromium runs a script of test/bench, and decodes the last line of its output.
func (b *bench) inChromium(ctx context.Context, script string, rounds int, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", script, "--json", "--selasar", filepath.Join(b.programs, "selasar"), "--rounds", strconv.Itoa(rounds))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", script, err)
	}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], into); err != nil {
		return fmt.Errorf("reading the output of %s: %w", script, err)
	}
	return nil
}

func (g bridged) rows() []row {
	rows := []row{
		g.Same.row("bridge alone, frame of the same site", 0.7),
		g.Other.row("bridge alone, frame of another site", 0.85),
		{what: "frame inserted to first call answered", ours: inMillis(g.FirstCall.Ours), floor: inMillis(g.FirstCall.Raw),
			ratio: fmt.Sprintf("%.2fx", g.FirstCall.Ratio), atLeast: "1.15x", holds: reaches(g.FirstCall.Ratio, 1.15)},
	}
	for _, method := range []string{"getAuthCode", "getLocation"} {
		p50, rate := g.Real.Same.rows("real call in Chromium, "+method, method)
		p50.atLeast, p50.goal, p50.holds = "0.8 ms", "0.5 ms", reaches(g.Real.Same[method].P50, 0.8)
		rate.atLeast, rate.goal, rate.holds = "1200/s", "2000/s", holds(g.Real.Same[method].Rate >= 1200)
		rows = append(rows, p50, rate)
	}
	for _, method := range []string{"GPMiniAppAuth.getAuthCode", "GPLocation.getLocation"} {
		p50, rate := g.Real.Same.rows("real call in Chromium, gpContainer "+method, method)
		p50.atLeast, p50.goal, p50.holds = "0.8 ms", "0.5 ms", reaches(g.Real.Same[method].P50, 0.8)
		rows = append(rows, p50, rate)
	}
	rows = append(rows, row{what: "script of gpContainer inserted to ready", ours: inMillis(g.Ready.Ours), floor: inMillis(g.Ready.Empty), ratio: times(g.Ready.Ours / g.Ready.Empty)})
	for _, method := range []string{"getAuthCode", "getLocation"} {
		p50, rate := g.Real.Other.rows("real call in Chromium from another site, "+method, method)
		p50.atLeast, p50.goal, p50.holds = "1.2 ms", "0.9 ms", reaches(g.Real.Other[method].P50, 1.2)
		rows = append(rows, p50, rate)
	}
	return rows
}

// rows returns a method's p50 and rate, each with the floor's.
func (c realCalls) rows(what, method string) (p50, rate row) {
	ours, floor := c[method], c["MessageChannel + WebSocket"]
	return row{what: what + ", p50", ours: inMillis(ours.P50), floor: inMillis(floor.P50), ratio: times(ours.P50 / floor.P50)},
		row{what: what + ", one at a time", ours: perSecond(ours.Rate), floor: perSecond(floor.Rate), ratio: times(floor.Rate / ours.Rate)}
}

// row returns the bridge's rate as a share of the bare channel's rate.
func (a bridgeAlone) row(what string, goal float64) row {
	return row{what: what, ours: perSecond(a.Bridge.Rate), floor: perSecond(a.Channel.Rate), ratio: fmt.Sprintf("share %.2f", a.Share),
		goal: fmt.Sprintf("share %.2f", goal)}
}

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
	var got sensed
	if err := b.inChromium(ctx, "test/bench/motion.mjs", b.rounds(5), &got); err != nil {
		return nil, err
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
