//go:build unix

package interrupt

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// parent is the process that started Selasar.
var parent = os.Getppid()

// pollParent is the time between two looks at the parent.
const pollParent = 250 * time.Millisecond

// awaitOrphan calls end when the parent is gone, if a package manager such as npx started Selasar. A package manager runs
// a shell, and passes a signal to that shell alone. The shell may end without passing it on.
//
// A process that was put into the background on purpose outlives its parent. A shell's "&" makes it ignore SIGINT, and a
// detached process leads its own process group.
func awaitOrphan(end func()) {
	if os.Getenv("npm_config_user_agent") == "" || signal.Ignored(os.Interrupt) || syscall.Getpgrp() == os.Getpid() {
		return
	}
	go func() {
		for os.Getppid() == parent {
			time.Sleep(pollParent)
		}
		end()
	}()
}
