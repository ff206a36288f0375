package split

// readTail reads the labels behind the sections.
func (h *head) readTail(d *document, r *reading, end int) {
	if len(r.sections) > 0 {
		end = r.end
	}
	h.tailFields(d, end)
	r.end = end
}

// longestDate is the length, in characters, of a line that holds a date only.
const longestDate = 30

// mostTail bounds the lines behind the sections that are read for labels.
const mostTail = 400

// tailFields reads the labelled lines behind the sections.
func (h *head) tailFields(d *document, from int) {
	first := d.lineAt(from)
	for i := first; i < min(first+mostTail, len(d.lines)); {
		l := d.lines[i]
		next := i + 1
		if !l.blank() && l.b > from {
			l.a = max(l.a, from)
			l.start = max(l.start, from)
			date, rest := "", ""
			if l.runes <= longestDate {
				date, rest = dateIn(squeeze(d.text(l)))
			}
			if c, end := d.labelAt(l.a); c != noClass && c < classBody {
				next = h.fields(d, l.a, c, end)
			} else if date != "" && rest == "" {
				h.Date = cmpOr(h.Date, date)
			} else if names := h.wishedBelow(d.text(l)); names != nil {
				h.Wished = names
			} else {
				i = next
				continue
			}
			h.tail = append(h.tail, Span{l.start, d.lines[max(next-1, i)].end})
		}
		i = max(next, i+1)
	}
}

// wishedBelow reads a line that asks for units where no other does.
func (h *head) wishedBelow(line string) []string {
	if len(h.Wished) > 0 || !askFor.begins(line) && !papers.begins(line) && !isRemark(line) {
		return nil
	}
	return wishedIn(squeeze(cut(line, longestTitle+1)))
}
