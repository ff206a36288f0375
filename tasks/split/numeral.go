package split

// digit is the value of an Arabic digit of either width, or -1.
func digit(r rune) int {
	switch {
	case isDigit(r):
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// cnDigit is the value of a Chinese numeral from one to ten, or 0.
func cnDigit(r rune) int {
	switch r {
	case '一', '壹':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	case '十', '拾':
		return 10
	}
	return 0
}

// readCn reads a Chinese number up to 99.
func readCn(src string, at int) (n, end int) {
	ten := false
	for k := 0; k < 3 && at < len(src); k++ {
		r, size := decode(src[at:])
		v := cnDigit(r)
		switch {
		case v == 0 || v < 10 && n > 0 && !ten || v == 10 && ten:
			return n, at
		case v == 10:
			n, ten = max(n, 1)*10, true
		default:
			n += v
		}
		at += size
	}
	return n, at
}

// readAr reads an Arabic number of at most two digits; 0 when there are more or none.
func readAr(src string, at int) (n, end int) {
	for k := 0; at < len(src); k++ {
		r, size := decode(src[at:])
		v := digit(r)
		if v < 0 {
			break
		}
		if k == 2 {
			return 0, at
		}
		n = n*10 + v
		at += size
	}
	return n, at
}

// readStem reads one of the ten heavenly stems: （甲）（乙）.
func readStem(src string, at int) (n, end int) {
	r, size := decode(src[at:])
	for _, stem := range "甲乙丙丁戊己庚辛壬癸" {
		if n++; stem == r {
			return n, at + size
		}
	}
	return 0, at
}

// letter is the place in the alphabet of one of its first eight letters, or 0.
func letter(r rune) (n int, lower bool) {
	for _, first := range "AＡaａ" {
		if r >= first && r < first+8 {
			return int(r-first) + 1, first == 'a' || first == 'ａ'
		}
	}
	return 0, false
}
