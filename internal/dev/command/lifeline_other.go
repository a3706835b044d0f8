//go:build unix && !linux

package command

import "syscall"

// lifeline does nothing on this system; only the guard ends the group.
func lifeline(attr *syscall.SysProcAttr) *syscall.SysProcAttr { return attr }
