//go:build !linux

package pdf

func limit(int, uint64) {}
