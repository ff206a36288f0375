// Package program runs installed programs on files that strangers sent.
//
// Invariants: a program gets no shell, no environment of this process, and bounded time, memory and output; what it
// started ends with it.
package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// maxWarnings bounds what is kept of a program's standard error, in bytes.
const maxWarnings = 4 << 10

// ErrOutput means that a program wrote more than is allowed.
var ErrOutput = errors.New("the program writes more than is allowed")

// Failure is how a program ended that did not succeed.
type Failure struct {
	Code   int // -1 when a signal ended it
	Stderr string
}

func (f *Failure) Error() string { return fmt.Sprintf("exit %d: %s", f.Code, f.Stderr) }

// Command is one run of a program.
type Command struct {
	Path      string
	Args      []string
	Dir       string   // where it runs
	Env       []string // besides PATH and LC_ALL
	Input     []byte
	Memory    uint64 // bytes of address space; 0 leaves it alone
	MaxOutput int    // bytes
}

// Output runs the program and returns what it wrote. Errors are ErrOutput, the context's, a *Failure, or that the
// program does not start.
func (c Command) Output(ctx context.Context) ([]byte, error) {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Dir = c.Dir
	cmd.Env = append([]string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"}, c.Env...)
	if c.Input != nil {
		cmd.Stdin = bytes.NewReader(c.Input)
	}
	cmd.WaitDelay = time.Second
	asGroup(cmd)
	out, warnings := &bounded{left: c.MaxOutput, stop: cmd.Cancel}, &bounded{left: maxWarnings}
	cmd.Stdout, cmd.Stderr = out, warnings
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if c.Memory > 0 {
		limit(cmd.Process.Pid, c.Memory)
	}
	err := cmd.Wait()
	switch {
	case out.over:
		return nil, ErrOutput
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, &Failure{exit.ExitCode(), warnings.buf.String()}
	}
	if err != nil {
		return nil, err
	}
	return out.buf.Bytes(), nil
}

// bounded keeps what is written up to a limit and calls stop when more comes.
type bounded struct {
	buf  bytes.Buffer
	left int
	over bool
	stop func() error
}

func (b *bounded) Write(p []byte) (int, error) {
	n := min(len(p), b.left)
	b.left -= n
	b.buf.Write(p[:n])
	if n < len(p) && !b.over {
		b.over = true
		if b.stop != nil {
			_ = b.stop()
		}
	}
	return len(p), nil
}
