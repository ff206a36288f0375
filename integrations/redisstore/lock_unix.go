//go:build unix

package redisstore

import (
	"fmt"
	"os"
	"syscall"
)

// lockDir takes a lock that ends with the process, however that ends.
func lockDir(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("redisstore: embedded: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("redisstore: embedded: another process uses %s: %w", path, err)
	}
	return f.Close, nil
}
