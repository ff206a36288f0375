package config

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxFileBytes bounds each file.
const MaxFileBytes = 1 << 20

// The files, in the order in which they are read.
const (
	cityFile        = "city.yaml"
	departmentsFile = "departments.yaml"
	dutiesFile      = "duties.yaml"
	rulesFile       = "rules.yaml"
	calendarFile    = "calendar.yaml"
	letterFile      = "letter.yaml"
	botFile         = "bot.yaml"
)

var fileNames = []string{cityFile, departmentsFile, dutiesFile, rulesFile, calendarFile, letterFile, botFile}

//go:embed defaults/*.yaml
var defaultFiles embed.FS

// builtIn marks the built-in files in faults; it cannot be mistaken for a path of the city's own.
const builtIn = "<built-in>"

// source is where the files of one load come from: a city's own folder over the built-in one.
type source struct {
	own   fs.FS // nil: the built-in city
	label string
	has   map[string]bool // files of the own folder
}

// list reads which files the folder has, and refuses what would be overlooked silently.
func (s *source) list(faults *Faults) {
	s.has = map[string]bool{}
	entries, err := fs.ReadDir(s.own, ".")
	if err != nil {
		*faults = append(*faults, Fault{File: s.label, Message: "folder_unreadable", Args: args([]any{"detail", cause(err)}), Err: err})
		return
	}
	for _, e := range entries {
		name := e.Name()
		switch ext := path.Ext(name); {
		case slices.Contains(fileNames, name):
			s.has[name] = true
		case (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(name, "."):
			*faults = append(*faults, Fault{File: path.Join(s.label, name), Message: "file_unknown", Args: args([]any{"known", strings.Join(fileNames, " ")})})
		}
	}
	switch {
	case len(s.has) == 0:
		*faults = append(*faults, Fault{File: s.label, Message: "folder_empty", Args: args([]any{"known", strings.Join(fileNames, " ")})})
	case s.has[cityFile] && !s.has[departmentsFile]:
		*faults = append(*faults, Fault{File: path.Join(s.label, cityFile), Message: "file_partner", Args: args([]any{"other", departmentsFile})})
	case s.has[departmentsFile] && !s.has[cityFile]:
		*faults = append(*faults, Fault{File: path.Join(s.label, departmentsFile), Message: "file_partner", Args: args([]any{"other", cityFile})})
	}
}

// open reads one file and returns its content as a node; nil after a fault.
func (s *source) open(name string, faults *Faults) (*reader, *yaml.Node) {
	r := &reader{file: path.Join(builtIn, name), faults: faults}
	var data []byte
	var err error
	if s.has[name] {
		r.file = path.Join(s.label, name)
		data, err = readBounded(s.own, name)
	} else {
		data, err = defaultFiles.ReadFile("defaults/" + name)
	}
	switch {
	case errors.Is(err, errTooLarge):
		r.fault(nil, "file_large", "max", MaxFileBytes)
	case errors.Is(err, errIrregular):
		r.fault(nil, "file_irregular")
	case err != nil:
		*faults = append(*faults, Fault{File: r.file, Message: "file_unreadable", Args: args([]any{"detail", cause(err)}), Err: err})
	case !utf8.Valid(data):
		r.fault(nil, "file_encoding")
	default:
		return r, r.parse(data)
	}
	return r, nil
}

var (
	errTooLarge  = errors.New("config: file too large")
	errIrregular = errors.New("config: not a regular file")
)

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	// A pipe or device would block or never end: look before opening.
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errIrregular
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxFileBytes {
		return nil, errTooLarge
	}
	return data, nil
}

// cause is the system's reason without the operation and the path, which the fault already names.
func cause(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

var yamlErrorLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// parse reads exactly one YAML document.
func (r *reader) parse(data []byte) *yaml.Node {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			r.fault(nil, "file_empty")
			return nil
		}
		r.syntax(err)
		return nil
	}
	var more yaml.Node
	switch err := dec.Decode(&more); {
	case err == nil:
		r.fault(&more, "file_documents")
	case !errors.Is(err, io.EOF):
		r.syntax(err)
	}
	if len(doc.Content) == 0 {
		r.fault(nil, "file_empty")
		return nil
	}
	return doc.Content[0]
}

func (r *reader) syntax(err error) {
	at, detail := &yaml.Node{}, err.Error()
	if m := yamlErrorLine.FindStringSubmatch(detail); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		at.Column, detail = 1, m[2]
	}
	r.fault(at, "yaml_syntax", "detail", detail)
}
