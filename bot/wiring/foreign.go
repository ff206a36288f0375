package wiring

import (
	"archive/zip"
	"bytes"
	"regexp"
	"strings"

	"huiban/tasks"
)

// signatures are the first bytes of formats that cannot be read; a format of "" is an archive or a picture.
var signatures = []struct{ magic, message, format string }{
	{`{\rtf`, "error.file_format", "RTF"},
	{"\x89PNG", "error.file_image", ""},
	{"\xFF\xD8\xFF", "error.file_image", ""},
	{"GIF8", "error.file_image", ""},
	{"II*\x00", "error.file_image", ""},
	{"MM\x00*", "error.file_image", ""},
	{"Rar!\x1A", "error.file_archive", ""},
	{"7z\xBC\xAF\x27\x1C", "error.file_archive", ""},
	{"\x1F\x8B\x08", "error.file_archive", ""},
}

var (
	picture = regexp.MustCompile(`^(?:BM(?s:.{12})[\x0c\x28\x40\x6c\x7c]\x00\x00\x00|RIFF(?s:.{4})WEBP|(?s:.{4})ftyp(?:heic|heix|mif1|avif))`)
	wordXML = regexp.MustCompile(`^\s*<\?xml[^>]*\?>\s*(?:<\?mso[^>]*\?>\s*)?<(?:w:wordDocument|pkg:package|office:document)`)
)

// foreign refuses what no reader is there for, and says what it is; nil for all else.
func foreign(body []byte) error {
	head := bytes.TrimPrefix(body[:min(len(body), 2048)], []byte("\xEF\xBB\xBF"))
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return refuseFormat(s.message, s.format)
		}
	}
	switch {
	case picture.Match(head):
		return refuseFormat("error.file_image", "")
	case wordXML.Match(head):
		return refuseFormat("error.file_format", "XML")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return foreignZip(body)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return foreignContainer(body)
	}
	return nil
}

func refuseFormat(message, format string) error {
	if format == "" {
		return tasks.Refuse(tasks.Invalid, message)
	}
	return tasks.Refuse(tasks.Invalid, message, "Format", format)
}

// foreignZip looks what a zip archive holds; a damaged one is left to the reader of .docx, which says so.
func foreignZip(body []byte) error {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		switch name := strings.ToLower(f.Name); {
		case strings.HasPrefix(name, "word/"), name == "_rels/.rels" && len(z.File) < 3:
			return nil
		case name == "ofd.xml":
			return refuseFormat("error.file_format", "OFD")
		case name == "content.xml":
			return refuseFormat("error.file_format", "ODT")
		case strings.HasPrefix(name, "xl/"):
			return refuseFormat("error.file_format", "Excel")
		case strings.HasPrefix(name, "ppt/"):
			return refuseFormat("error.file_format", "PowerPoint")
		}
	}
	for _, f := range z.File {
		if strings.EqualFold(f.Name, "[Content_Types].xml") {
			return nil
		}
	}
	return refuseFormat("error.file_archive", "")
}

// foreignContainer looks what an old office file holds; encrypted .docx files are left to their reader.
func foreignContainer(body []byte) error {
	for _, c := range []struct{ stream, format string }{{"Workbook", "Excel"}, {"PowerPoint Document", "PowerPoint"}, {"MatOST", "Works"}} {
		if bytes.Contains(body, wideName(c.stream)) {
			return refuseFormat("error.file_format", c.format)
		}
	}
	return nil
}

// wideName is the name of a stream as the container's directory holds it.
func wideName(ascii string) []byte {
	var out []byte
	for _, c := range []byte(ascii) {
		out = append(out, c, 0)
	}
	return out
}
