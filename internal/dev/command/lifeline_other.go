//go:build unix && !linux

package command

import "syscall"

// lifeline is the guard's work alone where the kernel offers none.
func lifeline(attr *syscall.SysProcAttr) *syscall.SysProcAttr { return attr }
