package route

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Router holds the units' names and duties, ready to be found in a text.
type Router struct {
	units   []Unit
	ids     map[string]int
	names   map[string]int     // every name to its unit; ambiguous ones are -1
	stems   map[string]int     // names without their last part: 住建 of 住建局
	words   map[bigram][]*word // by the first two characters, the longest first
	bigrams map[bigram]int     // to holders
	holders [][]int            // the long words that hold a bigram
	long    []*word            // duties that may also be found in other words
}

type word struct {
	text    string
	owners  []owner
	bigrams int
}

type owner struct {
	unit int
	kind Kind
	gain float64
}

// New builds a router. Units without an ID are left out. Blind words say nothing
// and hide what is in them: 市政 in 市政府.
func New(units []Unit, blind ...string) *Router {
	r := &Router{ids: map[string]int{}, names: map[string]int{}, stems: map[string]int{}, words: map[bigram][]*word{}, bigrams: map[bigram]int{}}
	all := map[string]*word{}
	for _, u := range units {
		if u.ID == "" {
			continue
		}
		i := len(r.units)
		r.units = append(r.units, u)
		r.ids[u.ID] = i
		r.name(i, u.ID)
		for _, n := range u.Names {
			r.name(i, n)
		}
	}
	for n, i := range r.names {
		if i >= 0 {
			all[n] = &word{text: n, owners: []owner{{i, KindNamed, namedGain}}}
		}
	}
	r.duties(all)
	for _, b := range blind {
		if text := compact(b); length(text) >= 2 && all[text] == nil {
			all[text] = &word{text: text}
		}
	}
	for _, text := range slices.Sorted(maps.Keys(all)) {
		w := all[text]
		b, _ := first(text)
		r.words[b] = append(r.words[b], w)
		r.index(w)
	}
	for _, list := range r.words {
		slices.SortFunc(list, func(a, b *word) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
		})
	}
	return r
}

// name enters a name of unit i, the forms that a text may use for it, and its stem.
func (r *Router) name(i int, name string) {
	name = compact(name)
	if length(name) < 2 {
		return
	}
	forms := []string{name}
	if rest := bare(name); rest != name {
		forms = append(forms, rest)
	}
	for _, f := range forms {
		put(r.names, f, i)
	}
	stem := bare(strings.TrimLeft(forms[len(forms)-1], "市县区"))
	for _, end := range []string{"管理局", "局", "委", "办", "部", "支队", "大队", "管理中心", "中心"} {
		if s, ok := strings.CutSuffix(stem, end); ok && length(s) >= 2 && s != "政府" { // 政府部门 are all of them
			put(r.stems, s, i)
			if end != "管理局" {
				break
			}
		}
	}
}

// bare is a name without the word for its place: 教育局 of 县教育局, 组织部 of 市委组织部, but 市委办 stays.
func bare(name string) string {
	for _, place := range []string{"市", "县", "区"} {
		if rest, ok := strings.CutPrefix(name, place+"委"); ok {
			if length(rest) >= 3 {
				return rest
			}
			return name
		}
		if rest, ok := strings.CutPrefix(name, place); ok && length(rest) >= 3 {
			return rest
		}
	}
	return name
}

// put enters a key; one that two units claim belongs to neither.
func put(m map[string]int, key string, i int) {
	if old, ok := m[key]; ok && old != i {
		i = -1
	}
	m[key] = i
}

// duties enters the units' duties. A word that several units share, and a short
// one, tells less.
func (r *Router) duties(all map[string]*word) {
	shared := map[string]int{}
	for _, u := range r.units {
		seen := map[string]bool{}
		for _, d := range u.Duties {
			if w := compact(d.Word); !seen[w] {
				seen[w] = true
				shared[w]++
			}
		}
	}
	for i, u := range r.units {
		seen := map[string]bool{}
		for _, d := range u.Duties {
			text := compact(d.Word)
			if length(text) < 2 || seen[text] {
				continue
			}
			seen[text] = true
			weight := d.Weight
			if weight <= 0 {
				weight = PlainWeight
			}
			w := all[text]
			if w == nil {
				w = &word{text: text}
				all[text] = w
			}
			rarity := 1 / (1 + sharedLoss*math.Log(float64(shared[text])))
			w.owners = append(w.owners, owner{i, KindDuty, weight * rarity * telling(text)})
		}
	}
}

// sharedLoss is how fast a word tells less that several units share.
const sharedLoss = 0.5

// telling weighs a word by its length in characters.
func telling(text string) float64 {
	switch n := length(text); {
	case n <= 2:
		return 0.7
	case n == 3:
		return 0.8
	}
	return 1
}

// Resolve finds a unit by its ID, or by a name that may carry its city, district
// or county in front, and returns its ID.
func (r *Router) Resolve(name string) (id string, ok bool) {
	i, ok := r.resolve(name)
	if !ok {
		return "", false
	}
	return r.units[i].ID, true
}

// resolve finds a unit by its ID or one of its names.
func (r *Router) resolve(name string) (int, bool) {
	name = compact(name)
	if i, ok := r.ids[name]; ok {
		return i, true
	}
	for rest := name; rest != ""; {
		if i, ok := r.names[rest]; ok && i >= 0 {
			return i, true
		}
		if i, ok := r.stems[rest]; ok && i >= 0 && rest == name {
			return i, true
		}
		_, size := utf8.DecodeRuneInString(rest)
		// 中山市司法局 is 市司法局; a name is never shortened from its end.
		if rest = rest[size:]; length(rest) < 3 {
			break
		}
	}
	return 0, false
}

// span is where a unit's name was found.
type span struct{ start, end int }

// match finds the words of the router in a text, at each place the longest, and
// counts them. It returns where names stand. Duties of the lead alone are passed
// over, because they would hide what others have in them: 就业 in 残疾人就业.
func (r *Router) match(text string, lead int) (map[*word]int, []span) {
	hits := map[*word]int{}
	var named []span
	for i := 0; i < len(text); {
		b, size := first(text[i:])
		for _, w := range r.words[b] {
			if strings.HasPrefix(text[i:], w.text) && !w.only(lead) {
				hits[w]++
				if len(w.owners) > 0 && w.owners[0].kind == KindNamed {
					named = append(named, span{i, i + len(w.text)})
				}
				size = len(w.text)
				break
			}
		}
		i += size
	}
	return hits, named
}

// first is the first two characters of a text, and the size of the first one.
func first(text string) (b bigram, size int) {
	b[0], size = utf8.DecodeRuneInString(text)
	b[1], _ = utf8.DecodeRuneInString(text[size:])
	return b, size
}

// only reports whether the word is a duty of this unit and of no other.
func (w *word) only(unit int) bool {
	return len(w.owners) == 1 && w.owners[0].unit == unit && w.owners[0].kind == KindDuty
}
