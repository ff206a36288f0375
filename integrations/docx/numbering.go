package docx

import (
	"strconv"
	"strings"
)

const levels = 9

// listLevel is one level of an abstract list.
type listLevel struct {
	start   int
	format  string
	text    string // %1.%2
	suffix  string // tab, space or nothing
	legal   bool   // all numbers as digits
	restart int    // the level, from 1, whose number begins this one anew; -1: any above, 0: none
	style   string // id of the paragraph style bound to the level
}

// abstractList is a list's definition; the numbers of all lists made from it go on from one another.
type abstractList struct {
	levels [levels]listLevel
	link   string // id of the numbering style that defines it instead
}

// list is a use of an abstract list with its own starts and levels.
type list struct {
	abstract string
	starts   map[int]int
	levels   map[int]listLevel
}

type numbering struct {
	abstract map[string]*abstractList
	lists    map[string]*list
	byStyle  map[string]string // numbering style id → list id
}

func readNumbering(a *archive, st *styles) (*numbering, error) {
	n := &numbering{abstract: map[string]*abstractList{}, lists: map[string]*list{}, byStyle: st.lists}
	err := a.scan(a.part("numbering"), func(s *scanner) error {
		if err := s.root("numbering"); err != nil {
			return err
		}
		return s.each(func() error {
			switch string(s.name) {
			case "abstractNum":
				id, _ := s.attr("abstractNumId")
				def := newAbstractList()
				n.abstract[id] = def
				return s.each(func() error { return readAbstract(s, def) })
			case "num":
				id, _ := s.attr("numId")
				l := &list{starts: map[int]int{}, levels: map[int]listLevel{}}
				n.lists[id] = l
				return s.each(func() error { return readList(s, l) })
			}
			return s.skip()
		})
	})
	return n, err
}

func newAbstractList() *abstractList {
	def := &abstractList{}
	for i := range def.levels {
		def.levels[i] = newLevel()
	}
	return def
}

func newLevel() listLevel { return listLevel{format: "decimal", suffix: "tab", restart: -1} }

func readAbstract(s *scanner, def *abstractList) error {
	switch string(s.name) {
	case "numStyleLink":
		def.link = s.val()
	case "lvl":
		i := s.number("ilvl", -1)
		l, err := readLevel(s)
		if i >= 0 && i < levels {
			def.levels[i] = l
		}
		return err
	}
	return s.skip()
}

func readList(s *scanner, l *list) error {
	switch string(s.name) {
	case "abstractNumId":
		l.abstract = s.val()
	case "lvlOverride":
		i := s.number("ilvl", -1)
		return s.each(func() error {
			switch {
			case i < 0 || i >= levels:
			case string(s.name) == "startOverride":
				l.starts[i] = s.number("val", 0)
			case string(s.name) == "lvl":
				level, err := readLevel(s)
				l.levels[i] = level
				return err
			}
			return s.skip()
		})
	}
	return s.skip()
}

func readLevel(s *scanner) (listLevel, error) {
	l := newLevel()
	var read func() error
	read = func() error {
		switch string(s.name) {
		case "AlternateContent":
			return alternate(s, read)
		case "start":
			l.start = s.number("val", 0)
		case "numFmt":
			l.format = s.val()
		case "lvlText":
			l.text = s.val()
		case "suff":
			l.suffix = s.val()
		case "isLgl":
			l.legal = s.on()
		case "lvlRestart":
			l.restart = s.number("val", -1)
		case "pStyle":
			l.style = s.val()
		}
		return s.skip()
	}
	err := s.each(read)
	return l, err
}

// alternate reads the fallback of an alternative: for numbers it names the nearest format that all programs know.
func alternate(s *scanner, read func() error) error {
	return s.each(func() error {
		if string(s.name) == "Fallback" {
			return s.each(read)
		}
		return s.skip()
	})
}

// find is the list with its definition, links to numbering styles followed.
func (n *numbering) find(id string) (*list, *abstractList) {
	l := n.lists[id]
	if l == nil {
		return nil, nil
	}
	def := n.abstract[l.abstract]
	if def != nil && def.link != "" {
		if linked := n.lists[n.byStyle[def.link]]; linked != nil && n.abstract[linked.abstract] != nil {
			def = n.abstract[linked.abstract]
		}
	}
	return l, def
}

// levelOfStyle finds the level that a paragraph style is bound to, the first when it is bound to none.
func (n *numbering) levelOfStyle(listID, style string) int {
	if style == "" {
		return 0
	}
	if _, def := n.find(listID); def != nil {
		for i, l := range def.levels {
			if l.style == style {
				return i
			}
		}
	}
	return 0
}

// counter numbers the paragraphs of a document in their order.
type counter struct {
	*numbering
	counts map[*abstractList]*[levels]count
	begun  map[string]bool // list id and level whose own start has been taken
	mend   *mender         // nil: the lists are as they are meant
}

type count struct {
	n   int
	set bool
}

func newCounter(n *numbering) *counter {
	return &counter{numbering: n, counts: map[*abstractList]*[levels]count{}, begun: map[string]bool{}}
}

// next is the text of the next number of the list at a level, and what stands between it and the paragraph.
func (c *counter) next(listID string, level int) (text, suffix string) {
	l, def := c.find(listID)
	if def == nil || level < 0 || level >= levels {
		return "", ""
	}
	if c.mend != nil {
		if before := c.mend.goesOn(listID, l, def); before != "" {
			_, from := c.find(before)
			c.counts[def] = c.counts[from]
			for i := range levels {
				c.begun[listID+"/"+strconv.Itoa(i)] = true
			}
		}
	}
	counts := c.counts[def]
	if counts == nil {
		counts = new([levels]count)
		c.counts[def] = counts
	}
	at := l.level(def, level)
	key := listID + "/" + strconv.Itoa(level)
	start, own := l.starts[level]
	switch {
	case own && !c.begun[key]:
		counts[level] = count{start, true}
	case !counts[level].set:
		counts[level] = count{at.start, true}
	default:
		counts[level].n++
	}
	c.begun[key] = true
	for i := range level {
		if !counts[i].set {
			counts[i] = count{l.level(def, i).start, true}
		}
	}
	for i := level + 1; i < levels; i++ {
		if r := l.level(def, i).restart; r < 0 || r > level {
			counts[i].set = false
		}
	}
	return l.render(def, at, counts), at.suffix
}

func (l *list) level(def *abstractList, i int) listLevel {
	if own, ok := l.levels[i]; ok {
		return own
	}
	return def.levels[i]
}

func (l *list) render(def *abstractList, at listLevel, counts *[levels]count) string {
	switch {
	case at.format == "bullet" && strings.TrimSpace(at.text) != "":
		return bulletSign
	case at.format == "bullet", at.format == "none":
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(at.text); i++ {
		if at.text[i] != '%' || i+1 == len(at.text) || at.text[i+1] < '1' || at.text[i+1] > '9' {
			b.WriteByte(at.text[i])
			continue
		}
		i++
		which := int(at.text[i] - '1')
		format := l.level(def, which).format
		if at.legal {
			format = "decimal"
		}
		b.WriteString(ordinal(format, counts[which].n))
	}
	return b.String()
}
