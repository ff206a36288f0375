// Package route suggests which units should handle a section of a proposal,
// with the words that speak for each.
//
// Invariants:
//   - A Router never changes after New and is safe for concurrent use.
//   - The lead and units that handle nothing are never suggested.
//   - Every suggestion carries its evidence; nothing enters its score but that
//     and what speaks for other units.
//   - Of words that overlap in the text only the longest counts.
//
// Scores are chances: of the units suggested with 0.8 about 8 in 10 are right.
// Press and Show are where the bot presses and stops.
package route

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Thresholds of Suggestion.Score.
const (
	Press = 0.6  // from here on a unit is proposed as chosen
	Show  = 0.08 // below this a unit is not worth showing
)

// maxSuggestions bounds the answer of Suggest.
const maxSuggestions = 8

// Unit is what the router knows of a department.
type Unit struct {
	ID      string
	Names   []string // full, short and former names
	Duties  []Duty
	Handles bool // false: it is told and copied, but handles nothing
}

// Duty is a word for something that a unit is in charge of.
type Duty struct {
	Word   string
	Weight float64 // 0: PlainWeight
}

// PlainWeight is the weight of a duty that is given without one. 3 is a word of the unit's own field, 1 one that other
// units' matters have as often.
const PlainWeight = 2

// Kind says what sort of evidence speaks for a unit.
type Kind string

// The kinds of evidence.
const (
	KindDuty    Kind = "duty"
	KindNamed   Kind = "named"  // the text names the unit
	KindWished  Kind = "wished" // the proposers wish for it
	KindLearned Kind = "learned"
)

// Where says in which part of the text a word was found.
type Where string

// The parts of a text.
const (
	Heading Where = "heading"
	Body    Where = "body"
	Title   Where = "title" // of the proposal: it stands above every section alike
)

// weight is what a word counts in a part of the text. A heading that is a whole sentence says less by each word.
func (w Where) weight(runes int, hasLead bool) float64 {
	switch {
	case w == Heading:
		return headingGain * min(1, max(leastHeading, shortHeading/float64(max(1, runes))))
	case w == Title && hasLead:
		return titleGain
	case w == Title:
		return titleGainAlone
	}
	return 1
}

// Evidence is one reason for a suggestion. Word is the unit's duty or name; Near
// means that the text has it only in other words.
type Evidence struct {
	Kind  Kind    `json:"kind"`
	Word  string  `json:"word"`
	Where Where   `json:"where,omitempty"`
	Near  bool    `json:"near,omitempty"`
	Gain  float64 `json:"gain"` // its share of the sum that makes the score
}

// Suggestion is a unit that may handle a section.
type Suggestion struct {
	Unit     string     `json:"unit"`
	Score    float64    `json:"score"`    // 0 to 1
	Evidence []Evidence `json:"evidence"` // the strongest first
}

// Text is a section with its proposal's title.
type Text struct {
	Heading, Body, Title string
}

// Context is what is known besides the text. Units are given by ID or name.
type Context struct {
	Lead    string
	Wished  []string
	Learned []Learned
}

// Learned is what past assignments say about a text like this one. Gain is in
// the same currency as Evidence.Gain; below 0 it speaks against a unit that
// something else speaks for. Memory.Recall makes it.
type Learned struct {
	Unit string
	Word string // what to show as the reason, for instance a past case's number
	Gain float64
}

// Gains of evidence that is no duty.
const (
	namedGain  = 2.0
	wishedGain = 0.7
	// wishedAlone is what a wish counts when nothing else speaks for the unit.
	wishedAlone = 0.17
	againGain   = 0.25 // for each further mention, at most three
)

// Weights of headings and titles. Who leads is in charge of what the title says;
// as long as nobody does, the title speaks for a unit in every section.
const (
	headingGain    = 1.3
	shortHeading   = 10.0 // characters up to which a heading counts in full
	leastHeading   = 0.6
	titleGain      = 0.28
	titleGainAlone = 0.56
)

