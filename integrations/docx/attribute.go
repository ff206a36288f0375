package docx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// attr is the value of an attribute of the last start tag, by its local name.
func (s *scanner) attr(name string) (string, bool) {
	rest := s.tag
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return "", false
		}
		key := bytes.TrimRight(rest[:eq], " \t\r\n")
		if i := bytes.LastIndexAny(key, " \t\r\n"); i >= 0 {
			key = key[i+1:]
		}
		value := bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			return "", false
		}
		end := bytes.IndexByte(value[1:], value[0])
		if end < 0 {
			return "", false
		}
		if string(local(key)) == name {
			return string(unescape(nil, value[1:1+end])), true
		}
		rest = value[end+2:]
	}
}

func (s *scanner) val() string {
	v, _ := s.attr("val")
	return v
}

// number is an attribute as a number, or missing when it is none or out of the range of what documents hold.
func (s *scanner) number(name string, missing int) int {
	v, ok := s.attr(name)
	n, err := strconv.Atoi(v)
	if !ok || err != nil || n < -1_000_000 || n > 1_000_000_000 {
		return missing
	}
	return n
}

// on reads a switch such as <w:vanish/> or <w:del w:val="0"/>.
func (s *scanner) on() bool {
	v, ok := s.attr("val")
	return !ok || v != "0" && v != "false" && v != "off"
}

// unescape appends raw to dst with its entities resolved; what XML forbids is dropped.
func unescape(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i+1:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			dst = append(dst, '&')
			continue
		}
		if r := entity(string(raw[:end])); r != 0 {
			dst = utf8.AppendRune(dst, r)
		}
		raw = raw[end+1:]
	}
}

func entity(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	base, digits := 10, name
	if len(name) == 0 || name[0] != '#' {
		return 0
	}
	if digits = name[1:]; len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !legal(rune(n)) {
		return 0
	}
	return rune(n)
}
