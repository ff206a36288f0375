package pdf

import (
	"syscall"
	"unsafe"
)

// limit bounds the memory of a process that has just been started. Where the system refuses, time and output are still
// bounded.
func limit(pid int, memory uint64) {
	bound := syscall.Rlimit{Cur: memory, Max: memory}
	_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), syscall.RLIMIT_AS, uintptr(unsafe.Pointer(&bound)), 0, 0, 0)
}
