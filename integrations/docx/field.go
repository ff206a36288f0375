package docx

import (
	"regexp"
	"strconv"
	"strings"
)

// Bounds of the fields that are followed; deeper ones are passed through.
const (
	maxFields      = 64
	maxInstruction = 4 << 10 // bytes
)

// field is a field being read: what it says to do, and where in the text its result began.
type field struct {
	instruction []byte
	result      bool
	from        int    // index of the paragraph that the result begins in
	before      string // text of that paragraph before the result
}

// fieldChar begins a field, its result, or ends it.
func (w *walker) fieldChar() error {
	kind, _ := w.s.attr("fldCharType")
	switch last := len(w.fields) - 1; {
	case w.cur == nil || w.hidden:
	case kind == "begin" && len(w.fields) < maxFields:
		w.fields = append(w.fields, field{})
		return w.s.each(w.formField)
	case kind == "separate" && last >= 0 && !w.fields[last].result:
		w.fields[last].result = true
		w.fields[last].from, w.fields[last].before = w.cur.at, string(w.cur.text)
	case kind == "end" && last >= 0:
		f := w.fields[last]
		w.fields = w.fields[:last]
		w.endField(f)
	}
	return w.s.skip()
}

// instruct collects what the innermost field says to do.
func (w *walker) instruct() error {
	last := len(w.fields) - 1
	if last < 0 || w.fields[last].result {
		return w.s.skip()
	}
	f := &w.fields[last]
	for depth := 1; depth > 0; {
		t, err := w.s.next(func(raw []byte) {
			if len(f.instruction)+len(raw) <= maxInstruction {
				f.instruction = unescape(f.instruction, raw)
			}
		})
		switch {
		case err != nil:
			return err
		case t == tokenStart:
			depth++
		default:
			depth--
		}
	}
	return nil
}

// enclosed is a field that draws a ring around a character: EQ \o\ac(○,1).
var enclosed = regexp.MustCompile(`(?i)^\s*EQ\s*\\o\s*(?:\\a[clrd])?\s*\(\s*[○〇◯Oo]\s*[,，;；]\s*([\pL\pN]{1,3})\s*\)`)

// annotated is a field that sets small characters above others: EQ \o\ad(\s\up 9(yin),音).
var annotated = regexp.MustCompile(`(?i)^\s*EQ\b[^(]*\\o\s*(?:\\a[clrd])?\s*\(\s*\\s\s*\\up\s*[\d.]+\s*\([^()]*\)\s*[,，;；]\s*([^()]{1,20})\)`)

func (w *walker) endField(f field) {
	instruction := string(f.instruction)
	if m := annotated.FindStringSubmatch(instruction); m != nil && (!f.result || f.before == string(w.cur.text)) {
		w.cur.text = append(w.cur.text, strings.TrimSpace(m[1])...)
	}
	if m := enclosed.FindStringSubmatch(instruction); m != nil && (!f.result || f.before == string(w.cur.text)) {
		sign := m[1]
		if n, err := strconv.Atoi(sign); err == nil {
			sign = circled(n)
		}
		w.cur.text = append(w.cur.text, sign...)
	}
	if words := strings.Fields(instruction); f.result && len(words) > 0 && strings.EqualFold(words[0], "TOC") {
		w.dropContents(f)
	}
}

// dropContents takes out a table of contents, which repeats the headings, with its own heading. It has all been read by
// now: one that never ends stays.
func (w *walker) dropContents(f field) {
	at := w.cur.at
	if f.from == at {
		w.cur.text = w.cur.text[:min(len(f.before), len(w.cur.text))]
	} else if f.from < at && at <= len(w.out) {
		w.cur.text = w.cur.text[:0]
		w.out[f.from].Text = f.before
		for i := f.from + 1; i < at; i++ {
			w.out[i].Text = ""
		}
	}
	for i := min(f.from, len(w.out)) - 1; i >= 0; i-- {
		if text := strings.Join(strings.Fields(w.out[i].Text), ""); text != "" {
			if text == "目录" || text == "目次" {
				w.out[i].Text = ""
			}
			return
		}
	}
}

// formField reads what a field of a form shows without a result: a box to tick, a choice of a list.
func (w *walker) formField() error {
	switch string(w.s.name) {
	case "checkBox":
		ticked := false
		err := w.s.each(func() error {
			if name := string(w.s.name); name == "default" || name == "checked" {
				ticked = w.s.on()
			}
			return w.s.skip()
		})
		if ticked {
			w.cur.text = append(w.cur.text, "☑"...)
		} else {
			w.cur.text = append(w.cur.text, "□"...)
		}
		return err
	case "ddList":
		chosen, at, text := 0, 0, ""
		err := w.s.each(func() error {
			switch string(w.s.name) {
			case "result":
				chosen = w.s.number("val", 0)
			case "listEntry":
				if at == chosen {
					text = w.s.val()
				}
				at++
			}
			return w.s.skip()
		})
		w.cur.text = append(w.cur.text, text...)
		return err
	}
	return w.s.each(w.formField)
}
