package workspace

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// surface is where blocks are shown; not every block may stand everywhere.
type surface int

const (
	surfaceMessage surface = iota
	surfaceModal
	surfaceHome
)

// checker validates Block Kit strictly and collects every fault with its JSON pointer.
// It fills in the ids that Slack makes up when an app leaves them out.
type checker struct {
	surface  surface
	errs     []string
	blockIDs map[string]bool
	tables   int
	markdown int
	focus    int
	nextID   int
	inputs   int
	// chars counts the code points of all text in the blocks.
	chars int
}

func newChecker(s surface) *checker {
	return &checker{surface: s, blockIDs: map[string]bool{}}
}

func (c *checker) fail(path, format string, args ...any) {
	c.errs = append(c.errs, fmt.Sprintf("[ERROR] %s [json-pointer:%s]", fmt.Sprintf(format, args...), path))
}

// rule checks one field's value.
type rule func(c *checker, path string, v any)

// field is a property of an object.
type field struct {
	name     string
	required bool
	rule     rule
}

func need(name string, r rule) field { return field{name, true, r} }
func may(name string, r rule) field  { return field{name, false, r} }

// object checks that v is an object with just these fields; type is always allowed.
func (c *checker) object(path string, v any, fields []field) obj {
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return nil
	}
	for _, f := range fields {
		val, present := o[f.name]
		if !present || val == nil {
			if f.required {
				c.fail(path, "missing required field: %s", f.name)
			}
			continue
		}
		f.rule(c, path+"/"+f.name, val)
	}
	for name := range o {
		if name != "type" && !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			c.fail(path, "invalid additional property: %s", name)
		}
	}
	return o
}

func (c *checker) length(path, s string, least, most int) {
	switch n := utf8.RuneCountInString(s); {
	case n < least:
		c.fail(path, "must be more than %d characters", least-1)
	case n > most:
		c.fail(path, "must be less than %d characters", most+1)
	}
}

// str is a string of least to most code points.
func str(least, most int) rule {
	return func(c *checker, path string, v any) {
		s, ok := v.(string)
		if !ok {
			c.fail(path, "must be a string")
			return
		}
		c.length(path, s, least, most)
	}
}

func boolean(c *checker, path string, v any) {
	if _, ok := v.(bool); !ok {
		c.fail(path, "must be a boolean")
	}
}

// integer is a whole number of least to most.
func integer(least, most int64) rule {
	return func(c *checker, path string, v any) {
		n, ok := v.(float64)
		if !ok || n != float64(int64(n)) {
			c.fail(path, "must be an integer")
			return
		}
		if int64(n) < least || int64(n) > most {
			c.fail(path, "must be between %d and %d", least, most)
		}
	}
}

func oneOf(values ...string) rule {
	return func(c *checker, path string, v any) {
		s, ok := v.(string)
		if !ok || !slices.Contains(values, s) {
			c.fail(path, "must be one of: %s", strings.Join(values, ", "))
		}
	}
}

// list is an array of least to most items that each obey r.
func list(least, most int, r rule) rule {
	return func(c *checker, path string, v any) {
		items, ok := v.([]any)
		if !ok {
			c.fail(path, "must be an array")
			return
		}
		if len(items) < least {
			c.fail(path, "must have at least %d items", least)
		}
		if len(items) > most {
			c.fail(path, "no more than %d items allowed", most)
		}
		for i, item := range items {
			r(c, fmt.Sprintf("%s/%d", path, i), item)
		}
	}
}

func httpURL(c *checker, path string, v any) {
	s, ok := v.(string)
	if !ok || !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		c.fail(path, "must be a valid URL")
		return
	}
	c.length(path, s, 1, maxURL)
}

// blocks checks all blocks of a message or view in place.
func (c *checker) blocks(path string, blocks []any) {
	most := maxViewBlocks
	if c.surface == surfaceMessage {
		most = maxMessageBlocks
	}
	if len(blocks) > most {
		c.fail(path, "no more than %d items allowed", most)
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("%s/%d", path, i), b)
	}
	if c.focus > 1 {
		c.fail(path, "only one element may have focus_on_load")
	}
}

func (c *checker) block(path string, v any) {
	b, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	kind, _ := b["type"].(string)
	fields, known := blockFields(kind)
	if !known {
		c.fail(path+"/type", "unsupported type: %s", kind)
		return
	}
	if !allowedOn(kind, c.surface) {
		c.fail(path+"/type", "unsupported type: %s on this surface", kind)
		return
	}
	c.object(path, b, append(fields, may("block_id", str(0, maxBlockID))))
	c.blockRules(path, kind, b)
	id, _ := b["block_id"].(string)
	if id == "" {
		for id == "" || c.blockIDs[id] {
			c.nextID++
			id = fmt.Sprintf("b%04d", c.nextID)
		}
		b["block_id"] = id
	}
	if c.blockIDs[id] {
		c.fail(path+"/block_id", "block_id already exists: %s", id)
	}
	c.blockIDs[id] = true
	c.actionIDs(path, b)
}

// blockRules are the rules that concern more than one field.
func (c *checker) blockRules(path, kind string, b obj) {
	switch kind {
	case "section":
		if b["text"] == nil && b["fields"] == nil {
			c.fail(path, "missing required field: text or fields")
		}
	case "table":
		if c.tables++; c.tables > 1 {
			c.fail(path, "only one table is allowed")
		}
	case "input":
		c.inputs++
		if el, ok := b["element"].(obj); ok && el["type"] == "file_input" && c.surface != surfaceModal {
			c.fail(path+"/element", "file_input is only available in modals")
		}
	case "image":
		if (b["image_url"] == nil) == (b["slack_file"] == nil) {
			c.fail(path, "exactly one of image_url and slack_file is required")
		}
	}
}

// actionIDs makes missing action ids and refuses doubles within one block.
func (c *checker) actionIDs(path string, b obj) {
	seen := map[string]bool{}
	for i, el := range interactive(b) {
		id, _ := el["action_id"].(string)
		if id == "" {
			c.nextID++
			id = fmt.Sprintf("a%04d", c.nextID)
			el["action_id"] = id
		}
		if seen[id] {
			c.fail(path, "action_id already exists: %s (element %d)", id, i)
		}
		seen[id] = true
		if focus, _ := el["focus_on_load"].(bool); focus {
			c.focus++
		}
	}
}

// interactive returns the elements of a block that a member can use.
func interactive(b obj) []obj {
	var out []obj
	add := func(v any) {
		el, ok := v.(obj)
		if !ok {
			return
		}
		if t, _ := el["type"].(string); isInteractive(t) {
			out = append(out, el)
		}
	}
	add(b["accessory"])
	if b["type"] == "input" {
		add(b["element"])
	}
	if els, ok := b["elements"].([]any); ok && (b["type"] == "actions" || b["type"] == "context_actions") {
		for _, el := range els {
			add(el)
		}
	}
	return out
}
