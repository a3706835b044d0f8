package main

import (
	"os"
	"runtime/debug"
)

// collectLess sets GOGC to 400, unless the environment sets GOGC. Most of the live heap is the journal in memory, at most
// 8 MiB. With the default of 100, the garbage collector would scan it too often under load.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
