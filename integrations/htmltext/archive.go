package htmltext

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
)

// Bounds of a web archive.
const (
	maxParts = 200
	maxNests = 3
)

var archived = regexp.MustCompile(`^(?:\xEF\xBB\xBF)?\s*(?:(?i:MIME-Version:)|From: <Saved by)`)

// isArchive reports whether b is a page in one file, as word processors and browsers save it (MHTML).
func isArchive(b []byte) bool {
	return archived.Match(b[:min(len(b), headSize)]) && bytes.Contains(bytes.ToLower(b[:min(len(b), headSize)]), []byte("content-type:"))
}

// firstPage is the first page of HTML in a web archive; nil when there is none. What was cut off in the middle is read as far
// as it goes.
func firstPage(b []byte) []byte {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n")
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return pageIn(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
}

func pageIn(kind, encoding string, body io.Reader, depth int) []byte {
	media, params, err := mime.ParseMediaType(kind)
	switch {
	case err != nil && media == "":
		return nil
	case media == "text/html":
		return named(unencoded(encoding, body), params["charset"])
	case !strings.HasPrefix(media, "multipart/") || params["boundary"] == "" || depth == maxNests:
		return nil
	}
	parts := multipart.NewReader(body, params["boundary"])
	for range maxParts {
		p, err := parts.NextRawPart()
		if err != nil {
			return nil
		}
		if page := pageIn(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1); page != nil {
			return page
		}
	}
	return nil
}

// unencoded is what could be read of a part.
func unencoded(encoding string, r io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	b, _ := io.ReadAll(io.LimitReader(r, MaxFile))
	return b
}

// named puts the encoding that the archive gives before a page that does not give one itself.
func named(page []byte, charset string) []byte {
	if len(page) == 0 || charset == "" || metaName.Match(page[:min(len(page), headSize)]) || strings.ContainsAny(charset, `"'<>`) {
		return page
	}
	return append([]byte(`<meta charset="`+charset+`">`), page...)
}
