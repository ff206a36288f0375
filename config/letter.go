package config

import (
	"go.yaml.in/yaml/v3"

	"huiban/tasks/letter"
)

// letter reads letter.yaml. Each sentence may use its own {names}, and must use those without which it says nothing.
func (r *reader) letter(t *letter.Template, root *yaml.Node) {
	t.Title, t.Intro, t.Member = map[string]string{}, map[string]string{}, map[string]string{}
	r.mapping(root, fields{
		"title":  r.sentences(t.Title, []string{"lead", "session", "number", "title"}, "number"),
		"intro":  r.sentences(t.Intro, []string{"you", "session", "title", "number"}, "title"),
		"member": r.sentences(t.Member, nil),
		"you": func(n *yaml.Node) {
			r.mapping(n, fields{"one": r.text(&t.YouOne), "many": r.text(&t.YouMany)}, "one", "many")
		},
		"salutation":     r.sentence(&t.Salutation, []string{"proposers", "member"}, "proposers"),
		"heading":        r.sentence(&t.Heading, []string{"heading"}, "heading"),
		"single_heading": r.boolean(&t.SingleHead),
		"ending":         r.optional(&t.Ending),
		"contact":        r.sentence(&t.Contact, []string{"name", "phone"}, "name", "phone"),
		"disclosure":     r.sentence(&t.Disclosure, []string{"mode"}, "mode"),
		"copy":           r.sentence(&t.Copy, []string{"list"}, "list"),
		"copy_separator": r.text(&t.CopySep),
		"gap":            r.sentence(&t.Gap, []string{"department"}, "department"),
		"number":         r.sentence(&t.NumberFormat, []string{"prefix", "year", "serial"}, "prefix", "year", "serial"),
	}, "title", "intro", "member", "you", "salutation", "heading", "single_heading", "ending", "contact", "disclosure", "copy",
		"copy_separator", "gap", "number")
}

func (r *reader) sentence(dst *string, allowed []string, required ...string) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		r.slots(w.at, w.text, allowed, required...)
		*dst = w.text
	}
}

// sentences reads a sentence for each kind of paper.
func (r *reader) sentences(dst map[string]string, allowed []string, required ...string) decode {
	return func(n *yaml.Node) {
		r.byKind(n, kinds, func(kind string, value *yaml.Node) {
			var s string
			r.sentence(&s, allowed, required...)(value)
			dst[kind] = s
		})
	}
}
