//go:build unix && !linux

package browser

import "syscall"

// lifeline does nothing: this system ends no process with its parent.
func lifeline(a *syscall.SysProcAttr) *syscall.SysProcAttr { return a }
