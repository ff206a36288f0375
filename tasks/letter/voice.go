package letter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Change is one first-person word that was replaced: where (in runes of the original), what, and by what.
type Change struct {
	At   int
	Word string
	Name string
}

// notAfter lists, by the last character of a first-person word, characters that make it another word: 我部分, 我会议.
var notAfter = map[rune]string{
	'局': "部限面势促", '部': "分门署队件位", '会': "议计员场展费", '委': "员托派屈婉", '办': "理公学事法案结", '院': "校士落",
}

// notBefore lists characters that make 我 or 本 part of another word: 自我部署, 根本局面, 原本会.
const notBefore = "自忘唯敌根基成书资原版样文剧课脚标范副译抄日"

var quotes = map[rune]rune{'“': '”', '《': '》', '「': '」', '『': '』', '‘': '’', '〈': '〉'}

// Voice turns a unit's first person (我局, 本局, 我单位 …: words) into its name, except inside quotation marks and
// titles 《》, where the words are somebody else's. It works paragraph by paragraph, so that a mark left open does not
// silence the rest.
func Voice(text string, words []string, name string) (string, []Change) {
	ordered := slices.Clone(words)
	slices.SortFunc(ordered, func(a, b string) int { return len(b) - len(a) })
	var out strings.Builder
	var changes []Change
	base := 0
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
			base++
		}
		runes := []rune(line)
		quoted := quotedRunes(runes)
		for at := 0; at < len(runes); {
			word := ""
			if !quoted[at] {
				word = firstPerson(runes, at, ordered)
			}
			if word == "" {
				out.WriteRune(runes[at])
				at++
				continue
			}
			out.WriteString(name)
			changes = append(changes, Change{At: base + at, Word: word, Name: name})
			at += utf8.RuneCountInString(word)
		}
		base += len(runes)
	}
	return out.String(), changes
}

func firstPerson(runes []rune, at int, words []string) string {
	if at > 0 && strings.ContainsRune(notBefore, runes[at-1]) {
		return ""
	}
	for _, w := range words {
		wr := []rune(w)
		if len(wr) == 0 || at+len(wr) > len(runes) || !slices.Equal(runes[at:at+len(wr)], wr) {
			continue
		}
		if next := at + len(wr); next < len(runes) && strings.ContainsRune(notAfter[wr[len(wr)-1]], runes[next]) {
			continue
		}
		return w
	}
	return ""
}

// quotedRunes marks what stands between paired marks; an opening mark without its partner marks nothing.
func quotedRunes(runes []rune) []bool {
	marked := make([]bool, len(runes))
	type open struct {
		closing rune
		at      int
	}
	var stack []open
	straight := -1
	fill := func(from, to int) {
		for i := from; i <= to; i++ {
			marked[i] = true
		}
	}
	for i, r := range runes {
		if closing, ok := quotes[r]; ok {
			stack = append(stack, open{closing, i})
			continue
		}
		if r == '"' || r == '＂' {
			if straight < 0 {
				straight = i
			} else {
				fill(straight, i)
				straight = -1
			}
			continue
		}
		for j := len(stack) - 1; j >= 0; j-- {
			if stack[j].closing == r {
				fill(stack[j].at, i)
				stack = stack[:j]
				break
			}
		}
	}
	return marked
}
