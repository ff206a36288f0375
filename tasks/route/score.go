package route

import (
	"cmp"
	"slices"
)

// Bounds of what duties may say.
const (
	mostGain = 3.0 // of one word in one place
	mostNear = 2   // words that are met in other words only
	mostRead = 6   // units whose duties compete
)

// Most that duties say which only stand in the title: little when a lead knows them already.
const (
	mostTitle      = 0.6
	mostTitleAlone = 2.2
)

// candidate is a unit that something speaks for.
type candidate struct {
	unit     int
	evidence []Evidence // the strongest first
}

func (c candidate) sum() (sum float64) {
	for _, e := range c.evidence {
		sum += e.Gain
	}
	return sum
}

// duties adds up what duties say.
func (c candidate) duties() (sum float64) {
	for _, e := range c.evidence {
		if e.Kind == KindDuty {
			sum += e.Gain
		}
	}
	return sum
}

// candidates lists the units that may be suggested, by unit, and bounds their evidence.
func (s *scores) candidates() []candidate {
	most := mostTitleAlone
	if s.lead >= 0 {
		most = mostTitle
	}
	var list []candidate
	for i, ev := range s.found {
		if !s.r.units[i].Handles || i == s.lead {
			continue
		}
		slices.SortFunc(ev, strongest)
		near, title := 0, 0.0
		kept := ev[:0]
		for _, e := range ev {
			if e.Near {
				if near++; near > mostNear {
					continue
				}
			}
			if e.Kind == KindDuty && e.Where == Title {
				e.Gain = min(e.Gain, most-title)
				if e.Gain <= 0 {
					continue
				}
				title += e.Gain
			}
			kept = append(kept, e)
		}
		list = append(list, candidate{i, kept})
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(a.unit, b.unit) })
	return list
}

func strongest(a, b Evidence) int {
	return cmp.Or(cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Word, b.Word))
}

// compete lets duties count by the share that a unit has in all that duties say: who is named, wished for or known from
// past cases need not be alone, but a section seldom concerns everybody of whom it has a word.
func compete(list []candidate) {
	sums := make([]float64, len(list))
	for i, c := range list {
		sums[i] = c.duties()
	}
	all := 0.0
	sorted := slices.Sorted(slices.Values(sums))
	slices.Reverse(sorted)
	for _, sum := range sorted[:min(len(sorted), mostRead)] {
		all += sum
	}
	for i, c := range list {
		for j := range c.evidence {
			if e := &c.evidence[j]; e.Kind == KindDuty {
				e.Gain *= sums[i] / all
			}
		}
		c.grant()
		slices.SortFunc(c.evidence, strongest)
	}
}

// grant lets a wish count where something else speaks for the unit: wishes stand on the whole paper, and of its sections
// only some concern the unit.
func (c candidate) grant() {
	others := 0.0
	for _, e := range c.evidence {
		if e.Kind != KindWished {
			others += e.Gain
		}
	}
	for j := range c.evidence {
		if e := &c.evidence[j]; e.Kind == KindWished {
			e.Gain = min(e.Gain, wishedAlone+max(0, others))
		}
	}
}

// knots map what the evidence adds up to onto chances. They follow an isotonic
// fit on the development halves of the sections and letters that
// docs/learning.md names, made smooth; a test measures others.
var knots = [][2]float64{
	{0, 0}, {0.05, 0.03}, {0.13, 0.09}, {0.25, 0.13}, {0.35, 0.21}, {0.5, 0.27}, {0.7, 0.31}, {0.9, 0.43}, {1.15, 0.5}, {1.45, 0.57},
	{1.7, 0.66}, {2, 0.73}, {2.5, 0.79}, {3.5, 0.85}, {5, 0.89}, {8, 0.97},
}

// chance turns a sum of gains into a score from 0 to 0.97: nothing is certain.
func chance(sum float64) float64 {
	sum = max(0, sum)
	for i := 1; i < len(knots); i++ {
		a, b := knots[i-1], knots[i]
		if sum <= b[0] {
			return a[1] + (b[1]-a[1])*(sum-a[0])/(b[0]-a[0])
		}
	}
	return knots[len(knots)-1][1]
}
