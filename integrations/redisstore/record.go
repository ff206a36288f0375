package redisstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"huiban/tasks"
	"huiban/tasks/route"
)

// Fields of a proposal's hash. Texts and drafts have a field for each version.
const (
	fieldVersion  = "v"
	fieldSchema   = "schema"
	fieldCore     = "core"
	fieldSections = "sections"
	fieldSource   = "source"
	fieldMembers  = "members" // of which sorted sets it is a member
	fieldTimers   = "timers"  // which timers stand in the queue, with their times in ms
	fieldLast     = "last"    // token of the last commit, by which a repeated one knows itself
)

func fieldText(section int, department string, version int) string {
	return fmt.Sprintf("text:%d:%s:%d", section, department, version)
}

func fieldDraft(no int) string { return "draft:" + strconv.Itoa(no) }

// record is a proposal as it is stored, whole: what the next commit is compared with. It is shared by all who read it and
// never written to; people get a copy.
type record struct {
	last     string // token of the commit that it is the outcome of
	proposal *tasks.Proposal
	members  []string
	timers   map[string]int64
}

func (s *Store) decodeRecord(id string, fields map[string]string) (*record, error) {
	if n, err := strconv.Atoi(fields[fieldSchema]); err != nil || n != schema {
		return nil, fmt.Errorf("redisstore: proposal %s has schema %q, this program knows %d", id, fields[fieldSchema], schema)
	}
	var core storedCore
	if err := s.codec.decode(fields[fieldCore], &core); err != nil {
		return nil, fmt.Errorf("proposal %s: %w", id, err)
	}
	p := core.proposal()
	version, err := strconv.ParseInt(fields[fieldVersion], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("redisstore: proposal %s: version: %w", id, err)
	}
	p.Version = version
	r := &record{last: fields[fieldLast], proposal: p}
	err = errors.Join(
		s.decodePaper(p, fields),
		s.decodeTexts(p, fields, core.Assignments),
		s.decodeDrafts(p, fields, core.Drafts),
		json.Unmarshal([]byte(fields[fieldMembers]), &r.members),
		json.Unmarshal([]byte(fields[fieldTimers]), &r.timers),
	)
	if err != nil {
		return nil, fmt.Errorf("redisstore: proposal %s: %w", id, err)
	}
	return r, nil
}

func (s *Store) decodePaper(p *tasks.Proposal, fields map[string]string) error {
	src, err := cached[storedSource](s, fields[fieldSource])
	if err != nil {
		return fmt.Errorf("%s: %w", fieldSource, err)
	}
	secs, err := cached[storedSections](s, fields[fieldSections])
	if err != nil {
		return fmt.Errorf("%s: %w", fieldSections, err)
	}
	p.Source = tasks.Source{Text: src.Text, File: src.File}
	p.Background = slices.Clone(secs.Background)
	p.Sections = each(secs.Sections, storedSection.section)
	return nil
}

func (s *Store) decodeTexts(p *tasks.Proposal, fields map[string]string, assignments []storedAssignment) error {
	for i, as := range assignments {
		for n := 1; n <= as.Versions; n++ {
			field := fieldText(as.Section, as.Department, n)
			v, err := cached[storedText](s, fields[field])
			if err != nil {
				return fmt.Errorf("%s: %w", field, err)
			}
			p.Assignments[i].Versions = append(p.Assignments[i].Versions, v.contribution())
		}
	}
	return nil
}

func (s *Store) decodeDrafts(p *tasks.Proposal, fields map[string]string, count int) error {
	for n := 1; n <= count; n++ {
		d, err := cached[storedDraft](s, fields[fieldDraft(n)])
		if err != nil {
			return fmt.Errorf("%s: %w", fieldDraft(n), err)
		}
		p.Drafts = append(p.Drafts, d.draft())
	}
	return nil
}

// changes lists what a commit writes: pairs of field and content. Texts and drafts that are there already are left
// alone; a text that differs from the one kept is a fault, because what was written is never overwritten.
func (s *Store) changes(r *record, p *tasks.Proposal) ([]string, error) {
	var pairs []string
	put := func(field string, v any, from int) error {
		content, err := s.codec.encode(v, from)
		pairs = append(pairs, field, content)
		return err
	}
	was := r.proposal
	if was == nil {
		was = &tasks.Proposal{}
	}
	err := put(fieldCore, toCore(p), packOften)
	if r.proposal == nil || p.Source != was.Source {
		err = errors.Join(err, put(fieldSource, storedSource{Text: p.Source.Text, File: p.Source.File}, packOnce))
	}
	if r.proposal == nil || !slices.EqualFunc(p.Sections, was.Sections, sameSection) || !slices.Equal(p.Background, was.Background) {
		err = errors.Join(err, put(fieldSections, storedSections{Background: p.Background, Sections: each(p.Sections, toSection)}, packOnce))
	}
	for _, as := range p.Assignments {
		before, _ := was.Assignment(as.Section, as.Department)
		for i, v := range as.Versions {
			field := fieldText(as.Section, as.Department, i+1)
			switch {
			case i >= len(before.Versions):
				err = errors.Join(err, put(field, toText(v), packOnce))
			case !same(before.Versions[i], v):
				err = errors.Join(err, fmt.Errorf("redisstore: proposal %s: %s was changed after it was kept", p.ID, field))
			}
		}
	}
	for i := len(was.Drafts); i < len(p.Drafts); i++ {
		err = errors.Join(err, put(fieldDraft(i+1), toDraft(p.Drafts[i]), packOnce))
	}
	return append(pairs, fieldSchema, strconv.Itoa(schema)), err
}

func same(v, o tasks.Contribution) bool {
	at := instant(v.At).Equal(instant(o.At))
	v.At = o.At
	return v == o && at
}

func sameSection(a, b tasks.Section) bool {
	return a.ID == b.ID && a.Heading == b.Heading && a.Text == b.Text && a.Confidence == b.Confidence && a.Reason == b.Reason &&
		slices.EqualFunc(a.Suggestions, b.Suggestions, func(a, b route.Suggestion) bool {
			return a.Unit == b.Unit && a.Score == b.Score && slices.Equal(a.Evidence, b.Evidence)
		})
}

// asStored is a proposal as reading it again would give it.
func asStored(p *tasks.Proposal) *tasks.Proposal {
	p = p.Clone()
	inUTC := func(facts []tasks.Fact) {
		for i := range facts {
			facts[i].At = instant(facts[i].At)
		}
	}
	inUTC(p.Facts)
	for _, as := range p.Assignments {
		inUTC(as.Facts)
		for i := range as.Versions {
			as.Versions[i].At = instant(as.Versions[i].At)
		}
	}
	for i := range p.Drafts {
		p.Drafts[i].At = instant(p.Drafts[i].At)
	}
	return p
}

// weight is what a proposal takes in memory, roughly.
func weight(p *tasks.Proposal) int {
	n := 2048 + len(p.Source.Text) + 200*len(p.Facts)
	for _, sec := range p.Sections {
		n += 256 + len(sec.Text)
		for _, g := range sec.Suggestions {
			n += 64 + 80*len(g.Evidence)
		}
	}
	for _, as := range p.Assignments {
		n += 640 + 200*len(as.Facts)
		for _, v := range as.Versions {
			n += 128 + len(v.Text)
		}
	}
	for _, d := range p.Drafts {
		n += 512
		for _, par := range d.Letter.Body {
			n += 64 + len(par.Text) + 64*len(par.Sources)
		}
	}
	return n
}
