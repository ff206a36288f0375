package textfile

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	encodingunicode "golang.org/x/text/encoding/unicode"
)

// decode finds the encoding and returns the text as UTF-8. A mark at the beginning decides; without one UTF-8 comes
// first, since other encodings hardly ever are valid UTF-8 by chance, then UTF-16, GB18030 and Big5 by what they give.
func decode(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return fromUTF16(b[2:], encodingunicode.LittleEndian)
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return fromUTF16(b[2:], encodingunicode.BigEndian)
	}
	if s, ok := fromUTF8(b); ok {
		return s, true
	}
	if bytes.IndexByte(b, 0) >= 0 {
		for _, order := range []encodingunicode.Endianness{encodingunicode.LittleEndian, encodingunicode.BigEndian} {
			if s, ok := fromUTF16(b, order); ok && plausible(s) {
				return s, true
			}
		}
		b = withoutNULs(b)
		if s, ok := fromUTF8(b); ok {
			return s, true
		}
	}
	for _, read := range []func([]byte) (string, bool){damagedUTF8, fromGB18030, fromBig5} {
		if s, ok := read(b); ok {
			return s, true
		}
	}
	return "", false
}

// withoutNULs drops those that fill up the end of a file, and a few others.
func withoutNULs(b []byte) []byte {
	b = bytes.TrimRight(b, "\x00")
	if n := bytes.Count(b, []byte{0}); n > 0 && n*maxDamage <= len(b) {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	return b
}

// maxDamage is the share of characters, one in so many, that may be damaged: they stay as U+FFFD, for people to see.
const maxDamage = 200

// damagedUTF8 takes a text that is UTF-8 but for a few bytes.
func damagedUTF8(b []byte) (string, bool) {
	if bytes.IndexByte(b, 0) >= 0 {
		return "", false
	}
	s := strings.ToValidUTF8(string(b), string(utf8.RuneError))
	bad, han := 0, 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError:
			bad++
		case unicode.Is(unicode.Han, r):
			han++
		}
	}
	return s, bad*maxDamage <= han
}

// fromUTF8 refuses NUL, which no text holds, and lets a file be cut in the middle of its last character.
func fromUTF8(b []byte) (string, bool) {
	if bytes.IndexByte(b, 0) >= 0 {
		return "", false
	}
	if utf8.Valid(b) {
		return string(b), true
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(b); cut++ {
		if tail := b[len(b)-cut:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) && utf8.Valid(b[:len(b)-cut]) {
				return string(b[:len(b)-cut]), true
			}
			break
		}
	}
	return "", false
}

func fromUTF16(b []byte, order encodingunicode.Endianness) (string, bool) {
	if len(b)%2 != 0 && len(b) > maxDamage/4 {
		b = b[:len(b)-1] // one byte too many at the end, from programs that add a line end
	}
	for len(b) >= 2 && b[len(b)-1] == 0 && b[len(b)-2] == 0 {
		b = b[:len(b)-2]
	}
	if len(b)%2 != 0 {
		return "", false
	}
	s, err := encodingunicode.UTF16(order, encodingunicode.IgnoreBOM).NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(s, utf8.RuneError) || bytes.IndexByte(s, 0) >= 0 {
		return "", false
	}
	return string(s), true
}

// minCommon is the share of common characters from which bytes are GB18030: nine tenths in simplified text, six in
// traditional text saved as GBK, a quarter in noise.
const minCommon = 0.5

// fromGB18030 wants the bytes to be valid and the characters beyond ASCII to be common ones: nearly any bytes over 0x80
// are some character of GB18030.
func fromGB18030(b []byte) (string, bool) {
	if bytes.IndexByte(b, 0) >= 0 || commonPairs(b) < minCommon {
		return "", false
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return "", false
	}
	text := string(s)
	if cut := strings.TrimSuffix(text, string(utf8.RuneError)); cut != text && b[len(b)-1] >= 0x80 {
		text = cut
	}
	return text, strings.Count(text, string(utf8.RuneError))*maxDamage <= utf8.RuneCountInString(text)
}

// minBig5 is the share of common characters from which bytes are Big5: a third in noise.
const minBig5 = 0.8

// fromBig5 reads texts from Taiwan and Hong Kong: nearly all of their characters are of Big5's first level.
func fromBig5(b []byte) (string, bool) {
	common, all := 0, 0
	for i := 0; i+1 < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		all++
		if lead, trail := b[i], b[i+1]; lead >= 0xA1 && lead <= 0xC6 && (trail >= 0x40 && trail <= 0x7E || trail >= 0xA1) {
			common++
		}
		i++
	}
	if bytes.IndexByte(b, 0) >= 0 || all == 0 || float64(common) < minBig5*float64(all) {
		return "", false
	}
	s, err := traditionalchinese.Big5.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
		return "", false
	}
	return string(s), true
}

// commonPairs is the share of double bytes that are GB 2312 punctuation or a character of its first level, the 3,755
// most used. Characters of four bytes do not count: bullets and rare names.
func commonPairs(b []byte) float64 {
	common, all := 0, 0
	for i := 0; i+1 < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		lead, trail := b[i], b[i+1]
		if trail >= '0' && trail <= '9' {
			i += 3
			continue
		}
		all++
		if trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead >= 0xA1 && lead <= 0xA3) {
			common++
		}
		i++
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}

// plausible wants nine in ten characters to be Chinese, ASCII or the punctuation of either.
func plausible(s string) bool {
	good, all := 0, 0
	for _, r := range s {
		all++
		switch {
		case r >= 0x20 && r < 0x7F, r == '\n', r == '\r', r == '\t', r >= 0x2010 && r <= 0x203F, r >= 0x3000 && r <= 0x303F,
			r >= 0xFF00 && r <= 0xFF60, unicode.Is(unicode.Han, r):
			good++
		}
	}
	return all > 0 && good*10 >= all*9
}
