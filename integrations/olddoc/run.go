package olddoc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// maxMemory is the address space that antiword and catdoc may take.
const maxMemory = 256 << 20

var errOutput = errors.New("olddoc: the program writes more than is allowed")

// run starts a program in dir and returns what it wrote. memory 0 leaves its memory alone.
func run(ctx context.Context, dir, program string, args []string, memory uint64) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir}
	cmd.WaitDelay = time.Second
	asGroup(cmd)
	out, warnings := &bounded{left: maxOutput, stop: cmd.Cancel}, &bounded{left: 4 << 10}
	cmd.Stdout, cmd.Stderr = out, warnings
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("olddoc: %w", err)
	}
	if memory > 0 {
		limit(cmd.Process.Pid, memory)
	}
	err := cmd.Wait()
	switch {
	case out.over:
		return nil, errOutput
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("olddoc: %w: %s", err, warnings.buf.Bytes())
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
