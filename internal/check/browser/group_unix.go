//go:build unix

package browser

import (
	"os/exec"
	"syscall"
)

// together puts the processes of a browser into one group, also behind a script that
// starts it. A Ctrl-C in the terminal then reaches Selasar only, which ends the group.
func together(c *exec.Cmd) {
	c.SysProcAttr = lifeline(&syscall.SysProcAttr{Setpgid: true})
}

// endAll ends the remaining processes of the group.
func endAll(c *exec.Cmd) {
	_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // usually there are none any more
}
