package tasks

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiban/tasks/letter"
)

// CopyList proposes who is copied (抄送), by short names: the standing recipients of the kind first, then co-handlers
// and 知会 units in the order of 交办. It is not "every unit that the text names". Once the coordinator has set an order,
// that order stands.
func (p *Proposal) CopyList(c *City) []string {
	if p.Reply.CopyList != nil {
		return p.Reply.CopyList
	}
	var names []string
	add := func(ids []string) {
		for _, id := range ids {
			if name := c.Directory.Short(id); id != p.Lead && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	add(c.Rules.Standing[p.Head.Kind])
	add(p.Contributors())
	add(p.Informed())
	return names
}

// CopyLine is the copy list as it stands in the letter.
func (p *Proposal) CopyLine(c *City) string {
	names := p.CopyList(c)
	if len(names) == 0 {
		return ""
	}
	return letter.Fill(c.Letter.Copy, "list", strings.Join(names, c.Letter.CopySep))
}

const maxCopies = 100

// SetCopyList fixes the copy list. Entries may be units, persons, or carry counts (2份): anything but an empty line.
func (p *Proposal) SetCopyList(c *City, now time.Time, a Actor, names []string) error {
	if !p.CoordinatedBy(a) {
		return Refuse(Forbidden, "error.forbidden_step", "Event", string(Issue))
	}
	if !p.Phase().handles() {
		return Refuse(Illegal, "error.phase", "Event", string(Amend), "Phase", string(p.Phase()))
	}
	list, err := soundCopyList(c, names)
	if err != nil {
		return err
	}
	if slices.Equal(list, p.CopyList(c)) {
		return nil
	}
	p.Reply.CopyList = list
	p.record(a, Fact{Event: Amend, At: now}, 0, p.Lead, map[string]string{"copy": strings.Join(list, ",")})
	return nil
}

// soundCopyList cleans a typed list and puts the short name in place of any other name of a unit.
func soundCopyList(c *City, names []string) ([]string, error) {
	list := []string{}
	for _, n := range names {
		n = strings.Trim(Clean(n), "，,、。;；\n ")
		if n == "" {
			continue
		}
		if utf8.RuneCountInString(n) > 60 {
			return nil, Refuse(TooLarge, "error.copy_entry_long", "Name", string([]rune(n)[:20])).On("copy")
		}
		if d, err := c.Directory.Resolve(n); err == nil {
			n = d.Short
		}
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	if len(list) > maxCopies {
		return nil, Refuse(TooLarge, "error.copy_list_long", "Max", maxCopies).On("copy")
	}
	return list, nil
}
