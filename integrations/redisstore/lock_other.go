//go:build !unix

package redisstore

// lockDir trusts that one process uses the directory: there is no lock here that ends with a killed process.
func lockDir(string) (unlock func() error, err error) { return func() error { return nil }, nil }
