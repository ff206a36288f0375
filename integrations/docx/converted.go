package docx

import (
	"strconv"
	"strings"
)

// ReadConverted is Read for what LibreOffice has made of a .doc file. Where a list begins anew it makes two lists, one of
// the first item and one of all others; both are counted as one.
func ReadConverted(b []byte) (Document, error) { return read(b, true) }

// maxMended is how many lists a document may have for its lists to be mended.
const maxMended = 500

// mender finds the list that another goes on with.
type mender struct {
	items  int
	uses   map[string]*listUse
	latest map[string]string // definition → the list that used it last
}

type listUse struct{ first, last, n int }

func newMender() *mender { return &mender{uses: map[string]*listUse{}, latest: map[string]string{}} }

// goesOn tells which list the one now used goes on with, "" when it is one of its own: at its first use, when a list of
// the same look had a single item, and no older list was used since.
func (m *mender) goesOn(id string, l *list, def *abstractList) string {
	m.items++
	if u := m.uses[id]; u != nil {
		u.last, u.n = m.items, u.n+1
		return ""
	}
	if len(m.uses) >= maxMended {
		return ""
	}
	look := l.look(def)
	before := m.latest[look]
	if p := m.uses[before]; p == nil || p.n != 1 || ordinalOf(before) < ordinalOf(id) {
		before = ""
	} else {
		for other, u := range m.uses {
			if other != before && u.first < p.last && u.last > p.last {
				before = ""
			}
		}
	}
	m.uses[id] = &listUse{m.items, m.items, 1}
	m.latest[look] = id
	if before != "" {
		delete(m.latest, look)
	}
	return before
}

// ordinalOf is the place of a list: LibreOffice puts those that it makes behind those of the file.
func ordinalOf(id string) int {
	n, err := strconv.Atoi(id)
	if err != nil {
		return -1
	}
	return n
}

// withSigns gives Chinese numbers their 、 back, which LibreOffice writes as ? into RTF.
func (n *numbering) withSigns() {
	for _, def := range n.abstract {
		for i, l := range def.levels {
			if strings.HasSuffix(l.text, "?") && (strings.HasPrefix(l.format, "chinese") || strings.HasPrefix(l.format, "taiwanese") || strings.HasPrefix(l.format, "ideograph")) {
				def.levels[i].text = strings.TrimSuffix(l.text, "?") + "、"
			}
		}
	}
}

// look is all that the numbers of a list show.
func (l *list) look(def *abstractList) string {
	var b strings.Builder
	for i := range levels {
		at := l.level(def, i)
		b.WriteString(at.format + " " + at.text + "\n")
	}
	return b.String()
}
