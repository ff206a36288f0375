package redisstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"huiban/tasks"
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

// record is a proposal's hash as it was read: what the next commit is compared with.
type record struct {
	fields   map[string]string
	source   storedSource
	sections storedSections
	texts    map[string]storedText
	members  []string
	timers   map[string]int64
	proposal *tasks.Proposal
}

func (s *Store) decodeRecord(id string, fields map[string]string) (*record, error) {
	r := &record{fields: fields, texts: map[string]storedText{}}
	if n, err := strconv.Atoi(fields[fieldSchema]); err != nil || n != schema {
		return nil, fmt.Errorf("redisstore: proposal %s has schema %q, this program knows %d", id, fields[fieldSchema], schema)
	}
	core, err := cached[storedCore](s, fields[fieldCore])
	if err != nil {
		return nil, fmt.Errorf("proposal %s: %w", id, err)
	}
	p := core.proposal()
	version, err := strconv.ParseInt(fields[fieldVersion], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("redisstore: proposal %s: version: %w", id, err)
	}
	p.Version, r.proposal = version, p
	err = errors.Join(
		s.decodePaper(r),
		s.decodeTexts(r, core.Assignments),
		s.decodeDrafts(r, core.Drafts),
		json.Unmarshal([]byte(fields[fieldMembers]), &r.members),
		json.Unmarshal([]byte(fields[fieldTimers]), &r.timers),
	)
	if err != nil {
		return nil, fmt.Errorf("redisstore: proposal %s: %w", id, err)
	}
	return r, nil
}

func (s *Store) decodePaper(r *record) error {
	src, err := cached[storedSource](s, r.fields[fieldSource])
	if err != nil {
		return fmt.Errorf("%s: %w", fieldSource, err)
	}
	secs, err := cached[storedSections](s, r.fields[fieldSections])
	if err != nil {
		return fmt.Errorf("%s: %w", fieldSections, err)
	}
	r.source, r.sections = src, secs
	r.proposal.Source = tasks.Source{Text: src.Text, File: src.File}
	r.proposal.Background = slices.Clone(secs.Background)
	r.proposal.Sections = each(secs.Sections, storedSection.section)
	return nil
}

func (s *Store) decodeTexts(r *record, assignments []storedAssignment) error {
	for i, as := range assignments {
		for n := 1; n <= as.Versions; n++ {
			field := fieldText(as.Section, as.Department, n)
			v, err := cached[storedText](s, r.fields[field])
			if err != nil {
				return fmt.Errorf("%s: %w", field, err)
			}
			r.texts[field] = v
			r.proposal.Assignments[i].Versions = append(r.proposal.Assignments[i].Versions, v.contribution())
		}
	}
	return nil
}

func (s *Store) decodeDrafts(r *record, count int) error {
	for n := 1; n <= count; n++ {
		d, err := cached[storedDraft](s, r.fields[fieldDraft(n)])
		if err != nil {
			return fmt.Errorf("%s: %w", fieldDraft(n), err)
		}
		r.proposal.Drafts = append(r.proposal.Drafts, d.draft()) // copies: what the cache holds is shared
	}
	return nil
}

// changes lists what a commit writes: pairs of field and content. Texts and drafts that are there already are left
// alone; a text that differs from the one kept is a fault, because what was written is never overwritten.
func (s *Store) changes(r *record, p *tasks.Proposal) ([]string, error) {
	var pairs []string
	put := func(field string, v any) error {
		from := packOnce
		if field == fieldCore {
			from = packOften
		}
		content, err := s.codec.encode(v, from)
		pairs = append(pairs, field, content)
		s.cache.put(content, v) // whoever wrote it reads it next
		return err
	}
	err := put(fieldCore, toCore(p))
	_, stored := r.fields[fieldSource]
	if src := (storedSource{Text: p.Source.Text, File: p.Source.File}); !stored || src != r.source {
		err = errors.Join(err, put(fieldSource, src))
	}
	secs := storedSections{Background: p.Background, Sections: each(p.Sections, toSection)}
	if !stored || !reflect.DeepEqual(secs, r.sections) {
		err = errors.Join(err, put(fieldSections, secs))
	}
	for _, as := range p.Assignments {
		for i, v := range as.Versions {
			field, text := fieldText(as.Section, as.Department, i+1), toText(v)
			switch kept, ok := r.texts[field]; {
			case !ok:
				err = errors.Join(err, put(field, text))
			case !kept.same(text):
				err = errors.Join(err, fmt.Errorf("redisstore: proposal %s: %s was changed after it was kept", p.ID, field))
			}
		}
	}
	for i, d := range p.Drafts {
		if _, ok := r.fields[fieldDraft(i+1)]; !ok {
			err = errors.Join(err, put(fieldDraft(i+1), toDraft(d)))
		}
	}
	return append(pairs, fieldSchema, strconv.Itoa(schema)), err
}

func (v storedText) same(o storedText) bool {
	return v.Version == o.Version && v.Text == o.Text && v.File == o.File && v.By == o.By && v.At.Equal(o.At)
}
