package split

import (
	"cmp"
	"slices"
)

// role is what a passage is in a reading of the body.
type role uint8

const (
	roleBefore  role = iota // background before the first section
	roleFirst               // begins the first section
	roleSection             // begins a further one
	roleInside              // goes on in a section
	roleBetween             // background between sections
	roleAfter               // behind the last section
	roles
)

// scores is how well each role suits a passage.
type scores [roles]float32

// order is what was learned of how passages follow one another.
type order struct {
	follow [roles][roles]float32        // by the role above
	pairs  [roles][pairFeatures]float32 // by the last section's first passage and the passage at hand
}

// mostStates bounds how many ways to read the text so far are kept at each passage.
const mostStates = 6

// state is the best way to read the passages so far that ends with a role, below a
// section that began with a passage like start.
type state struct {
	role  role
	start int32 // the kind of passage with which the last section began; -1 before the first
	score float32
	prev  int32 // index of the state above
}

// trellis holds the states of all passages one after another.
type trellis struct {
	passages []passage
	w        *order
	states   []state
	from     []int32  // where the states of a passage begin
	kind     []int32  // by passage: what kind of section it would begin
	first    []int32  // by kind: the first passage of it
	slot     []int32  // by role and kind: the state that holds it among those of the passage at hand
	sums     []scores // by kind: what pairsWith found last
	summed   []int32  // by kind: for which passage
}

// read finds the best ways to read the passages.
func (w *order) read(passages []passage, suits []scores) *trellis {
	t := &trellis{passages: passages, w: w, from: make([]int32, 1, len(passages)+1)}
	t.kinds()
	t.states = make([]state, 0, len(passages)*min(mostStates, 2+3*len(t.first)))
	t.sums, t.summed = make([]scores, len(t.first)), make([]int32, len(t.first))
	t.slot = make([]int32, int(roles)*len(t.first))
	for i := range passages {
		t.step(i, &suits[i])
	}
	return t
}

// kinds tells the passages apart by the kind of section that they would begin.
func (t *trellis) kinds() {
	type kind struct {
		style numbering
		form  form
		chain int
	}
	var many map[kind]int32 // once there are more than few
	t.kind = make([]int32, len(t.passages))
	for i := range t.passages {
		p := &t.passages[i]
		k := int32(-1)
		if many == nil {
			k = int32(slices.IndexFunc(t.first, func(at int32) bool {
				f := &t.passages[at]
				return f.chain == p.chain && f.form == p.form && f.style == p.style
			}))
		} else if known, ok := many[kind{p.style, p.form, p.chain}]; ok {
			k = known
		}
		if k < 0 {
			k = int32(len(t.first))
			t.first = append(t.first, int32(i))
			if many != nil {
				many[kind{p.style, p.form, p.chain}] = k
			} else if len(t.first) > fewKinds {
				many = map[kind]int32{}
				for k, at := range t.first {
					f := &t.passages[at]
					many[kind{f.style, f.form, f.chain}] = int32(k)
				}
			}
		}
		t.kind[i] = k
	}
}

// fewKinds is how many kinds are looked for one by one.
const fewKinds = 16

// step adds the states of passage i.
func (t *trellis) step(i int, e *scores) {
	begin := len(t.states)
	if i == 0 {
		t.states = append(t.states, state{roleBefore, -1, e[roleBefore], -1}, state{roleFirst, t.kind[0], e[roleFirst], -1})
		t.from = append(t.from, int32(len(t.states)))
		return
	}
	for at := t.from[i-1]; at < int32(begin); at++ {
		p := t.states[at]
		if p.role == roleBefore {
			t.try(begin, state{roleBefore, -1, p.score + t.w.follow[roleBefore][roleBefore] + e[roleBefore], at})
			t.try(begin, state{roleFirst, t.kind[i], p.score + t.w.follow[roleBefore][roleFirst] + e[roleFirst], at})
			continue
		}
		if p.role == roleAfter {
			t.try(begin, state{roleAfter, p.start, p.score + t.w.follow[roleAfter][roleAfter] + e[roleAfter], at})
			continue
		}
		pairs := t.pairsWith(p.start, i)
		for r := roleSection; r < roles; r++ {
			if p.role == roleBetween && (r == roleInside || r == roleAfter) {
				continue
			}
			s := state{r, p.start, p.score + t.w.follow[p.role][r] + e[r] + pairs[r], at}
			if r == roleSection {
				s.start = t.kind[i]
			}
			t.try(begin, s)
		}
	}
	t.prune(begin)
	t.from = append(t.from, int32(len(t.states)))
}

