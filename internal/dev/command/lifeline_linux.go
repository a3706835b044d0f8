package command

import "syscall"

// lifeline makes the kernel end the group's leader when the thread that started it ends.
func lifeline(attr *syscall.SysProcAttr) *syscall.SysProcAttr {
	attr.Pdeathsig = syscall.SIGTERM
	return attr
}