// Suggest returns the units that may handle a section, the likeliest first.
// Units below Show are left out.
func (r *Router) Suggest(t Text, ctx Context) []Suggestion {
	lead, hasLead := r.resolve(ctx.Lead)
	if !hasLead {
		lead = -1
	}
	s := scores{r: r, lead: lead, found: map[int][]Evidence{}}
	for _, p := range []struct {
		where Where
		text  string
	}{{Heading, t.Heading}, {Body, t.Body}, {Title, t.Title}} {
		s.read(p.text, p.where)
	}
	s.wished(ctx.Wished)
	for _, l := range ctx.Learned {
		if i, ok := r.resolve(l.Unit); ok && (l.Gain > 0 || s.found[i] != nil) {
			s.add(i, Evidence{Kind: KindLearned, Word: l.Word, Gain: l.Gain})
		}
	}
	list := s.candidates()
	compete(list)
	var out []Suggestion
	for _, c := range list {
		if score := chance(c.sum()); score >= Show {
			out = append(out, Suggestion{Unit: r.units[c.unit].ID, Score: math.Round(score*1000) / 1000, Evidence: c.evidence})
		}
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(r.ids[a.Unit], r.ids[b.Unit]))
	})
	return out[:min(len(out), maxSuggestions)]
}

// scores gathers evidence by unit.
type scores struct {
	r     *Router
	lead  int // -1: none
	found map[int][]Evidence
}

// add enters evidence. The same word in a second place counts as a further
// mention of it; the better place is kept.
func (s *scores) add(unit int, e Evidence) {
	list := s.found[unit]
	for i, old := range list {
		if old.Kind != e.Kind || old.Word != e.Word {
			continue
		}
		best := old
		if e.Gain > old.Gain {
			best, e = e, old
		}
		best.Gain += againGain * min(e.Gain, 1)
		list[i] = best
		return
	}
	s.found[unit] = append(list, e)
}

// read enters what the words of one part of the text say.
func (s *scores) read(text string, where Where) {
	if text == "" {
		return
	}
	text = compact(text)
	weight := where.weight(length(text), s.lead >= 0)
	thin := thinned(text, where)
	hits, spans := s.r.match(text, s.lead)
	for w, n := range hits {
		for _, o := range w.owners {
			gain := o.gain * (1 + againGain*float64(min(n-1, 3)))
			if o.kind == KindDuty {
				gain = min(mostGain, gain*weight*thin)
			} else {
				gain *= weight
			}
			s.add(o.unit, Evidence{Kind: o.kind, Word: w.text, Where: where, Gain: gain})
		}
	}
	for _, l := range s.r.lists(text, spans) {
		s.add(l.unit, Evidence{Kind: KindNamed, Word: l.word, Where: where, Gain: namedGain * weight})
	}
	s.r.near(text, func(w *word, share float64) {
		if hits[w] > 0 {
			return
		}
		for _, o := range w.owners {
			s.add(o.unit, Evidence{Kind: o.kind, Word: w.text, Where: where, Near: true, Gain: min(mostGain, o.gain*weight*share*nearGain*thin)})
		}
	})
}

// fullRunes is the length up to which every word of a section counts in full.
const fullRunes = 200

// thinned says what a word counts in a long text: the more is said, the less is said by each word.
func thinned(text string, where Where) float64 {
	n := length(text)
	if where != Body || n <= fullRunes {
		return 1
	}
	return math.Sqrt(fullRunes / float64(n))
}

func (s *scores) wished(units []string) {
	for _, name := range units {
		if i, ok := s.r.resolve(name); ok {
			s.add(i, Evidence{Kind: KindWished, Word: name, Gain: wishedGain})
		}
	}
}

// compact removes white space, which breaks words in pasted text.
func compact(s string) string {
	if !strings.ContainsAny(s, " \t\r\n\u3000") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u3000", r) {
			return -1
		}
		return r
	}, s)
}

func length(s string) int { return utf8.RuneCountInString(s) }
