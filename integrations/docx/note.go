package docx

func (w *walker) cite(notes string) error {
	id, _ := w.s.attr("id")
	if w.cited == nil {
		w.cited = map[string]map[string]bool{}
	}
	if w.cited[notes] == nil {
		w.cited[notes] = map[string]bool{}
	}
	if w.cur != nil && w.note == "" {
		w.cited[notes][id] = true
	}
	return w.s.skip()
}

func (w *walker) noteBody() error {
	id, _ := w.s.attr("id")
	if kind, ok := w.s.attr("type"); ok && kind != "normal" || !w.cited[w.note][id] {
		return w.s.skip()
	}
	return w.children()
}
