package config

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with the configuration, and where. Message is the id of a text in the catalogs of
// this package, Args its values.
type Fault struct {
	File    string // name of the file, or of the environment variable
	Line    int    // from 1; 0 when the fault is not in one place
	Column  int    // from 1, in characters
	Message string
	Args    map[string]string
	Err     error // the cause, where there is one
}

// In is the fault in a language: "file:line:column: message". An unknown language is answered in English.
func (f Fault) In(lang string) string {
	pairs := make([]string, 0, 2*len(f.Args))
	for name, value := range f.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	text := strings.NewReplacer(pairs...).Replace(message(lang, f.Message))
	if f.Line == 0 {
		return f.File + ": " + text
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, text)
}

// Error is the fault in English.
func (f Fault) Error() string { return f.In(LangEnglish) }

// Unwrap returns the cause.
func (f Fault) Unwrap() error { return f.Err }

// Faults is everything that is wrong, ordered by file and place. It is the error of Default, Load and LoadSecrets.
type Faults []Fault

// In lists the faults in a language, one a line.
func (fs Faults) In(lang string) string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.In(lang)
	}
	return strings.Join(lines, "\n")
}

// Error lists the faults in English, one a line.
func (fs Faults) Error() string { return fs.In(LangEnglish) }

// Unwrap lists the faults for errors.Is and errors.As.
func (fs Faults) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}

// Explain is err as a person reads it: its faults in the language when it holds any, else its own text.
func Explain(err error, lang string) string {
	if fs, ok := errors.AsType[Faults](err); ok {
		return fs.In(lang)
	}
	return err.Error()
}

// sorted orders by file as the files are read, then by place, and keeps the order of faults in one place.
func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(
			cmp.Compare(slices.Index(fileNames, path.Base(a.File)), slices.Index(fileNames, path.Base(b.File))),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return fs
}

// args pairs names and values for a message.
func args(kv []any) map[string]string {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]string, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[fmt.Sprint(kv[i])] = fmt.Sprint(kv[i+1])
	}
	return m
}
