// Package interrupt hears the signals that end Selasar, from the first moment of the process.
//
// The program's other packages take some milliseconds to initialize. A signal in that time would end the process with the
// signal's own exit code. This package imports little, so Go initializes it before them.
package interrupt

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

var heard, stop = signal.NotifyContext(context.Background(), signals()...)

// signals returns the signals that end Selasar. SIGHUP comes when the terminal closes; nohup ignores it, and so it stays
// ignored.
func signals() []os.Signal {
	if signal.Ignored(syscall.SIGHUP) {
		return []os.Signal{os.Interrupt, syscall.SIGTERM}
	}
	return []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
}

// samePress is how long further signals belong to the first one. One press of Ctrl-C reaches Selasar from the terminal,
// and again from npx or another launcher that passes it on.
const samePress = time.Second

// Context returns a context that ends at the first SIGINT, SIGTERM or SIGHUP, and when the package manager that started
// Selasar is gone. A signal after samePress then ends the process at once.
func Context() context.Context {
	ctx, end := context.WithCancel(heard)
	context.AfterFunc(heard, func() { time.AfterFunc(samePress, stop) })
	awaitOrphan(end)
	return ctx
}
