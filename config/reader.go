package config

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"huiban/tasks/workday"
)

// reader walks the nodes of one file and notes what is wrong with them.
type reader struct {
	file   string
	faults *Faults
}

// decode reads one value into what it was made for.
type decode func(*yaml.Node)

// fields maps the keys that a mapping may have to what reads their values.
type fields map[string]decode

// word is a text and where it stands.
type word struct {
	text string
	at   *yaml.Node
}

const (
	maxText  = 400  // characters of one text
	maxItems = 2000 // entries of one list
)

func (r *reader) fault(at *yaml.Node, message string, kv ...any) {
	f := Fault{File: r.file, Message: message, Args: args(kv)}
	if at != nil {
		f.Line, f.Column = at.Line, at.Column
	}
	*r.faults = append(*r.faults, f)
}

// is reports whether a node is of a kind, and notes a fault when it is not.
func (r *reader) is(n *yaml.Node, kind yaml.Kind) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.fault(n, "yaml_alias")
		return false
	case n.Kind != kind && kind == yaml.MappingNode:
		r.fault(n, "want_mapping")
	case n.Kind != kind && kind == yaml.SequenceNode:
		r.fault(n, "want_list")
	case n.Kind != kind:
		r.fault(n, "want_value")
	}
	return n.Kind == kind
}

// mapping reads a mapping with fixed keys.
func (r *reader) mapping(n *yaml.Node, fs fields, required ...string) bool {
	seen := map[string]bool{}
	ok := r.pairs(n, func(key word, value *yaml.Node) {
		read, known := fs[key.text]
		if !known {
			names := make([]string, 0, len(fs))
			for name := range fs {
				names = append(names, name)
			}
			slices.Sort(names)
			r.fault(key.at, "key_unknown", "key", key.text, "known", strings.Join(names, ", "))
			return
		}
		seen[key.text] = true
		read(value)
	})
	for _, key := range required {
		if ok && !seen[key] {
			r.fault(n, "key_missing", "key", key)
		}
	}
	return ok
}

// pairs reads a mapping with free keys, each once.
func (r *reader) pairs(n *yaml.Node, each func(key word, value *yaml.Node)) bool {
	if !r.is(n, yaml.MappingNode) {
		return false
	}
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if !r.is(key, yaml.ScalarNode) {
			continue
		}
		if line, twice := first[key.Value]; twice {
			r.fault(key, "key_twice", "key", key.Value, "line", line)
			continue
		}
		first[key.Value] = key.Line
		each(word{key.Value, key}, n.Content[i+1])
	}
	return true
}

// list reads every entry of a list.
func (r *reader) list(each decode) decode {
	return func(n *yaml.Node) {
		if !r.is(n, yaml.SequenceNode) {
			return
		}
		if len(n.Content) > maxItems {
			r.fault(n, "list_long", "max", maxItems)
			return
		}
		for _, item := range n.Content {
			each(item)
		}
	}
}

// word reads a text that is not empty, on one line, without blanks around it.
func (r *reader) word(dst *word) decode {
	return func(n *yaml.Node) {
		if !r.is(n, yaml.ScalarNode) {
			return
		}
		switch s := n.Value; {
		case n.ShortTag() == "!!null" || n.ShortTag() == "!!str" && strings.TrimSpace(s) == "":
			r.fault(n, "text_empty")
		case n.ShortTag() != "!!str":
			r.fault(n, "want_text", "value", s)
		case utf8.RuneCountInString(s) > maxText:
			r.fault(n, "text_long", "max", maxText)
		case s != strings.TrimSpace(s) || strings.ContainsFunc(s, unprintable):
			r.fault(n, "text_blanks")
		default:
			*dst = word{s, n}
		}
	}
}

func unprintable(c rune) bool {
	return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == utf8.RuneError
}

func (r *reader) text(dst *string) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		*dst = w.text
	}
}

// optional reads a text that may be empty.
func (r *reader) optional(dst *string) decode {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && n.Value == "" {
			*dst = ""
			return
		}
		r.text(dst)(n)
	}
}

// words reads a list of texts, none twice.
func (r *reader) words(dst *[]word) decode {
	return func(n *yaml.Node) {
		first := map[string]int{}
		r.list(func(item *yaml.Node) {
			var w word
			r.word(&w)(item)
			if w.at == nil {
				return
			}
			if line, twice := first[w.text]; twice {
				r.fault(item, "entry_twice", "value", w.text, "line", line)
				return
			}
			first[w.text] = item.Line
			*dst = append(*dst, w)
		})(n)
	}
}

func (r *reader) texts(dst *[]string) decode {
	return func(n *yaml.Node) {
		var ws []word
		r.words(&ws)(n)
		*dst = make([]string, len(ws))
		for i, w := range ws {
			(*dst)[i] = w.text
		}
	}
}

// choice reads one of a few words.
func (r *reader) choice(dst *string, known ...string) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		if w.at == nil {
			return
		}
		if !slices.Contains(known, w.text) {
			r.fault(n, "choice", "value", w.text, "known", strings.Join(known, ", "))
			return
		}
		*dst = w.text
	}
}

func (r *reader) integer(dst *int, low, high int) decode {
	return func(n *yaml.Node) {
		if !r.is(n, yaml.ScalarNode) {
			return
		}
		v, err := strconv.Atoi(n.Value)
		if n.ShortTag() != "!!int" || err != nil {
			r.fault(n, "want_integer", "value", n.Value)
			return
		}
		if v < low || v > high {
			r.fault(n, "range", "value", n.Value, "low", low, "high", high)
			return
		}
		*dst = v
	}
}

func (r *reader) boolean(dst *bool) decode {
	return func(n *yaml.Node) {
		if !r.is(n, yaml.ScalarNode) {
			return
		}
		if n.ShortTag() != "!!bool" {
			r.fault(n, "want_boolean", "value", n.Value)
			return
		}
		*dst = strings.EqualFold(n.Value, "true")
	}
}

func (r *reader) date(dst *workday.Date) decode {
	return func(n *yaml.Node) {
		if !r.is(n, yaml.ScalarNode) {
			return
		}
		d, err := workday.Parse(n.Value)
		if err != nil {
			r.fault(n, "date", "value", n.Value)
			return
		}
		*dst = d
	}
}
