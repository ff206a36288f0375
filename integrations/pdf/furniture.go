package pdf

import (
	"regexp"
	"strings"
	"unicode"
)

// Where page headers and footers stand: among the outermost lines, and in the outer part of the page.
const (
	outerLines = 3
	outerPart  = 0.14
)

// withoutFurniture drops page numbers and the lines that pages repeat at their head or foot. A line that only one page
// has stays, unless it is a page number.
func withoutFurniture(pages [][]line) [][]line {
	seen := map[string]int{}
	for _, ls := range pages {
		for key := range outer(ls) {
			seen[key]++
		}
	}
	out := make([][]line, len(pages))
	for i, ls := range pages {
		drop := map[int]bool{}
		for key, at := range outer(ls) {
			if seen[key] >= 2 && seen[key]*5 >= len(pages)*2 || isPageNumber(ls[at].text) {
				drop[at] = true
			}
		}
		for j, l := range ls {
			if !drop[j] {
				out[i] = append(out[i], l)
			}
		}
	}
	return out
}

// outer are the lines of a page that may be furniture, by what they say and where: digits and exact place aside.
func outer(ls []line) map[string]int {
	out := map[string]int{}
	for i, l := range ls {
		if i >= outerLines && i < len(ls)-outerLines {
			continue
		}
		switch place := min(l.top, l.bottom); {
		case place >= outerPart:
		case l.top == place:
			out["head"+digitless(l.text)+at(l.top)] = i
		default:
			out["foot"+digitless(l.text)+at(l.bottom)] = i
		}
	}
	return out
}

// at is a place in steps of a hundredth of the page.
func at(share float64) string { return string(rune('A' + max(0, int(share*100+0.5)))) }

// digitless makes the same of lines that differ by a number, a date or by which margin holds the number.
func digitless(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case unicode.IsDigit(r):
			return '0'
		}
		return r
	}, s), "0-—–－·")
}

var pageNumber = regexp.MustCompile(`^(?:[-—–－―─~·.\s]*\d{1,3}[-—–－―─~·.\s]*` +
	`|(?i:p(?:age|\.)?)\s*\d{1,3}(?:\s*(?i:of)\s*\d{1,3})?` +
	`|\d{1,3}\s*/\s*\d{1,3}` +
	`|(?:https?|file)://\S+\s+\d{1,3}(?:\s*/\s*\d{1,3})?` +
	`|[-—–－\s]*第?\s*[\d一二三四五六七八九十百]{1,4}\s*页(?:\s*[,，/、|(（]?\s*共\s*[\d一二三四五六七八九十百]{1,4}\s*页)?[)）\-—–－\s]*` +
	`|共\s*\d{1,3}\s*页\s*[,，/、|]?\s*第\s*\d{1,3}\s*页)$`)

// isPageNumber recognises — 1 —, 1/3, 第1页 共3页 and the like.
func isPageNumber(s string) bool { return pageNumber.MatchString(strings.TrimSpace(s)) }
