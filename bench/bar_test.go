package main

import "testing"

func TestBar_of_a_peer_asks_for_the_larger_share(t *testing.T) {
	for share, want := range map[float64]verdict{0.79: no, 0.8: yes, 1.2: yes} {
		got := bar{0.8, 1}.ofPeer(row{what: "creations"}, share)
		if got.holds != want || got.atLeast != "share 0.80" || got.goal != "share 1.00" || got.what != "creations" {
			t.Errorf("a share of %.2f: %+v", share, got)
		}
	}
}
