package main

import "fmt"

// bar is a ratio to the floor that must be reached, and the one that is aimed
// at. The smaller the better; 0 asks for nothing. For a share of a peer's rate, most is
// the least share.
type bar struct{ most, goal float64 }

// on sets a row's bar for a ratio.
func (b bar) on(r row, ratio float64) row {
	r.atLeast, r.goal, r.holds = need(b.most, "≤ %.1fx"), need(b.goal, "≤ %.1fx"), reaches(ratio, b.most)
	return r
}

// ofPeer sets a row's bar for a share of a peer's rate. The larger the better.
func (b bar) ofPeer(r row, share float64) row {
	r.ratio, r.holds = shareText(share), holds(share >= b.most)
	r.atLeast, r.goal = shareText(b.most), shareText(b.goal)
	return r
}

func shareText(share float64) string { return fmt.Sprintf("share %.2f", share) }

// cpuBars are the bars of the server's processor time for a unit of work, by
// the work and the number of clients.
var cpuBars = map[string]map[int]bar{
	"getAuthCode":              {16: {3.8, 2.8}},
	"getLocation":              {16: {4.9, 3.3}},
	"code to token":            {16: {6.3, 4.5}, 64: {4.8, 3.5}},
	"signed payment creations": {16: {17, 12}, 64: {13, 8}},
	"signed status requests":   {16: {9.5, 6}},
}

// cpuRow is the row of the server's processor time.
func (d duel) cpuRow(what, unit, kind string, clients int) row {
	ratio := d.ours.cpu() / d.floor.cpu()
	return cpuBars[kind][clients].on(row{what: what + "server CPU a " + unit, ours: micros(d.ours.cpu()), floor: micros(d.floor.cpu()), ratio: times(ratio)}, ratio)
}
