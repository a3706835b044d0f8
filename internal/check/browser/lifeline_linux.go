package browser

import "syscall"

// lifeline ends the browser when Selasar is killed.
func lifeline(a *syscall.SysProcAttr) *syscall.SysProcAttr {
	a.Pdeathsig = syscall.SIGKILL
	return a
}
