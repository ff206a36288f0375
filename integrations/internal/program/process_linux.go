package program

import (
	"os/exec"
	"syscall"
	"unsafe"
)

// asGroup makes an end of the program the end of what it started too: soffice is a script that starts another.
func asGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limit bounds the memory of a process that has just been started. Where the system refuses, time and output are still
// bounded.
func limit(pid int, memory uint64) {
	bound := syscall.Rlimit{Cur: memory, Max: memory}
	_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), syscall.RLIMIT_AS, uintptr(unsafe.Pointer(&bound)), 0, 0, 0)
}
