package docx

// styles is what of styles.xml bears on text: outline levels and automatic numbers.
type styles struct {
	byID  map[string]*styleDef
	base  string            // the default paragraph style
	lists map[string]string // numbering style → list id
	runs  map[string]*runStyle
}

// runStyle is what a character style says of hidden text.
type runStyle struct {
	basedOn string
	set     bool
	hidden  bool
}

type styleDef struct {
	basedOn string
	props   paragraphProps
}

// paragraphProps are a paragraph's or a style's own settings; -1 and "" leave it to the style below.
type paragraphProps struct {
	style   string
	outline int // 0 to 8; 9 is running text
	list    string
	level   int
	deleted bool // the paragraph mark: what follows belongs to this paragraph
	hidden  bool // the paragraph mark
	runIn   bool // what follows stands on the line of this heading
}

func newProps() paragraphProps { return paragraphProps{outline: -1, level: -1} }

func readStyles(a *archive) (*styles, error) {
	st := &styles{byID: map[string]*styleDef{}, lists: map[string]string{}, runs: map[string]*runStyle{}}
	err := a.scan(a.part("styles"), func(s *scanner) error {
		if err := s.root("styles"); err != nil {
			return err
		}
		return s.each(func() error {
			if string(s.name) != "style" {
				return s.skip()
			}
			return st.read(s)
		})
	})
	return st, err
}

func (st *styles) read(s *scanner) error {
	id, _ := s.attr("styleId")
	kind, _ := s.attr("type")
	isDefault, _ := s.attr("default")
	def, run := &styleDef{props: newProps()}, &runStyle{}
	err := s.each(func() error {
		switch string(s.name) {
		case "basedOn":
			def.basedOn = s.val()
			run.basedOn = def.basedOn
		case "pPr":
			return readProps(s, &def.props)
		case "rPr":
			return s.each(func() error {
				if string(s.name) == "vanish" {
					run.set, run.hidden = true, s.on()
				}
				return s.skip()
			})
		}
		return s.skip()
	})
	switch kind {
	case "character":
		st.runs[id] = run
	case "numbering":
		st.lists[id] = def.props.list
	case "paragraph", "":
		st.byID[id] = def
		if isDefault == "1" || isDefault == "true" {
			st.base = id
		}
	}
	return err
}

// readProps reads a pPr; earlier properties kept with tracked changes are passed over.
func readProps(s *scanner, p *paragraphProps) error {
	return s.each(func() error {
		switch string(s.name) {
		case "pStyle":
			p.style = s.val()
		case "outlineLvl":
			p.outline = s.number("val", -1)
		case "numPr":
			return s.each(func() error {
				switch string(s.name) {
				case "numId":
					p.list = s.val()
				case "ilvl":
					p.level = s.number("val", -1)
				}
				return s.skip()
			})
		case "rPr":
			return s.each(func() error {
				switch string(s.name) {
				case "del", "moveFrom":
					p.deleted = true
				case "vanish":
					p.hidden = s.on()
				case "specVanish":
					p.runIn = s.on()
				}
				return s.skip()
			})
		}
		return s.skip()
	})
}

// resolve fills in what a paragraph leaves to its style and the styles below; the second result is the style that
// brought the list.
func (st *styles) resolve(p paragraphProps) (paragraphProps, string) {
	id, from := p.style, ""
	if id == "" {
		id = st.base
	}
	for range 20 {
		def := st.byID[id]
		if def == nil {
			break
		}
		if p.outline < 0 {
			p.outline = def.props.outline
		}
		if p.list == "" && def.props.list != "" {
			p.list, from = def.props.list, id
		}
		if p.list == "" || from == id {
			if p.level < 0 {
				p.level = def.props.level
			}
		}
		id = def.basedOn
	}
	return p, from
}

// hides reports whether a character style hides text.
func (st *styles) hides(id string) bool {
	for range 20 {
		s := st.runs[id]
		if s == nil || s.set {
			return s != nil && s.hidden
		}
		id = s.basedOn
	}
	return false
}
