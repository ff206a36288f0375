package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/integrations/internal/readertest"
)

// pack makes a .docx of body, the children of w:body, and further parts by name.
func pack(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	main := declaration + `<w:document ` + wordNS + drawingNS + `><w:body>` + body + `</w:body></w:document>`
	return packed(t, append([]string{"word/document.xml", main}, more...)...)
}

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func tc(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString(p(s))
	}
	return `<w:tc>` + b.String() + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func TestReadText(t *testing.T) {
	t.Parallel()
	box := `<w:txbxContent>` + p("框中") + `</w:txbxContent>`
	tests := []struct{ name, body, want string }{
		{"runs", `<w:p><w:r><w:t>关于</w:t></w:r><w:r><w:t>养老</w:t></w:r></w:p>`, "关于养老\n"},
		{"other prefix", `<x:p><x:r><x:t>甲</x:t></x:r></x:p>`, "甲\n"},
		{"entities and CDATA", p(`a&lt;b&amp;&#x4E00;&#20108;<![CDATA[<c>&d]]>`), "a<b&一二<c>&d\n"},
		{"comments", `<!-- a > b --><w:p><!----><w:r><w:t>甲<!-- x -->乙</w:t></w:r></w:p>`, "甲乙\n"},
		{"quoted bracket in a tag", `<w:p w:x="a>b" w:y='"'><w:r><w:t>甲</w:t></w:r></w:p>`, "甲\n"},
		{"spaces", `<w:p><w:r><w:t> 甲 </w:t><w:t xml:space="preserve"> 乙 </w:t><w:t>丙</w:t></w:r></w:p>`, "甲 乙 丙\n"},
		{"tab, break, hyphen", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r></w:p>`, "a\tb\nc-d\n"},
		{"tracked changes", `<w:p><w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>到</w:t></w:r></w:moveTo></w:p>`, "新到\n"},
		{"deleted paragraph mark", `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>` + p("下"), "上下\n"},
		{"deleted row", `<w:tbl><w:tr><w:trPr><w:del/></w:trPr>` + tc("旧") + `</w:tr>` + tr(tc("新")) + `</w:tbl>`, "新\n"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>`, "显\n"},
		{"field", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>`, "链\n"},
		{"ruby", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "音\n"},
		{"content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p("控") + `</w:sdtContent></w:sdt>`, "控\n"},
		{"text box once", `<w:p><w:r><w:t>外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>` + box + `</w:drawing></mc:Choice><mc:Fallback><w:pict>` + box + `</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>文</w:t></w:r></w:p>`, "外文\n框中\n"},
		{"old text box", `<w:p><w:r><w:pict>` + box + `</w:pict></w:r></w:p>`, "框中\n"},
		{"blank paragraphs", p("甲") + p("") + `<w:p/>` + p("乙"), "甲\n乙\n"},
		{"form", `<w:tbl>` + tr(tc("案  由"), tc("关于养老的提案")) + tr(tc("提案人"), tc("张明"), tc("界", "别："), tc("社会福利")) + tr(tc("一、建议。", "二、措施。")) + `</w:tbl>`,
			"案由：关于养老的提案\n提案人：张明\n界别：社会福利\n一、建议。\n二、措施。\n"},
		{"data table", `<w:tbl>` + tr(tc("序"), tc("事项"), tc("单位")) + tr(tc("1"), tc("床位"), tc("民政")) + tr(tc("2"), tc("医保"), tc("医保局")) + `</w:tbl>`,
			"序\t事项\t单位\n1\t床位\t民政\n2\t医保\t医保局\n"},
		{"form in a cell", `<w:tbl>` + tr(tc("政协提案表")) + tr(`<w:tc>`+p("基本情况")+`<w:tbl>`+tr(tc("案  号"), tc("021"))+tr(tc("案由"), tc("关于养老", "的提案"))+tr(tc("一、背景", "二、建议"))+`</w:tbl>`+p("")+`</w:tc>`) + `</w:tbl>` + p("后"),
			"政协提案表\n基本情况\n案号：021\n案由：关于养老\n的提案\n一、背景\n二、建议\n后\n"},
		{"label beside a form in a cell", `<w:tbl>` + tr(tc("提案人"), `<w:tc><w:tbl>`+tr(tc("姓名"), tc("张明"))+`</w:tbl></w:tc>`) + `</w:tbl>`, "提案人：姓名：张明\n"},
		{"data table in a cell", `<w:tbl><w:tr><w:tc><w:tbl>` + tr(tc("序"), tc("事项"), tc("单位")) + tr(tc("1"), tc("床位"), tc("民政")) + tr(tc("2"), tc("医保"), tc("卫健")) + `</w:tbl></w:tc></w:tr></w:tbl>`,
			"序\t事项\t单位\n1\t床位\t民政\n2\t医保\t卫健\n"},
		{"prompt of an empty control", `<w:p><w:r><w:t>姓名：</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt></w:p>`, "姓名：\n"},
		{"boxes to tick", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:sym w:font="Wingdings 2" w:char="F0A3"/><w:t>否</w:t><w:sym w:font="Symbol" w:char="F000"/></w:r></w:p>`, "☑是□否\n"},
		{"what does not show", p("电话\u202d15100000000\u202c，建\u200b议"), "电话15100000000，建议\n"},
		{"text in the fallback only", para(run1("甲"), `<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict>`+box+`</w:pict></mc:Fallback></mc:AlternateContent></w:r>`), "甲\n框中\n"},
		{"signs of a font as text", p("\uf0fe是\uf0a8否\uf06c甲"), "☑是□否•甲\n"},
		{"comment", `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>文</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`, "文\n"},
		{"two text boxes in one paragraph", `<w:p><w:r><w:pict>` + box + `</w:pict></w:r><w:r><mc:AlternateContent><mc:Choice>` + box + `</mc:Choice><mc:Fallback>` + box + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`, "框中\n框中\n"},
		{"table in a cell", `<w:tbl>` + tr(`<w:tc>`+p("外")+`<w:tbl>`+tr(tc("内"))+`</w:tbl></w:tc>`) + `</w:tbl>` + p("后"), "外\n内\n后\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Read(pack(t, tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, doc.Text()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadPlaces(t *testing.T) {
	t.Parallel()
	styles := `<w:styles ` + wordNS + `><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`
	notes := `<w:footnotes ` + wordNS + `><w:footnote w:type="separator" w:id="-1">` + p("线") + `</w:footnote><w:footnote w:id="1">` + p("注一") + `</w:footnote><w:footnote w:id="2">` + p("无人引用") + `</w:footnote></w:footnotes>`
	body := `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>题</w:t></w:r></w:p><w:p/>` +
		`<w:tbl>` + tr(tc("a"), tc("b")) + tr(tc("c")) + `</w:tbl><w:p><w:r><w:t>文</w:t><w:footnoteReference w:id="1"/></w:r></w:p>`
	doc, err := Read(pack(t, body, "word/styles.xml", styles, "word/footnotes.xml", notes))
	if err != nil {
		t.Fatal(err)
	}
	want := []Paragraph{
		{Text: "题", Level: 1, Position: 1},
		{Text: "a", Cell: Cell{1, 1, 1}, Position: 3},
		{Text: "b", Cell: Cell{1, 1, 2}, Position: 4},
		{Text: "c", Cell: Cell{1, 2, 1}, Position: 5},
		{Text: "文", Position: 6},
		{Text: "注一", Position: 7, Note: true},
	}
	if diff := cmp.Diff(want, doc.Paragraphs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	whole := written(t, sample())
	noise := make([]byte, 4096)
	r := rand.NewChaCha8([32]byte{1})
	if _, err := r.Read(noise); err != nil {
		t.Fatal(err)
	}
	lying := bytes.Clone(pack(t, p(strings.Repeat("甲", 500_000))))
	at := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	copy(lying[at+24:], []byte{0, 1, 0, 0}) // the directory says 256 bytes
	many := make([]string, 0, 2*maxEntries+2)
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprintf("word/media/%d", i), "")
	}
	ole := func(name string) []byte { return append(append(bytes.Clone(oleMagic), noise...), utf16(name)...) }
	tests := []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "error.file_empty"},
		{"no text", pack(t, `<w:p/>`), "error.file_empty"},
		{"noise", noise, "error.file_not_docx"},
		{"plain text", []byte("关于养老的提案"), "error.file_not_docx"},
		{"30 MB", bytes.Repeat([]byte("PK\x03\x04"), 30<<18), "error.file_too_large"},
		{"another zip", zipOf(t, "xl/workbook.xml", "<x/>"), "error.file_not_docx"},
		{"truncated", whole[:len(whole)/2], "error.file_damaged"},
		{"zip magic and noise", append(bytes.Clone(zipMagic), noise...), "error.file_damaged"},
		{"encrypted", ole("EncryptedPackage"), "error.file_encrypted"},
		{"old Word", ole("WordDocument"), "error.file_old_doc"},
		{"other container", ole("Workbook"), "error.file_not_docx"},
		{"bomb", pack(t, p(strings.Repeat("甲", 23_000_000))), "error.file_bomb"},
		{"bomb in a picture", pack(t, p("甲"), "word/media/a.bmp", strings.Repeat("0", 65<<20)), "error.file_bomb"},
		{"ratio", pack(t, p(strings.Repeat(" ", 4<<20))), "error.file_bomb"},
		{"a lying directory", lying, "error.file_damaged"},
		{"many entries", pack(t, p("甲"), many...), "error.file_bomb"},
		{"deep", pack(t, strings.Repeat("<w:x>", 300)+p("甲")+strings.Repeat("</w:x>", 300)), "error.file_damaged"},
		{"unclosed", zipOf(t, "word/document.xml", `<w:document><w:body><w:p>`), "error.file_damaged"},
		{"crossed", pack(t, `<w:p><w:r></w:p></w:r>`), "error.file_damaged"},
		{"document type", zipOf(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY b "c">]><w:document/>`), "error.file_damaged"},
		{"long tag", pack(t, `<w:p w:x="`+noisyText(maxTag+1)+`"/>`), "error.file_damaged"},
		{"many paragraphs", pack(t, strings.Repeat(noisyParagraphs(), maxParagraphs/500+1)), "error.file_bomb"},
		{"damaged numbering", pack(t, p("甲"), "word/numbering.xml", "<w:numbering>"), "error.file_damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(tt.file)
			if got := readertest.Message(err); got != tt.want {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

func zipOf(t testing.TB, name, content string) []byte {
	t.Helper()
	return packed(t, name, content)
}

// packed is a zip archive of parts, each a name and its content.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noisyText is n characters that hardly compress.
func noisyText(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		b.WriteRune('一' + rune(r.IntN(3000)))
	}
	return b.String()
}

func noisyParagraphs() string {
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for range 500 {
		b.WriteString(p(string('一' + rune(r.IntN(3000)))))
	}
	return b.String()
}

func TestIs(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		in   []byte
		want bool
	}{
		"docx": {written(t, sample()), true}, "container": {oleMagic, true}, "text": {[]byte("PK 提案"), false}, "nothing": {nil, false},
	} {
		if got := Is(tt.in); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
