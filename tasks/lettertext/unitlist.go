package lettertext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// verbEnd is what stands before the first name of a list.
var verbEnd = regexp.MustCompile(`.*(?:与|同|和|会同|联合|协调|由|向|请|加强|组织|要求|督促)`)

// longestList is in bytes.
const longestList = 300

// stems enters the members of a list that ends at end.
func stems(before string, end int, add func(a, b int)) {
	type piece struct{ a, b int }
	var pieces []piece
	low := max(0, end-longestList)
	for low < end && !utf8.RuneStart(before[low]) {
		low++
	}
	for range 12 {
		i := strings.LastIndexAny(before[low:end], "、,。;:“”()《》\n")
		from, r := low, rune(0)
		if i >= 0 {
			var size int
			r, size = utf8.DecodeRuneInString(before[low+i:])
			from = low + i + size
		}
		s := before[from:end]
		if m := verbEnd.FindString(s); m != "" && (r != '、' || i < 0) || m != "" && utf8.RuneCountInString(s) > 8 {
			from += len(m)
			s = before[from:end]
		}
		if n := utf8.RuneCountInString(s); n < 2 || n > 10 {
			break
		}
		pieces = append(pieces, piece{from, end})
		if r != '、' {
			break
		}
		end = low + i
	}
	if len(pieces) < 2 {
		return
	}
	for _, p := range pieces {
		add(p.a, p.b)
	}
}
