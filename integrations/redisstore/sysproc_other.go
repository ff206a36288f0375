//go:build !linux

package redisstore

import "os/exec"

// childOf does nothing here: a server that outlives its parent is ended by the next one that opens the directory.
func childOf(*exec.Cmd) {}
