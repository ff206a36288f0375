package cli

import (
	"errors"
	"io/fs"
	"net"
	"path/filepath"

	"huiban/bot/catalog"
	"huiban/bot/demo"
	"huiban/config"
	"huiban/tasks"
)

// explain words an error for whoever typed the command: faults of a configuration with file and line, refusals in
// their own words, and what the system says about files and addresses.
func (c *command) explain(err error) string {
	if _, ok := errors.AsType[config.Faults](err); ok {
		return config.Explain(err, c.language())
	}
	if e, ok := errors.AsType[*tasks.Error](err); ok {
		return c.refusal(e)
	}
	if e, ok := errors.AsType[*demo.Refused](err); ok {
		return c.text().Say("cli.demo.refused", "Step", e.Step, "Why", e.Why)
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok && errors.Is(err, fs.ErrNotExist) {
		return c.text().Say("cli.error.no_file", "Path", filepath.ToSlash(e.Path))
	}
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "listen" && e.Addr != nil {
		return c.text().Say("cli.error.listen", "Addr", e.Addr.String(), "Why", e.Err.Error())
	}
	return err.Error()
}

// refusal words a refusal. A store that does not answer is told from inside the command line, where somebody can look
// after it.
func (c *command) refusal(e *tasks.Error) string {
	if e.Code == tasks.Unavailable {
		return c.text().Say("cli.error.redis", "Why", e.Unwrap())
	}
	words := c.text().SayMap(e.Message, e.Args)
	if _, again := errors.AsType[*tasks.Error](e.Err); e.Err != nil && !again {
		words += " (" + e.Err.Error() + ")"
	}
	return words
}

func (c *command) language() string {
	if c.lang == "" {
		return catalog.Languages[0]
	}
	return c.lang
}
