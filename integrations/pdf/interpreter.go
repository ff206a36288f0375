package pdf

import (
	"github.com/ledongthuc/pdf"
)

// maxForms is how deep a page's parts may hold parts.
const maxForms = 4

// matrix is a PDF transformation, row by row, without its constant last column.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// state is what the operators of a content stream change.
type state struct {
	ctm, text, line  matrix
	font             *font
	size, rise       float64
	char, word       float64 // spacing
	scale, lineSpace float64
}

// interpreter draws a page's text: the library's own drawing loses the widths of Chinese fonts.
type interpreter struct {
	page      *page
	left, top float64 // of the page in its own coordinates
	fonts     map[string]*font
	state     state
	saved     []state
}

func (in *interpreter) run(stream, resources pdf.Value, depth int) {
	if stream.IsNull() || depth > maxForms {
		return
	}
	if depth == 0 {
		in.state = state{ctm: identity, text: identity, line: identity, scale: 1}
	}
	pdf.Interpret(stream, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if op == "Do" && len(args) == 1 {
			in.form(resources.Key("XObject").Key(args[0].Name()), resources, depth)
			return
		}
		in.operate(op, args, resources)
	})
}

// form draws a part that is kept for itself.
func (in *interpreter) form(x, resources pdf.Value, depth int) {
	if x.Key("Subtype").Name() != "Form" {
		return
	}
	if own := x.Key("Resources"); !own.IsNull() {
		resources = own
	}
	before, saved := in.state, len(in.saved)
	if m := x.Key("Matrix"); m.Len() == 6 {
		in.state.ctm = numbers(elements(m)).mul(in.state.ctm)
	}
	in.run(x, resources, depth+1)
	in.state, in.saved = before, in.saved[:min(saved, len(in.saved))]
}

func elements(v pdf.Value) []pdf.Value {
	out := make([]pdf.Value, v.Len())
	for i := range out {
		out[i] = v.Index(i)
	}
	return out
}

func numbers(args []pdf.Value) matrix {
	var m matrix
	for i := range min(len(m), len(args)) {
		m[i] = args[i].Float64()
	}
	return m
}

const maxSaved = 1000

func (in *interpreter) operate(op string, args []pdf.Value, resources pdf.Value) {
	s := &in.state
	n := numbers(args)
	switch op {
	case "q":
		if len(in.saved) < maxSaved {
			in.saved = append(in.saved, *s)
		}
	case "Q":
		if last := len(in.saved) - 1; last >= 0 {
			*s, in.saved = in.saved[last], in.saved[:last]
		}
	case "cm":
		s.ctm = n.mul(s.ctm)
	case "BT":
		s.text, s.line = identity, identity
	case "Tf":
		if len(args) == 2 {
			s.font, s.size = in.fontOf(args[0].Name(), resources), args[1].Float64()
		}
	case "Tc":
		s.char = n[0]
	case "Tw":
		s.word = n[0]
	case "Tz":
		s.scale = n[0] / 100
	case "TL":
		s.lineSpace = n[0]
	case "Ts":
		s.rise = n[0]
	case "Tm":
		s.text, s.line = n, n
	case "TD":
		s.lineSpace = -n[1]
		in.move(n[0], n[1])
	case "Td":
		in.move(n[0], n[1])
	case "T*":
		in.move(0, -s.lineSpace)
	case "'", `"`:
		if op == `"` {
			s.word, s.char = n[0], n[1]
		}
		in.move(0, -s.lineSpace)
		if len(args) > 0 {
			in.show(args[len(args)-1].RawString())
		}
	case "Tj":
		if len(args) == 1 {
			in.show(args[0].RawString())
		}
	case "TJ":
		if len(args) == 1 {
			in.showAll(args[0])
		}
	}
}

func (in *interpreter) move(x, y float64) {
	s := &in.state
	s.line = matrix{1, 0, 0, 1, x, y}.mul(s.line)
	s.text = s.line
}

func (in *interpreter) showAll(v pdf.Value) {
	s := &in.state
	for _, part := range elements(v) {
		if part.Kind() == pdf.String {
			in.show(part.RawString())
			continue
		}
		in.forward(-part.Float64() / 1000 * s.size * s.scale)
	}
}

func (in *interpreter) forward(x float64) {
	in.state.text = matrix{1, 0, 0, 1, x, 0}.mul(in.state.text)
}

// show draws a string; spaces part it into pieces.
func (in *interpreter) show(raw string) {
	s := &in.state
	if s.font == nil {
		return
	}
	var begun []byte
	var from matrix
	for _, code := range s.font.codes(raw) {
		text, width := s.font.text(code), s.font.width(code)
		step := (width*s.size + s.char) * s.scale
		if code == " " {
			step += s.word * s.scale
		}
		if text == " " || text == "\u00a0" || text == "\u3000" {
			in.put(from, string(begun))
			begun = begun[:0]
		} else {
			if len(begun) == 0 {
				from = s.text
			}
			begun = append(begun, text...)
		}
		in.forward(step)
	}
	in.put(from, string(begun))
}

// put keeps text drawn from a place up to the present one. Text that is turned is a watermark or a stamp.
func (in *interpreter) put(from matrix, text string) {
	if text == "" || len(in.page.pieces) > maxPieces {
		return
	}
	s := in.state
	a, b := from.mul(s.ctm), s.text.mul(s.ctm)
	size := s.size * a[3]
	if size < 0 {
		size = -size
	}
	if size < 0.5 || !near(a[1], 0, 0.05*(a[0]*a[0]+0.01)+0.01) || !near(a[4], 0, maxCoordinate) || !near(a[5], 0, maxCoordinate) || !near(b[4], 0, maxCoordinate) || size > maxCoordinate {
		return
	}
	y := in.top - a[5] - s.rise
	in.page.add(piece{a[4] - in.left, y - size, max(a[4], b[4]) - in.left, y + size/3, text})
}
