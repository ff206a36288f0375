package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// maxMemory is the address space that the program may take.
const maxMemory = 1 << 30

var errOutput = errors.New("pdf: the program writes more than is allowed")

// failure is how a program ended that did not succeed.
type failure struct {
	code   int // -1 when a signal ended it
	stderr string
}

func (f *failure) Error() string { return fmt.Sprintf("pdf: exit %d: %s", f.code, f.stderr) }

// run starts a program with the file as its input, without a shell and without this process's environment, and returns
// what it wrote.
func run(ctx context.Context, program string, args []string, input []byte) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.Dir = "/"
	cmd.Stdin = bytes.NewReader(input)
	cmd.WaitDelay = time.Second
	stdout := &bounded{left: maxOutput, stop: cmd.Cancel}
	stderr := &bounded{left: 4 << 10}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	limit(cmd.Process.Pid, maxMemory)
	err := cmd.Wait()
	switch {
	case stdout.over:
		return nil, errOutput
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, &failure{exit.ExitCode(), stderr.buf.String()}
	}
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return stdout.buf.Bytes(), nil
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
