package command

import (
	"io"
	"os"
	"os/exec"
	"strconv"
)

func startGroup(config Config) (group, error) {
	output, write, err := os.Pipe()
	if err != nil {
		return group{}, err
	}
	defer func() { _ = write.Close() }()
	cmd := exec.Command("cmd", "/C", config.Command)
	cmd.Dir, cmd.Env = config.Dir, config.Env
	cmd.Stdout, cmd.Stderr = write, write
	if err := cmd.Start(); err != nil {
		_ = output.Close()
		return group{}, err
	}
	return group{cmd: cmd, output: output, life: io.NopCloser(nil)}, nil
}

// Windows has no signal that asks a console program to end, so both functions kill the process tree.

func (g group) ask() { g.kill() }
func (g group) kill() {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(g.cmd.Process.Pid)).Run()
}
