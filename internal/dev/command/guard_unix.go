//go:build unix

package command

import (
	"os"
	"os/exec"
	"syscall"
)

// guarded runs a command ($1) with a guard process in the same group. The guard reads from a pipe (3). Selasar holds the
// write end and never writes. When Selasar ends in any way, the read returns, and the guard ends the group. The guard
// does not hold the group's output, ignores its signals, and exits last.
const guarded = `(trap "" TERM INT HUP; read -r _ <&3; kill -TERM 0; sleep 3; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec /bin/sh -c "$1"`

func startGroup(config Config) (group, error) {
	output, write, err := os.Pipe()
	if err != nil {
		return group{}, err
	}
	defer func() { _ = write.Close() }()
	guard, life, err := os.Pipe()
	if err != nil {
		_ = output.Close()
		return group{}, err
	}
	defer func() { _ = guard.Close() }()

	cmd := exec.Command("/bin/sh", "-c", guarded, "sh", config.Command)
	cmd.Dir, cmd.Env = config.Dir, config.Env
	cmd.Stdout, cmd.Stderr = write, write
	cmd.ExtraFiles = []*os.File{guard}
	cmd.SysProcAttr = lifeline(&syscall.SysProcAttr{Setpgid: true})
	if err := cmd.Start(); err != nil {
		_, _ = output.Close(), life.Close()
		return group{}, err
	}
	return group{cmd: cmd, output: output, life: life}, nil
}

// Until kill has ended it, the guard keeps the group id in use. So these signals never reach another group.

func (g group) ask()  { _ = syscall.Kill(-g.cmd.Process.Pid, syscall.SIGTERM) }
func (g group) kill() { _ = syscall.Kill(-g.cmd.Process.Pid, syscall.SIGKILL) }
