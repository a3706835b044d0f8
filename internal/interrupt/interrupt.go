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
)

var heard, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)

// Context returns a context that ends at the first SIGINT or SIGTERM. A second signal then ends the process at once.
func Context() context.Context {
	context.AfterFunc(heard, stop)
	return heard
}
