package docx

import (
	"bufio"
	"bytes"
	"io"
	"regexp"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var chineseXML = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["'](?i:gb2312|gbk|gb18030)["']`)

// inUTF8 is a part's XML in UTF-8. XML may be UTF-16, and some programs write the encoding of their machine; whatever
// else a part claims to be, it is taken for UTF-8.
func inUTF8(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	head, err := b.Peek(128)
	if err != nil && len(head) == 0 {
		return b
	}
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case chineseXML.Match(head):
		e = simplifiedchinese.GB18030
	default:
		return b
	}
	return e.NewDecoder().Reader(b)
}
