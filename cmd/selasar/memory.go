package main

import (
	"os"
	"runtime/debug"
)

// collectLess lets garbage grow to twice what is in use before it is collected. The journal in memory is most of what is in
// use, at most 8 MiB, and would be walked again and again under load. GOGC in the environment says otherwise.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
