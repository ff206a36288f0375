package docx

import (
	"strconv"
	"strings"
)

// ordinal writes n in one of Word's number formats (ECMA-376 part 1, 17.18.59); "" for bullets and for none.
// A format unknown here is written as digits, as Word does.
func ordinal(format string, n int) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	switch format {
	case "bullet", "none":
		return ""
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand":
		return chinese(n, modern, false)
	case "japaneseCounting":
		return chinese(n, modern, true)
	case "chineseLegalSimplified":
		return chinese(n, legalDigits, false)
	case "ideographLegalTraditional":
		return chinese(n, traditionalDigits, false)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2":
		return mapDigits(n, "〇一二三四五六七八九")
	case "ideographTraditional":
		return oneOf(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return oneOf(n, "子丑寅卯辰巳午未申酉戌亥")
	case "ideographEnclosedCircle":
		return oneOf(n, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return circled(n)
	case "decimalEnclosedParen":
		return oneOf(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalEnclosedFullstop":
		return oneOf(n, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
	case "decimalFullWidth", "decimalFullWidth2":
		return mapDigits(n, "０１２３４５６７８９")
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "ordinal":
		return strconv.Itoa(n) + englishEnd(n)
	case "cardinalText":
		return oneWord(n, cardinals)
	case "ordinalText":
		return oneWord(n, ordinals)
	}
	return strconv.Itoa(n)
}

// numerals are the digits and the units of one way to write Chinese numbers.
type numerals struct {
	digits [10]string
	units  [4]string // one, ten, hundred, thousand
	wan    string
}

var (
	modern      = numerals{[10]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, [4]string{"", "十", "百", "千"}, "万"}
	legalDigits = numerals{[10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, [4]string{"", "拾", "佰", "仟"}, "万"}

	traditionalDigits = numerals{[10]string{"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"}, [4]string{"", "拾", "佰", "仟"}, "萬"}
)

// chinese writes n below a hundred million. bare leaves out 一 before a unit and the zeros between, as Japanese does.
func chinese(n int, s numerals, bare bool) string {
	if n == 0 {
		return s.digits[0]
	}
	if n >= 100_000_000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	if n >= 10_000 {
		b.WriteString(chinese(n/10_000, s, bare) + s.wan)
		if n %= 10_000; n > 0 && n < 1000 && !bare {
			b.WriteString(s.digits[0])
		}
	}
	started, zero := false, false
	for unit, size := 3, 1000; unit >= 0; unit, size = unit-1, size/10 {
		d := n / size % 10
		if d == 0 {
			zero = started
			continue
		}
		if zero && !bare {
			b.WriteString(s.digits[0])
		}
		leadingTen := unit == 1 && !started && b.Len() == 0 && s == modern
		if d > 1 || unit == 0 || !bare && !leadingTen {
			b.WriteString(s.digits[d])
		}
		b.WriteString(s.units[unit])
		started, zero = true, false
	}
	return b.String()
}

func mapDigits(n int, digits string) string {
	set := []rune(digits)
	return strings.Map(func(r rune) rune { return set[r-'0'] }, strconv.Itoa(n))
}

func oneOf(n int, signs string) string {
	set := []rune(signs)
	if n < 1 || n > len(set) {
		return strconv.Itoa(n)
	}
	return string(set[n-1])
}

func circled(n int) string {
	switch {
	case n == 0:
		return "⓪"
	case n >= 1 && n <= 20:
		return string('①' + rune(n-1))
	case n >= 21 && n <= 35:
		return string('㉑' + rune(n-21))
	case n >= 36 && n <= 50:
		return string('㊱' + rune(n-36))
	}
	return strconv.Itoa(n)
}

// letters goes on after Z with AA, BB, CC, as Word does.
func letters(n int, first rune) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.value {
			b.WriteString(step.sign)
			n -= step.value
		}
	}
	return b.String()
}
