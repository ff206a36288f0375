package docx

import (
	"path"
	"strings"
)

// findParts finds the main part, word/document.xml but for a few programs, which name another in _rels/.rels, and what
// other parts belong to it.
func (a *archive) findParts() error {
	a.main = "word/document.xml"
	if !a.has(a.main) {
		a.main = ""
		err := a.relations("_rels/.rels", func(kind, _, target string) {
			if kind == "officeDocument" && a.main == "" {
				a.main = partName(target)
			}
		})
		if err != nil {
			return err
		}
		if folder, _, _ := strings.Cut(a.main, "/"); !a.has(a.main) || folder == "xl" || folder == "ppt" || folder == "visio" {
			return refuse("error.file_not_docx")
		}
	}
	dir, file := path.Split(partName(a.main))
	a.others, a.chunks = map[string]string{}, map[string]string{}
	return a.relations(dir+"_rels/"+file+".rels", func(kind, id, target string) {
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		switch {
		case !a.has(target):
		case kind == "aFChunk":
			a.chunks[id] = target
		case a.others[kind] == "":
			a.others[kind] = target
		}
	})
}

// part is the name of a part of its kind: styles, numbering, footnotes or endnotes.
func (a *archive) part(kind string) string {
	if name := a.others[kind]; name != "" {
		return name
	}
	return path.Dir(partName(a.main)) + "/" + kind + ".xml"
}

// relations tells what a part of relationships names inside the archive.
func (a *archive) relations(name string, tell func(kind, id, target string)) error {
	return a.scan(name, func(s *scanner) error {
		if err := s.root("Relationships"); err != nil {
			return err
		}
		return s.each(func() error {
			kind, _ := s.attr("Type")
			target, _ := s.attr("Target")
			id, _ := s.attr("Id")
			if mode, _ := s.attr("TargetMode"); mode != "External" && target != "" {
				tell(path.Base(kind), id, target)
			}
			return s.skip()
		})
	})
}