// pairsWith returns for each role what passage i says below a section of a kind.
func (t *trellis) pairsWith(kind int32, i int) *scores {
	sum := &t.sums[kind]
	if t.summed[kind] == int32(i) {
		return sum
	}
	t.summed[kind] = int32(i)
	var pairs [pairsOfPassage]int
	pairOf(&t.passages[t.first[kind]], &t.passages[i], &pairs)
	for r := roleSection; r < roles; r++ {
		sum[r] = 0
		for _, p := range pairs {
			sum[r] += t.w.pairs[r][p]
		}
	}
	return sum
}

// try keeps s if it is the best of its role and kind among the states from begin on.
func (t *trellis) try(begin int, s state) {
	key := int(s.role)*len(t.first) + int(max(s.start, 0))
	if k := int(t.slot[key]); k >= begin && k < len(t.states) && t.states[k].role == s.role && t.states[k].start == s.start {
		if s.score > t.states[k].score {
			t.states[k] = s
		}
		return
	}
	t.slot[key] = int32(len(t.states))
	t.states = append(t.states, s)
}

// prune keeps the best states from begin on.
func (t *trellis) prune(begin int) {
	last := t.states[begin:]
	if len(last) <= mostStates {
		return
	}
	var best [mostStates]float32 // the best scores, falling
	for k, s := range last {
		at := min(k, mostStates)
		for ; at > 0 && best[at-1] < s.score; at-- {
			if at < mostStates {
				best[at] = best[at-1]
			}
		}
		if at < mostStates {
			best[at] = s.score
		}
	}
	kept := last[:0]
	for _, s := range last {
		if s.score >= best[mostStates-1] && len(kept) < mostStates {
			kept = append(kept, s)
		}
	}
	t.states = t.states[:begin+len(kept)]
}

// ends returns the states in which a reading may end, the best first: there is one at least.
func (t *trellis) ends() []state {
	last := slices.Clone(t.states[t.from[len(t.passages)-1]:])
	all := slices.Clone(last)
	last = slices.DeleteFunc(last, func(s state) bool { return s.role == roleBefore || s.role == roleBetween })
	if len(last) == 0 {
		last = all // a text of thousands of passages, none of which suggests anything
	}
	slices.SortStableFunc(last, func(a, b state) int { return cmp.Compare(b.score, a.score) })
	return last
}

// roles returns the roles of the reading that ends with s.
func (t *trellis) roles(s state) []role {
	out := make([]role, len(t.passages))
	for i := len(out) - 1; ; i-- {
		out[i] = s.role
		if s.prev < 0 {
			return out
		}
		s = t.states[s.prev]
	}
}

// pairFeatures is the number of ways in which a passage and the first one of the section above
// it can stand to one another.
const (
	pairsOfPassage = 6
	pairForms      = 16 // same style, section numbered, same form, passage numbered
	pairDepths     = 4
	pairOrders     = 4
	pairFeatures   = pairForms + 2*pairDepths*int(relations) + pairForms*pairDepths*2 + pairForms*pairDepths*2*int(relations) +
		pairOrders*int(relations) + pairForms*pairOrders
)

// pairOf lists what is true of passage p below a section that began with passage first.
func pairOf(first, p *passage, out *[pairsOfPassage]int) {
	form := bit(first.style == p.style, 1) | bit(first.style != 0, 2) | bit(first.form == p.form, 4) | bit(p.style != 0, 8)
	same := bit(first.chain > 0 && first.chain == p.chain, 1)
	depth, order := 0, 0
	if first.chain > 0 && p.chain > 0 {
		depth = 2 + cmp.Compare(p.depth, first.depth)
		order = 2 + cmp.Compare(p.begun, first.begun)
	}
	rel := int(p.rel)
	shape := (form*pairDepths+depth)*2 + same
	at := 0
	for k, f := range [pairsOfPassage]struct{ value, size int }{
		{form, pairForms},
		{(depth*2+same)*int(relations) + rel, 2 * pairDepths * int(relations)},
		{shape, pairForms * pairDepths * 2},
		{shape*int(relations) + rel, pairForms * pairDepths * 2 * int(relations)},
		{order*int(relations) + rel, pairOrders * int(relations)},
		{form*pairOrders + order, pairForms * pairOrders},
	} {
		out[k] = at + f.value
		at += f.size
	}
}

func bit(b bool, n int) int {
	if b {
		return n
	}
	return 0
}
