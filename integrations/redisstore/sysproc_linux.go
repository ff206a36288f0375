package redisstore

import (
	"os/exec"
	"syscall"
)

// childOf keeps a server apart from the terminal's signals and ends it with its parent.
func childOf(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
