package device

import "context"

// Network is the connection that calls cross.
type Network interface {
	// Enter reports whether a call is lost on its way. wait waits as long as the call
	// needs; its error is that of its context. It is nil if the call need not wait.
	Enter() (lost bool, wait func(context.Context) error)
}
